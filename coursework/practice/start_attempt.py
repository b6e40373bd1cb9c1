"""Begin to code a chart, or go on with the one that is open."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from coursework.cases.models import Case, CaseVersion, KeyLine
from coursework.practice.models import Attempt, AttemptLine


@transaction.atomic
def start_attempt(case: Case, user: User, *, now: datetime) -> Attempt:
    """The open attempt on this case, whatever its version; otherwise a new one on the current version."""
    going_on = Attempt.objects.filter(user=user, case_version__case=case, state=Attempt.State.OPEN).first()
    if going_on:
        return going_on
    attempt, is_new = Attempt.objects.get_or_create(
        user=user, case_version=case.current, state=Attempt.State.OPEN, defaults={"started_at": now}
    )
    if is_new:
        give_worked_lines(attempt, case.current)
    return attempt


def give_worked_lines(attempt: Attempt, version: CaseVersion) -> None:
    """A first case is worked half-way: its first key lines stand on the sheet already."""
    wanted = KeyLine.LineClass.REQUIRED
    lines = version.current_key.lines.filter(line_class=wanted)[: version.worked] if version.worked else []
    AttemptLine.objects.bulk_create(
        AttemptLine(attempt=attempt, position=place, code=line.code, poa=line.poa, is_given=True)
        for place, line in enumerate(lines, start=1)
    )
