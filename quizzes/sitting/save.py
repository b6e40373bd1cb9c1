"""Save one answer: one statement when it succeeds, and a second read that names the reason when it does not."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db.models.functions import Now

from grading.items import accepts_response
from quizzes.sitting import pages
from quizzes.sitting.fold import SlotState
from quizzes.sitting.log import Entry, Written, answers_of, append
from quizzes.sitting.models import Sitting, SittingEvent

Kind = SittingEvent.Kind


@dataclass(frozen=True, slots=True)
class SlotAnswer:
    """What a client wants saved: the options chosen in a slot, and the revision that it had before its eyes."""

    slot: int
    base: int
    key: str
    chosen: tuple[str, ...]
    client_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """Given only after the commit: this answer is in the log."""

    revision: int
    saved_at: datetime
    remaining_ms: int


class NoSuchSlot(LookupError):
    """There is no such sitting of this person, or it has no such slot."""


class KeyReused(ValueError):
    """The key already stands for another answer."""


class NoAnswerToItem(ValueError):
    """The item has no such option, or does not ask for so many."""


class AnswerMoved(Exception):
    """Another window saved this slot since; `stored` is what counts."""

    def __init__(self, stored: SlotState) -> None:
        super().__init__(stored.revision)
        self.stored = stored


class SittingClosed(Exception):
    """Too late: the first such answer to an item is kept as evidence and does not count."""

    def __init__(self, sitting: Sitting) -> None:
        super().__init__(str(sitting.public_id))
        self.sitting = sitting


def save_answer(public_id: uuid.UUID, user_id: int, answer: SlotAnswer) -> Acknowledgement:
    written = append(public_id, user_id, _entry(answer))
    if written is not None:
        return _acknowledge(answer.base + 1, written)
    return _replay_or_refuse(public_id, user_id, answer)


def _entry(answer: SlotAnswer) -> Entry:
    return Entry(
        kind=Kind.ANSWERED if answer.chosen else Kind.CLEARED,
        slot=answer.slot,
        revision=answer.base + 1,
        payload={"chosen": list(answer.chosen)} if answer.chosen else {},
        key=answer.key,
        client_at=answer.client_at,
    )


def _acknowledge(revision: int, written: Written) -> Acknowledgement:
    remaining = (written.deadline_at - written.at).total_seconds()
    return Acknowledgement(revision, written.at, max(0, int(remaining * 1000)))


def _replay_or_refuse(public_id: uuid.UUID, user_id: int, answer: SlotAnswer) -> Acknowledgement:
    # The database's clock again: the second read must not disagree with the statement about the time.
    found = Sitting.objects.not_withdrawn().annotate(clock=Now()).filter(public_id=public_id, user_id=user_id)
    sitting = found.select_related("administration").first()
    if sitting is None or not 1 <= answer.slot <= sitting.slot_count:
        raise NoSuchSlot
    earlier = SittingEvent.objects.filter(sitting=sitting, idempotency_key=answer.key).first()
    if earlier is not None:
        return _replay(sitting, earlier, answer)
    body = pages.item_body(sitting, answer.slot)
    if not accepts_response(body["kind"], body, {"chosen": list(answer.chosen)}):
        raise NoAnswerToItem
    if sitting.is_over(sitting.clock):
        _keep_as_evidence(sitting, answer)
        raise SittingClosed(sitting)
    raise AnswerMoved(answers_of(sitting).of(answer.slot))


def _replay(sitting: Sitting, earlier: SittingEvent, answer: SlotAnswer) -> Acknowledgement:
    """The first acknowledgement again: the client did not get it."""
    same = (earlier.slot, tuple(earlier.payload.get("chosen", ()))) == (answer.slot, answer.chosen)
    if not same or earlier.revision is None:
        raise KeyReused
    return _acknowledge(earlier.revision, Written(earlier.at, sitting.deadline_at))


def _keep_as_evidence(sitting: Sitting, answer: SlotAnswer) -> None:
    """One row for each item, whatever is sent: the first says what the student had chosen when the time ended."""
    refused = SittingEvent(
        sitting=sitting,
        kind=Kind.LATE_REFUSED,
        slot=answer.slot,
        payload={"chosen": list(answer.chosen), "base": answer.base},
        idempotency_key=f"late {answer.slot}",
        client_at=answer.client_at,
    )
    SittingEvent.objects.bulk_create([refused], ignore_conflicts=True)
