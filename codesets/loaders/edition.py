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
        (row["system"], row["label"]): Known(Counts(int(row["rows"]), int(row["counted"])), row["known"])
        for row in facts_in("editions.csv")
    }


def check_counts(edition: Edition) -> Edition:
    """Refuse an edition that is cut off, mixed or of another year than it says. Our selections measure no other."""
    known = known_counts()
    own = known.get((edition.system, edition.label))
    if own is not None and own.how in (EXACT, OURS):
        return _equal(edition, own.counts)
    others = [held.counts for (system, _), held in known.items() if system == edition.system and held.how != OURS]
    if not edition.counts.counted or (others and not any(_is_near(edition.counts, held) for held in others)):
        raise Refused(
            f"{edition.member} gives {_said(edition.counts)}, far from every known {edition.system.label}: it is cut "
            "off or mixed."
        )
    return edition


def labels_with(system: str, counted: int) -> list[str]:
    """The official editions of which this is the exact count."""
    known = known_counts().items()
    return [label for (name, label), held in known if (name, held.counts.counted, held.how) == (system, counted, EXACT)]


def _equal(edition: Edition, expected: Counts) -> Edition:
    """By what counts: a code file has no headers, the order file of the same year has."""
    if edition.counts.counted == expected.counted:
        return edition
    others = labels_with(edition.system, edition.counts.counted)
    hint = f" These are the counts of {others[0]}." if others else ""
    raise Refused(f"{edition.member} gives {_said(edition.counts)}, {edition.name} has {_said(expected)}.{hint}")


def _is_near(counts: Counts, known: Counts) -> bool:
    return abs(counts.counted - known.counted) <= PLAUSIBLE * known.counted


def _said(counts: Counts) -> str:
    return f"{counts.rows:,} rows ({counts.counted:,} counted)"
