"""Start a sitting, or give back the one that was started: a double click and 20 tabs get the same row."""

from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import User
from quizzes.forms.models import Administration
from quizzes.sitting import times
from quizzes.sitting.models import Sitting


class ExamNotOpen(Exception):
    """The window of the exam is not open at this time, or its scores are released."""


@transaction.atomic
def start_sitting(administration: Administration, user: User, *, now: datetime) -> Sitting:
    # The lock stands between a start and the release: no sitting begins when every key can be read.
    locked = Administration.objects.select_for_update(no_key=True).get(pk=administration.pk)
    if locked.is_open(now):
        # ON CONFLICT DO NOTHING: of concurrent starts one writes, the others read what it wrote.
        Sitting.objects.bulk_create([_new_sitting(administration, user, now)], ignore_conflicts=True)
    return _started(administration, user)


def _started(administration: Administration, user: User) -> Sitting:
    found = Sitting.objects.filter(administration=administration, user=user).order_by("-number").first()
    if found is None:
        raise ExamNotOpen
    return found


def _new_sitting(administration: Administration, user: User, now: datetime) -> Sitting:
    ends_at = personal_deadline(administration, now)
    return Sitting(
        administration=administration,
        user=user,
        started_at=now,
        seconds_allowed=administration.seconds_allowed,
        deadline_at=ends_at,
        accepts_until=ends_at + timedelta(seconds=administration.grace_seconds),
        slot_count=administration.form.slot_count,
    )


def personal_deadline(administration: Administration, started_at: datetime) -> datetime:
    must_finish = administration.window_policy == Administration.WindowPolicy.FINISH_BY
    window = times.Window(administration.closes_at, must_finish)
    return times.deadline(started_at, administration.seconds_allowed, window)
