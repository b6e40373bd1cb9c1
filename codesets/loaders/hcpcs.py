"""Read the official HCPCS Level II file, fixed width or XLSX: codes and modifiers with the dates of each."""

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from itertools import groupby
from typing import Any

from codesets import formats
from codesets.loaders import heavy
from codesets.loaders.archive import Member, Refused, check_spreadsheet
from codesets.loaders.edition import (
    FACTS,
    CodeRow,
    Edition,
    Format,
    calendar_year,
    edition_of,
    fact_rows,
    lines_of,
    quarter,
    year_of,
)
from codesets.systems import System
from codesets.wording import A_SELECTION

FIRST_OF_CODE, MORE_OF_CODE, FIRST_OF_MODIFIER, MORE_OF_MODIFIER = "3", "4", "7", "8"
RECORD = re.compile(r"[ A-Z][ 0-9][ 0-9][ 0-9A-Z][0-9A-Z]\d{5}[3478]")
# Quarterly since 2020; before, one file a year.
MONTHS = {"JAN": 1, "APR": 4, "JUL": 7, "OCT": 10}
MONTH = re.compile(r"_(JAN|APR|JUL|OCT)", re.IGNORECASE)
# Positions in the published record layout, from 1, last one included.
COLUMNS = {
    "HCPC": (1, 5), "RECID": (11, 11), "LONG DESCRIPTION": (12, 91), "SHORT DESCRIPTION": (92, 119),
    "PRICE1": (120, 121), "PRICE2": (122, 123), "PRICE3": (124, 125), "PRICE4": (126, 127), "MULT PI": (128, 128),
    "STATUTE": (171, 180), "COV": (230, 230), "BETOS": (257, 259), "TOS1": (261, 261), "ANEST BU": (266, 268),
    "ADD DT": (269, 276), "ACT EFF DT": (277, 284), "TERM DT": (285, 292), "ACTION CD": (293, 293),
}  # fmt: skip
WIDTH = 293
# What is kept beside code, titles and dates, by our word for it.
PARTICULARS = {
    "coverage": "COV", "pricing": "PRICE1", "multiple_pricing": "MULT PI", "statute": "STATUTE", "betos": "BETOS",
    "type_of_service": "TOS1", "anesthesia_units": "ANEST BU", "action": "ACTION CD", "action_on": "ACT EFF DT",
}  # fmt: skip
# A sheet of a few bytes may say that it is as large as a sheet can be.
MOST_ROWS, MOST_COLUMNS = 20_000, 80
FACTS_FILE = FACTS / "hcpcs.csv"

Record = dict[str, str]


def _is_fixed(member: Member, head: bytes) -> bool:
    return "ANWEB" in member.name.upper() and member.name.lower().endswith(".txt")


def _is_sheet(member: Member, head: bytes) -> bool:
    return "ANWEB" in member.name.upper() and member.name.lower().endswith(".xlsx") and head.startswith(b"PK")


def read_fixed(member: Member) -> Edition:
    content = member.content()
    lines = lines_of(member, content, "latin-1")
    return _edition(member, content, [_cut(line) for line in lines if RECORD.match(line)])


def read_sheet(member: Member) -> Edition:
    content = member.content()
    check_spreadsheet(member, content)
    openpyxl = heavy.package("openpyxl", "read an XLSX file")
    book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)
    try:
        cells = book.worksheets[0].iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)
        rows = [tuple("" if cell is None else str(cell) for cell in row) for row in cells]
    finally:
        book.close()
    if len(rows) == MOST_ROWS:
        raise Refused(f"{member.shown} has {MOST_ROWS:,} rows or more: no official file is that long.")
    return _edition(member, content, list(_under_headings(member, rows)))


def _under_headings(member: Member, rows: list[tuple[str, ...]]) -> Iterator[Record]:
    """Columns are found by name, whatever stands above them and in which order they come."""
    start = next((place for place, row in enumerate(rows) if "HCPC" in row and "RECID" in row), None)
    if start is None:
        raise Refused(f"{member.shown} has no row of headings with HCPC and RECID: it is not an official file.")
    headings = [" ".join(heading.replace("_", " ").split()).upper() for heading in rows[start]]
    for row in rows[start + 1 :]:
        record = dict(zip(headings, (cell.strip() for cell in row), strict=True))
        if record["HCPC"]:
            yield record


def _cut(line: str) -> Record:
    padded = line.ljust(WIDTH)
    return {name: padded[first - 1 : last].strip() for name, (first, last) in COLUMNS.items()}


def _edition(member: Member, content: bytes, records: list[Record]) -> Edition:
    codes = list(_codes(member, records))
    year, month = year_of(member), MONTH.search(member.name)
    dates = quarter(year, MONTHS[month[1].upper()]) if month else calendar_year(year)
    return edition_of(System.HCPCS, member, content, codes=codes, **dates)


def _codes(member: Member, records: list[Record]) -> Iterator[CodeRow]:
    """A code begins with record 3 (a modifier with 7); what follows under the same code continues its title."""
    for code, group in groupby(records, key=lambda record: record["HCPC"]):
        first, *more = group
        is_modifier = first["RECID"] == FIRST_OF_MODIFIER
        shape = formats.MODIFIER_SHAPE if is_modifier else formats.HCPCS_SHAPE
        if not shape.fullmatch(code) or first["RECID"] not in (FIRST_OF_CODE, FIRST_OF_MODIFIER):
            raise Refused(f"{member.shown}: {code} is not a code or modifier of HCPCS Level II.")
        yield CodeRow(
            code=code,
            title=" ".join(" ".join(each["LONG DESCRIPTION"] for each in (first, *more)).split()),
            billable=not is_modifier,
            short_title=first["SHORT DESCRIPTION"],
            is_modifier=is_modifier,
            particulars={word: first[name] for word, name in PARTICULARS.items() if first.get(name)},
            **_dates(member, first),
        )


def _dates(member: Member, record: Record) -> dict[str, date | None]:
    try:
        return {"valid_from": _day(record["ADD DT"]), "valid_to": _day(record["TERM DT"])}
    except ValueError as problem:
        raise Refused(f"{member.shown}: the dates of {record['HCPC']} are no dates: the file is damaged.") from problem


def _day(text: str) -> date | None:
    digits = re.sub(r"\D", "", text)[:8]  # a spreadsheet may hold a date as 2025-10-01 00:00:00
    return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])) if digits else None


def packaged_edition() -> Edition:
    """Our selection: the codes most taught, and all modifiers, of October 2025."""
    content = FACTS_FILE.read_bytes()
    codes = [_from_facts(row) for row in fact_rows(content)]
    dates = quarter(2025, 10) | {"label": f"October 2025, {A_SELECTION}"}
    return edition_of(System.HCPCS, FACTS_FILE, content, codes=codes, gives_way=True, **dates)


def _from_facts(row: dict[str, Any]) -> CodeRow:
    is_modifier = len(row["code"]) == 2
    return CodeRow(
        row["code"], row["title"], not is_modifier, short_title=row["short_title"],
        valid_from=_day(row["added"]), is_modifier=is_modifier,
    )  # fmt: skip


FIXED = Format("HCPCS Level II file", _is_fixed, read_fixed, alternative="hcpcs")
SHEET = Format("HCPCS Level II spreadsheet", _is_sheet, read_sheet, alternative="hcpcs")
