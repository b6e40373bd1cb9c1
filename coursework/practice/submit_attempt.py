"""Submit a sheet, and grade it against the key."""

from datetime import datetime

from django.db import transaction

from codesets.groupers.claims import CannotGroup
from coursework import keys, wording
from coursework.cases.header import Header
from coursework.cases.models import AnswerKey
from coursework.practice import grouping
from coursework.practice.models import Attempt, Grade, LineVerdict
from coursework.weights.models import HouseWeights
from grading import chart
from grading.answers import ChartGrade
from grading.weights import DEFAULT

SCORER = "4"  # raised whenever the same sheet and key could give another grade
UNGROUPED = f"{SCORER}-plain"  # a grouper knows what severity an error lost; where it cannot run, this grade stands


class AlreadySubmitted(Exception):
    """The sheet was submitted before; the first submission stands."""


class EmptySheet(ValueError):
    """There is nothing to grade yet."""


@transaction.atomic
def submit_attempt(attempt: Attempt, *, now: datetime) -> Grade:
    if not attempt.lines.filter(removed_at=None).exists():
        raise EmptySheet(wording.EMPTY_SHEET)
    won = Attempt.objects.filter(pk=attempt.pk, state=Attempt.State.OPEN).update(
        state=Attempt.State.SUBMITTED, submitted_at=now
    )
    if not won:
        raise AlreadySubmitted
    attempt.state, attempt.submitted_at = Attempt.State.SUBMITTED, now
    return grade_attempt(attempt, attempt.case_version.current_key, now=now)


@transaction.atomic
def grade_attempt(attempt: Attempt, key: AnswerKey, *, now: datetime) -> Grade:
    """Score the sheet against this revision of the key; the same sheet, key and scorer give the stored grade.

    By the weights that the school had when the sheet was submitted, so a revised key alone moves a grade.
    """
    grouper, scorer = _grouper_of(attempt.case_version.header)
    stored = attempt.grades.filter(key=key, scorer=scorer).first()
    if stored:
        return stored
    key_lines = list(key.lines.all())
    lines = list(attempt.lines.filter(removed_at=None))
    facts, sections = keys.known_of(attempt.case_version, key_lines, lines)
    house = HouseWeights.objects.in_force_for(attempt)
    result = chart.grade_chart(
        keys.key_of(key, key_lines),
        keys.answer_of(lines),
        facts,
        sections=sections,
        grouper=grouper,
        weights=house.weights if house else DEFAULT,
    )
    grade = Grade.objects.create(
        attempt=attempt,
        key=key,
        scorer=scorer,
        weights=house,
        measures=keys.in_milli(result.measures),
        consequence=grouping.written(result.consequence, grouper) if grouper and result.consequence else None,
        created_at=now,
    )
    LineVerdict.objects.bulk_create(verdict_rows(grade, result, key_lines, lines))
    return grade


def _grouper_of(header: Header) -> tuple[grouping.PaymentModel | None, str]:
    try:
        found = grouping.grouper_for(grouping.encounter_of(header), header.claim, grouping.payer_of(header))
    except CannotGroup:
        return None, UNGROUPED
    return found, SCORER


def verdict_rows(grade: Grade, result: ChartGrade, key_lines: list, lines: list) -> list[LineVerdict]:
    return [
        LineVerdict(
            grade=grade,
            position=position,
            attempt_line=None if line.answer_index is None else lines[line.answer_index],
            key_line=None if line.key_index is None else key_lines[line.key_index],
            verdict=line.verdict.value,
            causes=[cause.value for cause in line.causes],
            credit=round(line.credit * 1000),
        )
        for position, line in enumerate(result.lines, start=1)
    ]
