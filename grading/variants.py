"""Where a payer takes both, one line with modifier 50 equals two lines RT and LT: each is a variant (rule R10)."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from grading.answers import Key, KeyLine

BOTH, SIDES = "50", ("RT", "LT")
MOST_BILATERAL = 6  # procedures of one sheet: 64 ways to write them
Change = dict[int, KeyLine | None]  # by place: the line that stands there instead, None for one that goes out


def with_bilateral_variants(key: Key) -> Key:
    """The authored variants stay first, so that they win where both are as good."""
    written = (key, *key.variants)
    other = tuple(replace(one, lines=lines, variants=()) for one in written for lines in _other_ways(one.lines))
    return replace(key, variants=(*key.variants, *other)) if other else key


def _other_ways(lines: tuple[KeyLine, ...]) -> Iterator[tuple[KeyLine, ...]]:
    """Each procedure by itself may be written either way. New lines go to the end, so that the others keep their
    places."""
    changes = list(_changes(lines))
    if len(changes) > MOST_BILATERAL:
        raise ValueError(f"{len(changes)} procedures are done on both sides: say one_line or two_lines for bilateral.")
    for number in range(1, len(changes) + 1):
        for chosen in combinations(changes, number):
            instead = {place: line for change in chosen for place, line in change.items()}
            places = [*range(len(lines)), *(place for place in sorted(instead) if place >= len(lines))]
            rewritten = [instead[place] if place in instead else lines[place] for place in places]
            yield tuple(line for line in rewritten if line is not None)


def _changes(lines: tuple[KeyLine, ...]) -> Iterator[Change]:
    last, twins = len(lines), set[int]()
    for index, line in enumerate(lines):
        if line.units not in (None, 1):
            continue
        if BOTH in line.modifiers:
            yield {index: _with(line, BOTH, SIDES[0]), last: _with(line, BOTH, SIDES[1])}
            last += 1
        elif SIDES[0] in line.modifiers:
            twin = next((at for at, other in enumerate(lines) if at not in twins and _is_other_side(line, other)), None)
            if twin is not None:
                twins.add(twin)
                yield {index: _with(line, SIDES[0], BOTH), twin: None}


def _is_other_side(line: KeyLine, other: KeyLine) -> bool:
    mirrored = {SIDES[1] if modifier == SIDES[0] else modifier for modifier in line.modifiers}
    return line.name == other.name and set(other.modifiers) == mirrored and other.units in (None, 1)


def _with(line: KeyLine, old: str, new: str) -> KeyLine:
    return replace(line, modifiers=tuple(new if modifier == old else modifier for modifier in line.modifiers))
