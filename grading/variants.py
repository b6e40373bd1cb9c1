"""Where a payer takes both, one line with modifier 50 equals two lines RT and LT: each is a variant (rule R10)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from grading.answers import Key, KeyLine, normal_code

BOTH, SIDES = "50", ("RT", "LT")


def with_bilateral_variants(key: Key) -> Key:
    """The authored variants stay first, so that they win where both are as good."""
    written = (key, *key.variants)
    other = tuple(replace(one, lines=lines, variants=()) for one in written for lines in _other_ways(one.lines))
    return replace(key, variants=(*key.variants, *other)) if other else key


def _other_ways(lines: tuple[KeyLine, ...]) -> Iterator[tuple[KeyLine, ...]]:
    """New lines go to the end, so that every other line keeps its place."""
    for index, line in enumerate(lines):
        if BOTH in line.modifiers and line.units in (None, 1):
            right, left = (_with(line, BOTH, side) for side in SIDES)
            yield (*lines[:index], right, *lines[index + 1 :], left)
        if "RT" in line.modifiers:
            twins = [other for other in lines if _is_other_side(line, other)]
            if twins:
                rest = [_with(line, "RT", BOTH) if other is line else other for other in lines]
                yield tuple(other for other in rest if other is not twins[0])


def _is_other_side(line: KeyLine, other: KeyLine) -> bool:
    same = (line.system, normal_code(line.code)) == (other.system, normal_code(other.code))
    return same and set(other.modifiers) == {"LT" if modifier == "RT" else modifier for modifier in line.modifiers}


def _with(line: KeyLine, old: str, new: str) -> KeyLine:
    return replace(line, modifiers=tuple(new if modifier == old else modifier for modifier in line.modifiers))
