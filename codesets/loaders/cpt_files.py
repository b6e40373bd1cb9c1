"""Read the AMA's standard CPT files (LONGULT, MEDU, SHORTU) that an institution holds under its own licence.

The owner's text above the first code is kept as the notice. Nothing of these files is ever part of this repository.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from codesets import formats
from codesets.loaders.archive import Member, Refused, siblings
from codesets.loaders.edition import Edition, Format, calendar_year, edition_of, lines_of
from codesets.systems import System

COPYRIGHT_YEAR = re.compile(r"[Cc]opyright\D{0,20}(20\d\d)|(20\d\d) American Medical Association")
LONG, MEDIUM, SHORT = "LONGULT", "MEDU", "SHORTU"


class LicensedRow(NamedTuple):
    code: str
    title: str
    medium_title: str = ""
    short_title: str = ""


def _recognise(member: Member, head: bytes) -> bool:
    return member.name.upper().startswith(LONG) and b"American Medical Association" in head


def read(member: Member) -> Edition:
    content = member.content()
    notice, lines = _split(member, content)
    years = {year for pair in COPYRIGHT_YEAR.findall(notice) for year in pair if year}
    titles = dict(_titles(lines))
    if not titles or not years:
        raise Refused(f"{member.shown} holds no codes below a copyright notice with its year: supply it unchanged.")
    medium, short = (_companion(member, name) for name in (MEDIUM, SHORT))
    rows = [LicensedRow(code, title, medium.get(code, ""), short.get(code, "")) for code, title in titles.items()]
    content += repr((medium, short)).encode()
    return edition_of(System.CPT, member, content, rows, notice=notice, **calendar_year(int(max(years))))


def _split(member: Member, content: bytes) -> tuple[str, list[str]]:
    lines = lines_of(member, content, "latin-1")
    start = next((place for place, line in enumerate(lines) if formats.CPT_SHAPE.fullmatch(line[:5])), len(lines))
    return "\n".join(lines[:start]).strip(), lines[start:]


def _titles(lines: list[str]) -> Iterator[tuple[str, str]]:
    """The code, then a tab or a blank, then the text."""
    for line in lines:
        if formats.CPT_SHAPE.fullmatch(line[:5]):
            yield line[:5], " ".join(line[5:].split())


def _companion(member: Member, name: str) -> dict[str, str]:
    beside = next((each for each in siblings(member) if each.name.upper().startswith(name)), None)
    return dict(_titles(_split(beside, beside.content())[1])) if beside else {}


FORMAT = Format("CPT standard files", _recognise, read)
