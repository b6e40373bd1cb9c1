"""The ICD-10-PCS builder: seven columns, what was chosen in each and what it means, and what may stand next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from codesets import formats
from codesets.models import PcsRow, PcsTable, PcsTerm, Release
from codesets.pcs_rows import LENGTH, Row, Titles, fitting, following, meanings, reachable
from coursework.book import set_wording as wording

TABLE = 3
Words = dict[tuple[int, str], str]  # (place of the character, title of the value) → what the definitions say


@dataclass(frozen=True)
class Choice:
    """One value that may stand next; `so_far` is the beginning that choosing it makes."""

    character: str
    title: str
    meaning: str
    so_far: str


@dataclass(frozen=True)
class Column:
    """One of the seven characters; empty until something is chosen. `before` is what was chosen to its left."""

    place: int
    title: str
    before: str = ""
    character: str = ""
    meant: str = ""
    meaning: str = ""


@dataclass(frozen=True)
class Builder:
    """`dropped` is what was typed behind the beginning and can never stand there; `tables` is how many are loaded."""

    so_far: str
    dropped: str
    columns: list[Column]
    choices: list[Choice]
    rows: list[Row]
    words: Words
    tables: int

    @property
    def is_complete(self) -> bool:
        return len(self.so_far) == LENGTH

    @property
    def has_meanings(self) -> bool:
        return any(choice.meaning for choice in self.choices)

    @property
    def table(self) -> str:
        return self.so_far[:TABLE] if len(self.so_far) >= TABLE else ""

    @property
    def next_column(self) -> Column | None:
        return None if self.is_complete else self.columns[len(self.so_far)]

    def for_script(self) -> dict[str, Any]:
        """The rows of the table and the meaning of their values: from the fourth column on nothing is asked for."""
        used = {(place, title) for row in self.rows for place, axis in enumerate(row, 1) for title in axis.values()}
        words = {f"{place} {title}": self.words[place, title] for place, title in used & self.words.keys()}
        return {"rows": self.rows, "words": words}


def build(tables: Release, typed: str, definitions: Release | None) -> Builder:
    asked = formats.strip(typed)[: LENGTH + 1]
    held = list(PcsTable.objects.filter(release=tables))
    rows: list[Row] = [_of_table(table) for table in held]
    chosen = reachable(rows, asked[:TABLE])
    titles = list(wording.PCS_COLUMNS)
    if len(chosen) == TABLE:
        rows, names = _of_rows(tables, next(table for table in held if table.code == chosen))
        titles[TABLE:] = names
        chosen = reachable(rows, asked)
    words = words_of(definitions, [table for table in held if chosen and table.code.startswith(chosen[:TABLE])])
    return Builder(
        so_far=chosen,
        dropped=asked[len(chosen) :],
        columns=_columns(rows, chosen, titles, words),
        choices=_choices(rows, chosen, words),
        rows=rows,
        words=words,
        tables=len(held),
    )


def _of_table(table: PcsTable) -> Row:
    return [dict([pair]) for pair in zip(table.code, (table.section, table.body_system, table.operation), strict=True)]


def _of_rows(tables: Release, table: PcsTable) -> tuple[list[Row], list[str]]:
    """The rows of one table, all seven characters long, and what its last four columns are called."""
    held = [row.axes for row in PcsRow.objects.filter(release=tables, table=table.code)]
    first = _of_table(table)
    return [[*first, *(axis["values"] for axis in axes)] for axes in held], [axis["title"] for axis in held[0]]


def _columns(rows: list[Row], chosen: str, titles: list[str], words: Words) -> list[Column]:
    meant: list[Titles] = meanings(rows, chosen) + [()] * (LENGTH - len(chosen))
    return [
        Column(place, titles[place - 1], chosen[: place - 1], chosen[place - 1 : place], " or ".join(each), said)
        for place, each in enumerate(meant, 1)
        for said in [_said(words, place, each)]
    ]


def _choices(rows: list[Row], chosen: str, words: Words) -> list[Choice]:
    place = len(chosen) + 1
    return [
        Choice(value, " or ".join(titles), _said(words, place, titles), chosen + value)
        for value, titles in following(rows, chosen).items()
    ]


def _said(words: Words, place: int, titles: Iterable[str]) -> str:
    return " ".join(words[place, title] for title in titles if (place, title) in words)


def words_of(definitions: Release | None, shown: list[PcsTable]) -> Words:
    """What the definitions say about the values of these tables. A table defines its own operation, in its own year."""
    own = {(TABLE, table.operation): table.definition for table in shown if table.definition}
    said = {key: wording.pcs_meaning(definition) for key, definition in own.items()}
    if definitions is None or not shown:
        return said
    body_systems = {table.body_system for table in shown}
    for term in PcsTerm.objects.filter(release=definitions, section=shown[0].code[0]):
        for title in term.term.split("; "):  # several values may share one entry
            key = (term.axis, _without(title, body_systems))
            said[key] = wording.pcs_meaning(own.get(key) or term.definition, term.explanation, term.includes)
    return said


def _without(title: str, body_systems: set[str]) -> str:
    """A device is defined by body system: "Intraluminal Device in Upper Arteries" is its Intraluminal Device."""
    device, _, body_system = title.rpartition(" in ")
    return device if body_system in body_systems else title


def row_numbers(builder: Builder) -> list[int]:
    """Which rows of the table make the code, counted as in the book."""
    made = fitting(builder.rows, builder.so_far)
    return [number for number, row in enumerate(builder.rows, 1) if row in made]
