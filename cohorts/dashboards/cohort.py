"""What an instructor sees of a cohort: who coded which chart how well, who sat which exam."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models.functions import Now

from accounts.models import Cohort, User
from accounts.roles import Role
from coursework.practice.models import Attempt
from coursework.practice.results import current_grade, submitted_by
from quizzes.models import Administration, SittingScore
from quizzes.scoring.report import share_milli
from quizzes.sitting import close


@dataclass
class StudentRow:
    """One student: the newest submitted attempt by case, the exam score by administration (milli of possible)."""

    student: User
    attempts: dict[int, Attempt] = field(default_factory=dict)
    exams: dict[int, int] = field(default_factory=dict)


def students_of(cohort: Cohort) -> list[User]:
    members = User.objects.filter(memberships__cohort=cohort, memberships__role=Role.STUDENT)
    return list(members.order_by("name", "email"))


def student_rows(cohort: Cohort, administrations: list[Administration]) -> list[StudentRow]:
    """The same statements, whatever the size of the cohort. First closes what is over, by the database's clock."""
    close.close_overdue_of(*administrations, now=Now())
    rows = {student.pk: StudentRow(student) for student in students_of(cohort)}
    for attempt in submitted_by(row.student for row in rows.values()):
        rows[attempt.user_id].attempts[attempt.case_version.case_id] = attempt
    for score in current_scores(administrations):
        if score.sitting.user_id in rows:
            share = share_milli(score.earned_milli, score.possible_milli)
            rows[score.sitting.user_id].exams[score.sitting.administration_id] = share
    return list(rows.values())


def current_scores(administrations: list[Administration]) -> list[SittingScore]:
    runs = [administration.current_run_id for administration in administrations if administration.current_run_id]
    return list(SittingScore.objects.filter(run__in=runs).select_related("sitting"))


def learning_score(attempt: Attempt) -> int | None:
    grade = current_grade(attempt)
    return grade.measures.get("learning") if grade else None
