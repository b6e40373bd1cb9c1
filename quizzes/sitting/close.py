"""Close sittings: by the student, or because the time is over. The result is the same whoever closes, and whenever."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.db.models.expressions import Combinable
from django.db.models.functions import Now

from coursework.authoring.hashes import content_hash
from quizzes.forms.models import Administration
from quizzes.scoring.score import score_all_waiting, score_closed, score_waiting
from quizzes.sitting.fold import Answers
from quizzes.sitting.log import logs_of
from quizzes.sitting.models import Sitting, SittingEvent, SittingQuerySet, SittingResult

BATCH = 100


def submit_sitting(sitting: Sitting, *, now: datetime) -> None:
    """Close it for good. A second call, or one after the time ran out, changes nothing."""
    mine = Sitting.objects.filter(pk=sitting.pk)
    # From the deadline on it is the clock that closes, also when the student's click arrives within the grace.
    if now < sitting.deadline_at:
        closed = _close(mine, "submitted", "submitted", closed_at=max(now, sitting.started_at))
    else:
        closed = _close(mine, "lapsed", "time", closed_at=F("deadline_at"))
    score_closed(closed)


def close_if_overdue(sitting: Sitting, *, now: datetime) -> bool:
    """What every page of a sitting asks first, so that correctness needs no worker."""
    if not (sitting.is_open and sitting.is_over(now)):
        return False
    score_closed(_close(Sitting.objects.filter(pk=sitting.pk), "lapsed", "time", closed_at=F("deadline_at")))
    sitting.refresh_from_db()
    return True


def close_overdue(*, now: datetime) -> int:
    """Close everything whose time is over, and score what an interrupted close left without a score."""
    count = _close_all(Sitting.objects.overdue(now))
    score_all_waiting()
    return count


def close_overdue_of(*administrations: Administration, now: datetime | Now) -> None:
    """What the pages of staff ask first."""
    _close_all(Sitting.objects.overdue(now).filter(administration__in=administrations))
    score_waiting(*administrations)


def _close_all(overdue: SittingQuerySet) -> int:
    """In batches, skipping what another worker holds: two sweeps share the work and never wait for one another."""
    count = 0
    while ids := list(overdue.order_by("accepts_until").values_list("pk", flat=True)[:BATCH]):
        batch = Sitting.objects.filter(pk__in=ids)
        closed = _close(batch, "lapsed", "time", closed_at=F("deadline_at"), skip_locked=True)
        if not closed:
            break
        score_closed(closed)
        count += len(closed)
    return count


@transaction.atomic
def _close(
    sittings: SittingQuerySet, state: str, reason: str, *, closed_at: datetime | Combinable, skip_locked: bool = False
) -> Sequence[Sitting]:
    """The one place where sittings end.

    1. Lock the rows that are still open: a save holds its share lock until its commit, so all of them are in the log.
    2. Read the logs, append the closing event, and move the state; only the row count of the lock decides who closes.
    3. Pack the answers and make the receipt.
    """
    locked = list(
        sittings.filter(state=Sitting.State.OPEN).with_form().select_for_update(of=("self",), skip_locked=skip_locked)
    )
    if not locked:
        return []
    answers = logs_of(sitting.pk for sitting in locked)
    last = SittingEvent.objects.bulk_create([SittingEvent(sitting=sitting, kind=state) for sitting in locked])
    Sitting.objects.filter(pk__in=[sitting.pk for sitting in locked]).update(
        state=state, closed_at=closed_at, close_reason=reason
    )
    SittingResult.objects.bulk_create(
        [_result(sitting, answers[sitting.pk], event) for sitting, event in zip(locked, last, strict=True)]
    )
    return locked


def _result(sitting: Sitting, answers: Answers, last_event: SittingEvent) -> SittingResult:
    packed = answers.packed()
    sitting.result = SittingResult(
        sitting=sitting,
        answers=packed,
        answered=answers.answered,
        last_event=last_event,
        digest=receipt_digest(sitting, packed),
    )
    return sitting.result


def receipt_digest(sitting: Sitting, packed: dict[str, list[str]]) -> str:
    """What a student can keep: it changes with any answer, and names this sitting."""
    return content_hash({"sitting": str(sitting.public_id), "answers": packed})
