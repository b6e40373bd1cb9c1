"""How was a code looked up (rule R25)? Three facts to report, never scored; there is no shortest path."""

from collections.abc import Iterable
from dataclasses import dataclass

from grading.answers import normal_code


@dataclass(frozen=True, slots=True)
class Step:
    """A page that was opened: in the index, in the tabular, or a note; `at` is its code or its term."""

    kind: str  # index, tabular or note
    at: str


@dataclass(frozen=True, slots=True)
class Trail:
    came_through_index: bool
    was_verified_in_tabular: bool
    opened_deciding_note: bool | None  # None: no note decides


def read_trail(steps: Iterable[Step], code: str, deciding_note: str = "") -> Trail:
    opened = [(step.kind, normal_code(step.at)) for step in steps]
    tabular = ("tabular", normal_code(code))
    before = opened[: opened.index(tabular)] if tabular in opened else opened
    return Trail(
        came_through_index=any(kind == "index" for kind, _ in before),
        was_verified_in_tabular=tabular in opened,
        opened_deciding_note=("note", normal_code(deciding_note)) in opened if deciding_note else None,
    )
