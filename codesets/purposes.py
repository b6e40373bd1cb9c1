"""Which code set counts for what: claims today, examinations until their own switch, and what is loaded here."""

from dataclasses import dataclass
from datetime import date

from codesets import wording
from codesets.loaders.edition import facts_in
from codesets.models import Release
from codesets.systems import CODE_SETS

OCTOBER = 10


@dataclass(frozen=True)
class Purpose:
    """One line of the banner."""

    name: str
    counts: str


def fiscal_year(today: date) -> int:
    return today.year + (today.month >= OCTOBER)


def purposes(today: date) -> list[Purpose]:
    loaded = [newest for system in CODE_SETS if (newest := Release.objects.ready(system).first())]
    books = sorted(exam_books(today).items())
    return [
        Purpose(wording.CLAIMS_TODAY, f"FY{fiscal_year(today)}"),
        Purpose(wording.EXAMINATIONS, ", ".join(f"{examiner} {year} books" for examiner, year in books)),
        Purpose(wording.LOADED_HERE, "; ".join(map(str, loaded)) or wording.NOTHING_LOADED),
    ]


def exam_books(today: date) -> dict[str, str]:
    """The newest switch of each examining body that has come."""
    come = [row for row in facts_in("exam-books.csv") if date.fromisoformat(row["from_on"]) <= today]
    return {row["examiner"]: row["books"] for row in sorted(come, key=lambda row: row["from_on"])}


def behind(today: date) -> list[Release]:
    """The newest release of each loaded code set that is over: dated work is refused, never answered from an older."""
    newest = [Release.objects.ready(system).first() for system in CODE_SETS]
    return [each for each in newest if each is not None and each.effective_to < today]
