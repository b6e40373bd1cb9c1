"""Which values can follow the beginning of an ICD-10-PCS code, over the rows of the tables. Pure.

A row says for each character which values may stand together; one code is one way through one row.
"""

from collections.abc import Iterable, Mapping, Sequence
from operator import contains

LENGTH = 7
Row = Sequence[Mapping[str, str]]  # for each character, the first one first: value → what it means
Titles = tuple[str, ...]


def fitting(rows: Iterable[Row], beginning: str) -> list[Row]:
    """The rows that can still make a code with this beginning."""
    return [row for row in rows if len(beginning) <= len(row) and all(map(contains, row, beginning))]


def following(rows: Iterable[Row], beginning: str) -> dict[str, Titles]:
    """The values that may stand next, in the order of the book. Every one of them leads to a code."""
    place = len(beginning)
    axes = [row[place] for row in fitting(rows, beginning) if place < len(row)]
    return {value: _titles(axes, value) for value in sorted({value for axis in axes for value in axis})}


def meanings(rows: Iterable[Row], beginning: str) -> list[Titles]:
    """What each character means. In new technology one value has several meanings until a later one decides."""
    held = fitting(rows, beginning)
    return [_titles([row[place] for row in held], value) for place, value in enumerate(beginning)]


def reachable(rows: Sequence[Row], typed: str) -> str:
    """The longest beginning of what was typed that still leads to a code."""
    return next((typed[:end] for end in range(len(typed), 0, -1) if fitting(rows, typed[:end])), "")


def _titles(axes: Iterable[Mapping[str, str]], value: str) -> Titles:
    return tuple(dict.fromkeys(axis[value] for axis in axes if value in axis))
