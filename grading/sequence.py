"""Which diagnosis stands first, and which rule-bound pairs are kept (rules R7 and R8)? Other order is free."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from grading.answers import (
    ICD10CM,
    Answer,
    CodedLine,
    Key,
    KeyLine,
    Pair,
    Role,
)

SECONDARY = Role.SECONDARY


@dataclass(frozen=True, slots=True)
class Order:
    """A broken pair is told at the line that came too early, a line of the key."""

    wanted_first: int | None
    entered_first: int | None
    kept_pairs: int
    applicable_pairs: int
    too_early: Mapping[int, Pair]


def read_order(key: Key, answer: Answer, agreed: Mapping[int, int], asked: frozenset[int] = frozenset()) -> Order:
    """`agreed` leads from a key line to the entered line with the right code; `asked` are the conditional lines whose
    condition holds: one of them may be the principal diagnosis."""
    wanted = sorted(asked.union(key.required)) if asked else key.required
    wanted_first, entered_first = _first((at, key.lines[at]) for at in wanted), _first(enumerate(answer.lines))
    if not key.pairs:
        return Order(wanted_first, entered_first, kept_pairs=0, applicable_pairs=0, too_early={})
    applicable = [found for found in key.pairs if found[0] in agreed and found[1] in agreed]
    # A line called principal by its role stands first, wherever it was typed.
    place = {line: -1 if agreed[line] == entered_first else agreed[line] for found in applicable for line in found[:2]}
    broken = {after: pair for before, after, pair in applicable if place[before] > place[after]}
    kept = sum(place[before] < place[after] for before, after, _ in applicable)
    return Order(wanted_first, entered_first, kept, len(applicable), broken)


def _first(lines: Iterable[tuple[int, CodedLine | KeyLine]]) -> int | None:
    """The diagnosis whose role says so, else the first one that is not called secondary."""
    uncalled = None
    for index, line in lines:
        if line.system == ICD10CM and line.role is not SECONDARY:
            if line.role:
                return index
            uncalled = index if uncalled is None else uncalled
    return uncalled
