"""What one official file says, as plain rows with its dates, checked before anybody writes it.

A format (one file in this folder) recognises a member and reads it into an Edition; `registry` lists the formats.
"""

import csv
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from codesets.loaders.archive import Member, Refused
from codesets.systems import System

FACTS = Path(__file__).resolve().parents[2] / "fixtures/codesets"
YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
SHORT_YEAR = re.compile(r"FY ?(\d\d)(?!\d)", re.IGNORECASE)
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# An edition whose count nobody has written down exactly may differ this much from the nearest that is known.
PLAUSIBLE = 0.15
EXACT, OURS = "exact", "ours"


class SectionRow(NamedTuple):
    name: str
    title: str
    chapter: str  # empty for a chapter


class CodeRow(NamedTuple):
    code: str
    title: str
    billable: bool
    parent: str = ""
    block: str = ""
    short_title: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    is_modifier: bool = False
    particulars: dict[str, str] | None = None


class Counts(NamedTuple):
    """How much there is: rows in all, and what counts among them (billable codes, codes of a product …)."""

    rows: int
    counted: int


class Known(NamedTuple):
    """An edition that somebody has counted; `how` says whether it measures others: see editions.csv."""

    counts: Counts
    how: str
    ends: str = ""  # the chapter or section of its last code, by the first character


@dataclass
class Edition:
    """One code set or companion table with its dates. `others` holds lists of rows, each of one kind."""

    system: System
    label: str
    effective_from: date
    effective_to: date
    member: str
    sha256: str
    codes: list[CodeRow] = field(default_factory=list)
    sections: list[SectionRow] = field(default_factory=list)
    others: list[list[Any]] = field(default_factory=list)
    # An order file is the source of titles; the Tabular List composes some of its own.
    titles_are_official: bool = True
    # The file itself says its year: a count like that of another year is chance.
    year_is_stated: bool = False
    # A selection, or a list of another year: never takes the place of what was published for the same dates.
    gives_way: bool = False
    # The owner's own words about use, kept with the rows and shown with them.
    notice: str = ""
    counts: Counts = field(default_factory=lambda: Counts(0, 0))

    @property
    def name(self) -> str:
        return f"{self.system.label} {self.label}"


@dataclass(frozen=True)
class Format:
    """How one official file looks. Of several formats with one `alternative`, the first that is present counts."""

    name: str
    recognise: Callable[[Member, bytes], bool]
    read: Callable[[Member], Edition]
    alternative: str = ""


def fiscal_year(year: int) -> dict[str, Any]:
    """A federal fiscal year starts in October of the year before."""
    return {"label": f"FY{year}", "effective_from": date(year - 1, 10, 1), "effective_to": date(year, 9, 30)}


def quarter(year: int, month: int) -> dict[str, Any]:
    starts = date(year, month, 1)
    following = date(year + (month + 3 > 12), (month + 2) % 12 + 1, 1)
    return {"label": f"{starts:%B %Y}", "effective_from": starts, "effective_to": following - timedelta(days=1)}


def calendar_year(year: int) -> dict[str, Any]:
    return {"label": str(year), "effective_from": date(year, 1, 1), "effective_to": date(year, 12, 31)}


def year_of(member: Member) -> int:
    """The year that the file's own name says, or else the archive's."""
    for name in (member.name, member.within):
        years = set(YEAR.findall(name)) or {f"20{short}" for short in SHORT_YEAR.findall(name)}
        if len(years) == 1:
            return int(years.pop())
    raise Refused(f"{member.shown} names no single year: keep the name under which it was published.")


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def edition_of(system: System, member: Member | Path, content: bytes, *others: list[Any], **given: Any) -> Edition:
    """One file as an edition. All its rows count, of codes the billable ones, unless `counts` says otherwise."""
    codes = given.get("codes", [])
    counted = sum(row.billable for row in codes) if codes else len(others[0]) if others else 0
    given.setdefault("counts", Counts(len(codes) or sum(map(len, others)), counted))
    return Edition(system=system, member=member.name, sha256=digest(content), others=list(others), **given)


def lines_of(member: Member, content: bytes, encoding: str = "ascii") -> list[str]:
    """The lines of a text file that ends where a line ends."""
    if not content.endswith(b"\n"):
        raise Refused(f"{member.shown} stops in the middle of a line: it is cut off.")
    try:
        return content.decode(encoding).splitlines()
    except UnicodeDecodeError as problem:
        raise Refused(f"{member.shown} holds bytes that the official file does not have.") from problem


def fact_rows(content: bytes) -> list[dict[str, str]]:
    """The rows of one of our own files of facts; lines with # say where they come from."""
    return list(csv.DictReader(line for line in content.decode().splitlines() if not line.startswith("#")))


def facts_in(name: str) -> list[dict[str, str]]:
    return fact_rows((FACTS / name).read_bytes())


@cache
def known_counts() -> dict[tuple[str, str], Known]:
    return {
        (row["system"], row["label"]): Known(Counts(int(row["rows"]), int(row["counted"])), row["known"], row["ends"])
        for row in facts_in("editions.csv")
    }


def check_counts(edition: Edition) -> Edition:
    """Refuse an edition that is cut off, mixed or of another year than it says. Our selections measure no other."""
    _check_codes(edition)
    known = {label: held for (system, label), held in known_counts().items() if system == edition.system}
    own = known.get(edition.label)
    others = [label for label in labels_with(edition.system, edition.counts) if not edition.label.startswith(label)]
    hint = f" These are the counts of {others[0]}." if others else ""
    said = f"{edition.member} gives {_said(edition.counts)}"
    if own is not None and own.how in (EXACT, OURS):
        # By what counts: a code file has no headers, the order file of the same year has.
        if edition.counts.counted != own.counts.counted:
            raise Refused(f"{said}, {edition.name} has {_said(own.counts)}.{hint}")
        return edition
    if others and not edition.year_is_stated:
        raise Refused(f"{said} and calls itself {edition.label}.{hint} Supply it under the name it was published with.")
    measures = [held for held in known.values() if held.how != OURS]
    if not edition.counts.counted or (measures and not any(_is_near(edition, held) for held in measures)):
        raise Refused(f"{said}, far from every known {edition.system.label}: it is cut off or mixed.")
    return edition


def _check_codes(edition: Edition) -> None:
    if len({row.code for row in edition.codes}) != len(edition.codes):
        raise Refused(f"{edition.member} holds a code twice: it is damaged or mixed.")
    # A tab would part the columns of the search index; PostgreSQL cannot store a NUL.
    if wrong := next((row.code for row in edition.codes if CONTROL.search(row.title + row.short_title)), None):
        raise Refused(f"{edition.member} has a control character in the title of {wrong}: it is damaged.")


def labels_with(system: str, counts: Counts) -> list[str]:
    """The official editions of which this is the exact count, or both counts where only about is known."""
    known = ((label, held) for (name, label), held in known_counts().items() if name == system and held.how != OURS)
    return [
        label
        for label, held in known
        if held.counts == counts or (held.how == EXACT and held.counts.counted == counts.counted)
    ]


def _is_near(edition: Edition, known: Known) -> bool:
    """Nearly as many, and as far as the last chapter."""
    counted = known.counts.counted
    last = edition.codes[-1].code if edition.codes else known.ends
    return abs(edition.counts.counted - counted) <= PLAUSIBLE * counted and last.startswith(known.ends)


def _said(counts: Counts) -> str:
    return f"{counts.rows:,} rows ({counts.counted:,} counted)"
