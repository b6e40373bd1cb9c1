"""Which code set counts for what: claims today, examinations until their own switch, and what is loaded here."""

import csv
from dataclasses import dataclass
from datetime import date

from codesets import wording
from codesets.loaders.edition import FACTS
from codesets.models import Release, System

OCTOBER = 10


@dataclass(frozen=True)
class Purpose:
    """One line of the banner."""

    name: str
    counts: str


def fiscal_year(today: date) -> int:
    return today.year + (today.month >= OCTOBER)


def purposes(today: date) -> list[Purpose]:
    loaded = Release.objects.ready(System.ICD10CM).order_by("-effective_from").first()
    books = sorted(exam_books(today).items())
    return [
        Purpose(wording.CLAIMS_TODAY, f"FY{fiscal_year(today)}"),
        Purpose(wording.EXAMINATIONS, ", ".join(f"{examiner} {year} books" for examiner, year in books)),
        Purpose(wording.LOADED_HERE, loaded.label if loaded else wording.NOTHING_LOADED),
    ]


def exam_books(today: date) -> dict[str, str]:
    """The newest switch of each examining body that has come."""
    with (FACTS / "exam-books.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    come = [row for row in rows if date.fromisoformat(row["from_on"]) <= today]
    return {row["examiner"]: row["books"] for row in sorted(come, key=lambda row: row["from_on"])}


def is_behind(today: date) -> bool:
    """Claims today need a release that is not loaded: dated work on them is refused, never answered from an older."""
    return not Release.objects.ready(System.ICD10CM).filter(effective_from__lte=today, effective_to__gte=today).exists()
