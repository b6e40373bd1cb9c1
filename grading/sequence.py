"""Which diagnosis stands first, and which rule-bound pairs are kept (rules R7 and R8)? Other order is free."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grading.answers import (
    ICD10CM,
    MATCHED_CLASSES,
    Answer,
    CodedLine,
    Key,
    KeyLine,
    LineClass,
    Pair,
    Role,
    normal_code,
)

FIRST_ROLES = (Role.PRINCIPAL, Role.FIRST_LISTED)


@dataclass(frozen=True, slots=True)
class Order:
    """A broken pair is told at the line that came too early, a line of the key."""

    wanted_first: int | None
    entered_first: int | None
    kept_pairs: int
    applicable_pairs: int
    too_early: Mapping[int, Pair]


def read_order(key: Key, answer: Answer, agreed: Mapping[int, int]) -> Order:
    """`agreed` leads from a key line to the entered line with the right code."""
    wanted_first, entered_first = first_of_key(key), first_diagnosis(answer.lines)
    if not key.order:
        return Order(wanted_first, entered_first, kept_pairs=0, applicable_pairs=0, too_early={})
    applicable = [(before, after, pair) for before, after, pair in _located(key) if {before, after} <= agreed.keys()]
    # A line called principal by its role stands first, wherever it was typed.
    place = {line: -1 if entered == entered_first else entered for line, entered in agreed.items()}
    broken = {after: pair for before, after, pair in applicable if place[before] > place[after]}
    kept = sum(place[before] < place[after] for before, after, _ in applicable)
    return Order(wanted_first, entered_first, kept, len(applicable), broken)


def first_of_key(key: Key) -> int | None:
    required = [index for index, line in enumerate(key.lines) if line.line_class is LineClass.REQUIRED]
    place = first_diagnosis([key.lines[index] for index in required])
    return None if place is None else required[place]


def first_diagnosis(lines: Sequence[CodedLine | KeyLine]) -> int | None:
    """The line whose role says so, else the first ICD-10-CM line."""
    first = None
    for index, line in enumerate(lines):
        if line.role in FIRST_ROLES:
            return index
        if first is None and line.system == ICD10CM:
            first = index
    return first


def _located(key: Key) -> list[tuple[int, int, Pair]]:
    """Each pair with its two lines; of two lines with one code the upper one is meant."""
    lines = reversed(list(enumerate(key.lines)))
    places = {normal_code(line.code): index for index, line in lines if line.line_class in MATCHED_CLASSES}
    found = [(places.get(normal_code(pair.before)), places.get(normal_code(pair.after)), pair) for pair in key.order]
    return [(before, after, pair) for before, after, pair in found if before is not None and after is not None]
