"""The sentences that codesets says to people: which release is missing, what a code still needs."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from kit.templatetags.kit import day

SYSTEMS = {"icd10cm": "ICD-10-CM", "icd10pcs": "ICD-10-PCS", "hcpcs": "HCPCS Level II"}
NOTHING_FOUND = "No code has these words. Try fewer words, another word, or the first characters of the code."
CANNOT_SEARCH = "This cannot be looked up. Shorten the words, and write the date as 2025-11-03."
TYPE_TO_SEARCH = "Type a code or words to see codes."
ORDINALS = {2: "2nd", 3: "3rd", 4: "4th", 5: "5th", 6: "6th", 7: "7th"}


class Dated(Protocol):
    label: str
    effective_from: date
    effective_to: date


def no_release(system: str, on: date | None, loaded: Iterable[Dated]) -> str:
    """Why a dated question about a code set has no answer, and what is loaded instead."""
    name = SYSTEMS.get(system, system)
    spans = [f"{each.label}, {day(each.effective_from)} to {day(each.effective_to)}" for each in loaded]
    when = f" for {day(on)}" if on else ""
    how = f"Load one with: manage.py load_codeset {system} --from-package."
    have = f"Loaded: {'; '.join(spans)}." if spans else how
    return f"No {name} release is loaded{when}. {have}"


def needs(missing: Iterable[int]) -> str:
    """What a header still lacks before it is a code that a claim accepts."""
    characters = ", ".join(ORDINALS[place] for place in missing)
    return f"Needs {characters} character" if characters else ""


def state(needed: str) -> str:
    """The word beside a code in every list: billable, or what it needs."""
    return needed or "Billable"


def inherited_from(holder: str, title: str) -> str:
    return f"From {holder} {title}"


def chapter(name: str) -> str:
    return f"Chapter {name}"


def block(name: str) -> str:
    """ "I10-I1A"; a block of one category reads as that category."""
    first, _, last = name.partition("-")
    return first if first == last else name
