"""Fold a sitting's log into its current answers. Pure, and understands every schema of the log for ever.

The result does not depend on the order in which events arrive, nor on how often one is delivered: of one slot the
highest revision is the answer, and the latest flag event is the flag.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

ANSWERS = frozenset({"answered", "cleared"})
FLAGS = frozenset({"flagged", "unflagged"})
SEEN = ANSWERS | FLAGS | {"viewed"}


@dataclass(frozen=True, slots=True)
class Event:
    id: int
    kind: str
    slot: int | None = None
    revision: int | None = None
    payload: Mapping[str, Any] = field(default_factory=dict)
    schema: int = 1


@dataclass(frozen=True, slots=True)
class SlotState:
    """What the log says about one slot; revision 0 was never answered."""

    chosen: tuple[str, ...] = ()
    revision: int = 0
    is_flagged: bool = False
    flag_event: int = 0
    is_seen: bool = False

    @property
    def is_answered(self) -> bool:
        return bool(self.chosen)


UNSEEN = SlotState()


@dataclass(frozen=True, slots=True)
class Answers:
    slots: Mapping[int, SlotState] = field(default_factory=dict)

    def of(self, slot: int) -> SlotState:
        return self.slots.get(slot, UNSEEN)

    @property
    def answered(self) -> int:
        return sum(state.is_answered for state in self.slots.values())

    def packed(self) -> dict[str, list[str]]:
        """The answers of a closed sitting, as its result keeps them: slot → option ids."""
        return {str(slot): sorted(state.chosen) for slot, state in sorted(self.slots.items()) if state.is_answered}


class UnknownSchema(ValueError):
    """The log was written by a newer program than this one."""


def fold(events: Iterable[Event], start: Answers | None = None) -> Answers:
    slots = dict(start.slots) if start else {}
    for event in events:
        if event.slot is None or event.kind not in SEEN:
            continue
        if event.schema != 1:
            raise UnknownSchema(f"Event {event.id} has schema {event.schema}; this program reads schema 1.")
        slots[event.slot] = _after(slots.get(event.slot, UNSEEN), event)
    return Answers(slots)


def _after(state: SlotState, event: Event) -> SlotState:
    state = replace(state, is_seen=True)
    if event.kind in ANSWERS and (event.revision or 0) > state.revision:
        return replace(state, chosen=tuple(event.payload.get("chosen", ())), revision=event.revision or 0)
    if event.kind in FLAGS and event.id > state.flag_event:
        return replace(state, is_flagged=event.kind == "flagged", flag_event=event.id)
    return state
