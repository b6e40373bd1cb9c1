"""What successive releases did to a code. In FY2026 E11.A was added, L02.212 renamed, G35 made a header."""

from datetime import date

from codesets.differences import Held
from codesets.history import ChangeKind, changes_of
from codesets.models import Release

YEARS = [Release(pk=year, label=f"FY{year}", effective_from=date(year - 1, 10, 1)) for year in (2024, 2025, 2026)]
REMISSION = Held("Type 2 diabetes mellitus without complications in remission", True)
ABSCESS = Held("Cutaneous abscess of back [any part, except buttock]", True)
SCLEROSIS = Held("Multiple sclerosis", True)


def kinds(held: dict[int, Held]) -> list[tuple[ChangeKind, str]]:
    return [(change.kind, change.release) for change in changes_of(YEARS, held)]


def test_what_the_oldest_release_holds_is_no_change():
    assert kinds(dict.fromkeys((2024, 2025, 2026), SCLEROSIS)) == []


def test_a_code_is_added_by_the_first_release_that_holds_it():
    (change,) = changes_of(YEARS, {2026: REMISSION})

    assert (change.kind, change.on) == (ChangeKind.ADDED, date(2025, 10, 1))


def test_a_code_that_returns_is_reinstated():
    assert kinds({2024: SCLEROSIS, 2026: SCLEROSIS}) == [
        (ChangeKind.DELETED, "FY2025"),
        (ChangeKind.REINSTATED, "FY2026"),
    ]


def test_a_revised_title_keeps_the_one_before():
    now = Held("Cutaneous abscess of back [any part, except buttock and flank]", True)

    (change,) = changes_of(YEARS, {2024: ABSCESS, 2025: ABSCESS, 2026: now})

    assert (change.kind, change.title_before) == (ChangeKind.REVISED, ABSCESS.title)


def test_a_code_that_becomes_a_header_is_told_apart_from_one_that_is_deleted():
    header = SCLEROSIS._replace(billable=False)

    assert kinds({2024: SCLEROSIS, 2025: SCLEROSIS, 2026: header}) == [(ChangeKind.BECAME_HEADER, "FY2026")]
