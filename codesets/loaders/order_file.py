"""Read the official order files of ICD-10-CM and ICD-10-PCS: every code and header with both titles, in order."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from codesets import formats
from codesets.loaders.archive import Member, Refused
from codesets.loaders.edition import CodeRow, Edition, Format, edition_of, fiscal_year, lines_of, year_of
from codesets.systems import System

# Number, code, "0" for a header or "1" for a code, short title in 60 places, long title to the end of the line.
LINE = re.compile(r"(\d{5}) ([A-Z0-9]{3,7}) *(?<=^.{13}) ([01]) (.{60}) (.+)")
FIRST = re.compile(rb"00001 (\w{3,7}) +[01] ")
LONGEST = 400
# The update of April stands in its own file, named so.
APRIL = re.compile(r"apr", re.IGNORECASE)


class OrderLine(NamedTuple):
    code: str
    billable: bool
    short_title: str
    title: str


def recognises(system: System) -> Callable[[Member, bytes], bool]:
    def recognise(member: Member, head: bytes) -> bool:
        first = FIRST.match(head)
        return first is not None and "addenda" not in member.name and _system(first[1].decode()) == system

    return recognise


def _system(code: str) -> System:
    """Procedure codes have no letter I or O and begin with table 001; diagnosis codes begin with A00."""
    return System.ICD10PCS if code.isdigit() else System.ICD10CM


def reader(system: System, shape: re.Pattern[str]) -> Callable[[Member], Edition]:
    def read(member: Member) -> Edition:
        content = member.content()
        codes = list(_placed(read_lines(member, lines_of(member, content), system, shape)))
        return edition_of(system, member, content, codes=codes, **_dates(member))

    return read


def _dates(member: Member) -> dict[str, Any]:
    year = year_of(member)
    dates = fiscal_year(year)
    if APRIL.search(member.name):
        return dates | {"label": f"FY{year} April", "effective_from": date(year, 4, 1)}
    return dates


def read_lines(member: Member, lines: list[str], system: System, shape: re.Pattern[str]) -> Iterator[OrderLine]:
    for number, line in enumerate(lines, start=1):
        found = LINE.fullmatch(line)
        if found is None or int(found[1]) != number or len(line) > LONGEST:
            raise Refused(f"{member.shown}, line {number:,}: this is not a line of an order file.")
        if not shape.fullmatch(found[2]):
            raise Refused(f"{member.shown}, line {number:,}: {found[2]} is not a code of {system.label}.")
        yield OrderLine(found[2], found[3] == "1", found[4].strip(), found[5].strip())


def _placed(lines: Iterable[OrderLine]) -> Iterator[CodeRow]:
    """The header above a code is the longest one that the file has; it always comes first."""
    headers: set[str] = set()
    for line in lines:
        above = [prefix for prefix in formats.prefixes(line.code) if prefix in headers]
        if not line.billable:
            headers.add(line.code)
        yield CodeRow(line.code, line.title, line.billable, above[-1] if above else "", short_title=line.short_title)


CM = Format("ICD-10-CM order file", recognises(System.ICD10CM), reader(System.ICD10CM, formats.SHAPE))
PCS = Format(
    "ICD-10-PCS order file",
    recognises(System.ICD10PCS),
    reader(System.ICD10PCS, formats.PCS_SHAPE),
    alternative="icd10pcs",  # published together with the code file, which lacks the headers
)
