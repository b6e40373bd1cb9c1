"""Which code set counts for what: claims today, examinations until their own switch, and what is loaded here."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from codesets import cpt, wording
from codesets.loaders.edition import calendar_year, facts_in, fiscal_year, quarter
from codesets.models import Release
from codesets.systems import CODE_SETS, System

OCTOBER = 10


@dataclass(frozen=True)
class Purpose:
    """One line of the banner."""

    name: str
    counts: str


def purposes(today: date, viewer: Any) -> list[Purpose]:
    """CPT is named to those alone who may see it."""
    newest = [*(Release.objects.ready(system).first() for system in CODE_SETS), cpt.newest_for(viewer, on=today)]
    loaded = [each for each in newest if each]
    claims = [f"{System(each).label} {period(each, today)}" for each in [one.system for one in loaded] or CODE_SETS]
    books = sorted(exam_books(today).items())
    return [
        Purpose(wording.CLAIMS_TODAY, "; ".join(claims)),
        Purpose(wording.EXAMINATIONS, ", ".join(f"{examiner} {year} books" for examiner, year in books)),
        Purpose(wording.LOADED_HERE, "; ".join(map(str, loaded)) or wording.NOTHING_LOADED),
    ]


def period(system: str, today: date) -> str:
    """What the edition of today is called: HCPCS comes by quarters, CPT by calendar years, ICD-10 by fiscal years."""
    dates = {
        System.HCPCS: quarter(today.year, (today.month - 1) // 3 * 3 + 1),
        System.CPT: calendar_year(today.year),
    }
    return str(dates.get(System(system), fiscal_year(today.year + (today.month >= OCTOBER)))["label"])


def exam_books(today: date) -> dict[str, str]:
    """The newest switch of each examining body that has come."""
    come = [row for row in facts_in("exam-books.csv") if date.fromisoformat(row["from_on"]) <= today]
    return {row["examiner"]: row["books"] for row in sorted(come, key=lambda row: row["from_on"])}


def behind(today: date) -> list[Release]:
    """The newest release of each loaded code set that is over: dated work is refused, never answered from an older."""
    newest = [Release.objects.ready(system).first() for system in CODE_SETS]
    return [each for each in newest if each is not None and each.effective_to < today]
