"""The results of a cohort as one table: a row a student, a column a chart or an exam."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.html import format_html

from cohorts.dashboards.cohort import StudentRow, learning_score
from coursework.cases.models import Case
from kit.tables import Column, Kind, Table
from kit.templatetags.kit import percent
from quizzes.models import Administration

NOTHING_YET = "–"


def results_table(rows: Iterable[StudentRow], cases: list[Case], administrations: list[Administration]) -> Table:
    charts = [Column(case.current.title, kind=Kind.NUMBER) for case in cases]
    exams = [Column(administration.form.title, kind=Kind.NUMBER) for administration in administrations]
    return Table(
        caption="Newest learning score by chart, score by exam",
        columns=(Column("Student"), *charts, *exams),
        rows=tuple(cells(row, cases, administrations) for row in rows),
        empty="No students yet. Share the join code.",
    )


def cells(row: StudentRow, cases: list[Case], administrations: list[Administration]) -> tuple:
    charts = [chart_cell(row, case) for case in cases]
    exams = [percent(row.exams[exam.pk]) if exam.pk in row.exams else NOTHING_YET for exam in administrations]
    return (str(row.student), *charts, *exams)


def chart_cell(row: StudentRow, case: Case) -> str:
    """The score as a link to the feedback that the student saw."""
    attempt = row.attempts.get(case.pk)
    if attempt is None:
        return NOTHING_YET
    address = reverse("feedback", args=[attempt.pk])
    return format_html('<a href="{}">{}</a>', address, percent(learning_score(attempt)))
