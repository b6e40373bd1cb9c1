"""One table, drawn in one way: a caption, titled columns, rows. Knows nothing about where the rows come from."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    TEXT = "text"
    NUMBER = "number"  # right-aligned, digits of equal width
    CODE = "code"  # mono
    SPAN = "span"  # two days on one line


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    align: str = ""
    kind: str = Kind.TEXT

    @property
    def css(self) -> str:
        right = self.align == "right" or (not self.align and self.kind == Kind.NUMBER)
        return " ".join(name for name, wanted in ((f"is-{self.kind}", True), ("is-right", right)) if wanted)


@dataclass(frozen=True, slots=True)
class Table:
    """The first cell of a row names the row. Columns may be given as titles or as (title, align, kind)."""

    caption: str
    columns: tuple[Any, ...]
    rows: tuple[tuple[Any, ...], ...]
    empty: str = "Nothing here yet."
    notice: str = ""  # what must stand wherever the rows are shown or exported

    @property
    def headings(self) -> list[Column]:
        return [as_column(column) for column in self.columns]

    def drawn_rows(self) -> Iterator[list[tuple[Column, Any]]]:
        headings = self.headings
        for row in self.rows:
            yield list(zip(headings, row, strict=True))


def as_column(column: Column | str | tuple[str, ...]) -> Column:
    if isinstance(column, Column):
        return column
    return Column(column) if isinstance(column, str) else Column(*column)


def as_csv(table: Table) -> str:
    """The same table as a file. No cell begins like a formula: a spreadsheet would run what somebody typed."""
    written = io.StringIO()
    rows = [[column.title for column in table.headings], *table.rows]
    csv.writer(written).writerows([_harmless(str(cell)) for cell in row] for row in rows)
    return written.getvalue()


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
