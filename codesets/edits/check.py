"""What must a coder never do, and what is worth a look? Every edit over one encounter; none of them knows another."""

from collections.abc import Callable, Iterator

from codesets.edits import medicare, payment, poa, sequence, tabular, validity
from codesets.edits.book import Book, book_on
from codesets.edits.encounter import Encounter, Finding, Kind, Severity
from codesets.edits.sheet import Sheet
from codesets.rules import fire

__all__ = ["book_on", "check", "check_sheet"]

Edit = Callable[[Sheet], Iterator[Finding]]
SEVERITIES = list(Severity)
# One fault is said once: what a kind on the left says of the same codes is left out beside one on the right.
SAID_BETTER = {
    Kind.CODE_FIRST: {Kind.MANIFESTATION_FIRST, Kind.UNACCEPTABLE_PRINCIPAL},
    Kind.USE_ADDITIONAL: {Kind.GUIDELINE},
    Kind.CODE_ALSO: {Kind.GUIDELINE},
    Kind.GUIDELINE: {Kind.CODE_FIRST, Kind.SEQUENCE},
}


def guidelines(sheet: Sheet) -> Iterator[Finding]:
    yield from fire.violations(sheet.encounter)


EDITS: tuple[Edit, ...] = (
    validity.codes,
    validity.duplicates,
    sequence.one_first,
    sequence.manifestation_first,
    sequence.external_cause_first,
    sequence.sequela_first,
    tabular.code_first,
    tabular.excludes1,
    poa.indicators,
    medicare.code_editor,
    medicare.hospital_acquired,
    payment.ncci,
    payment.mue,
    guidelines,
    tabular.advised,
)


def check(encounter: Encounter, book: Book) -> list[Finding]:
    """Errors, then warnings, then advice. Raises NoRelease where a code set of the claim is not loaded for its day."""
    return check_sheet(book.sheet(encounter))


def check_sheet(sheet: Sheet) -> list[Finding]:
    found = [finding for edit in EDITS for finding in edit(sheet)]
    said = {(each.kind, frozenset(each.codes)) for each in found}
    kept = (
        each
        for each in found
        if not any((kind, frozenset(each.codes)) in said for kind in SAID_BETTER.get(each.kind, ()))
    )
    return sorted(kept, key=lambda each: SEVERITIES.index(each.severity))
