"""Which diagnosis stands first, and which rule-bound pairs are kept (rules R7 and R8)? Other order is free."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grading.answers import ICD10CM, Answer, CodedLine, Key, KeyLine, LineClass, Pair, Role, normal_code

FIRST_ROLES = (Role.PRINCIPAL, Role.FIRST_LISTED)


@dataclass(frozen=True, slots=True)
class Order:
    """A broken pair is told at the line that came too early; `wanted_first` and `too_early` are key lines."""

    wanted_first: int | None
    entered_first: int | None
    kept_pairs: int
    broken_pairs: int
    too_early: frozenset[int]


def read_order(key: Key, answer: Answer, agreed: Mapping[int, int]) -> Order:
    """`agreed` leads from a key line to the entered line with the right code."""
    entered_first = first_diagnosis(answer.lines)
    applicable = [pair for pair in (_located(pair, key) for pair in key.order) if pair and agreed.keys() >= set(pair)]
    # A line called principal by its role stands first, wherever it was typed.
    place = {line: -1 if entered == entered_first else entered for line, entered in agreed.items()}
    broken = [after for before, after in applicable if place[before] > place[after]]
    return Order(
        wanted_first=first_of_key(key),
        entered_first=entered_first,
        kept_pairs=len(applicable) - len(broken),
        broken_pairs=len(broken),
        too_early=frozenset(broken),
    )


def first_of_key(key: Key) -> int | None:
    required = [index for index, line in enumerate(key.lines) if line.line_class is LineClass.REQUIRED]
    place = first_diagnosis([key.lines[index] for index in required])
    return None if place is None else required[place]


def first_diagnosis(lines: Sequence[CodedLine | KeyLine]) -> int | None:
    """The line whose role says so, else the first ICD-10-CM line."""
    for index, line in enumerate(lines):
        if line.role in FIRST_ROLES:
            return index
    return next((index for index, line in enumerate(lines) if line.system == ICD10CM), None)


def _located(pair: Pair, key: Key) -> tuple[int, int] | None:
    places = {
        normal_code(line.code): index
        for index, line in reversed(list(enumerate(key.lines)))
        if line.line_class in (LineClass.REQUIRED, LineClass.OPTIONAL)
    }
    before, after = places.get(normal_code(pair.before)), places.get(normal_code(pair.after))
    return None if before is None or after is None else (before, after)
