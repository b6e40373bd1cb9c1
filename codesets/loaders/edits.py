"""Read NCCI procedure-to-procedure edits and Medically Unlikely Edits: CPT numbers, so an institution loads them."""

import re
from datetime import date
from typing import Any, NamedTuple

from codesets import formats
from codesets.loaders.archive import Member, Refused
from codesets.loaders.edition import Edition, Format, edition_of, quarter
from codesets.loaders.lists import under_headings
from codesets.systems import System

VERSION = re.compile(r"v(\d\d)(\d)r", re.IGNORECASE)  # v313r0 is the fourth quarter of 2025
EFFECTIVE = re.compile(r"(\d\d)-\d\d-(20\d\d)")
PTP_COLUMNS = {
    "one": "^column 1", "two": "^column 2", "effective": "effective", "deleted": "deletion", "modifier": "modifier",
    "rationale": "rationale",
}  # fmt: skip
MUE_COLUMNS = {"code": "hcpcs", "units": "mue values", "adjudication": "adjudication", "rationale": "rationale"}


class PairRow(NamedTuple):
    column_one: str
    column_two: str
    effective_on: date
    deleted_on: date | None
    modifier_indicator: str
    rationale: str


class LimitRow(NamedTuple):
    code: str
    units: int
    adjudication: str
    rationale: str


def read_pairs(member: Member) -> Edition:
    content = member.content()
    rows, notice = under_headings(member, content.decode("latin-1"), PTP_COLUMNS)
    pairs = [_pair(member, row) for row in rows]
    return edition_of(System.NCCI_PTP, member, content, pairs, notice=notice, **_quarter(member))


def _pair(member: Member, row: dict[str, str]) -> PairRow:
    indicator = row["modifier"][:1]
    effective = _day(row["effective"])
    if effective is None or indicator not in ("0", "1", "9"):
        raise Refused(f"{member.shown}: the pair {row['one']}, {row['two']} has no date or modifier indicator.")
    return PairRow(_code(member, row["one"]), _code(member, row["two"]), effective, _day(row["deleted"]), indicator,
                   row["rationale"])  # fmt: skip


def read_limits(member: Member) -> Edition:
    content = member.content()
    rows, notice = under_headings(member, content.decode("latin-1"), MUE_COLUMNS, ",")
    limits = [
        LimitRow(_code(member, row["code"]), int(row["units"]), row["adjudication"][:1], row["rationale"])
        for row in rows
        if row["units"].isdigit()
    ]
    return edition_of(System.MUE, member, content, limits, notice=notice, **_quarter(member))


def _code(member: Member, text: str) -> str:
    if formats.CPT_SHAPE.fullmatch(text) or formats.HCPCS_SHAPE.fullmatch(text):
        return text
    raise Refused(f"{member.shown}: {text} is no CPT or HCPCS number.")


def _day(text: str) -> date | None:
    return date(int(text[:4]), int(text[4:6]), int(text[6:8])) if text.isdigit() and len(text) == 8 else None


def _quarter(member: Member) -> dict[str, Any]:
    if found := VERSION.search(member.name):
        return quarter(1994 + int(found[1]), 3 * int(found[2]) + 1)
    if found := EFFECTIVE.search(member.name):
        return quarter(int(found[2]), int(found[1]))
    raise Refused(f"{member.shown} names no quarter: keep the name under which it was published.")


PTP = Format(
    "NCCI procedure-to-procedure edits", lambda m, head: b"Column 1" in head and b"Column 2" in head, read_pairs
)
MUE = Format("Medically Unlikely Edits", lambda m, head: b"MUE Adjudication" in head, read_limits)
