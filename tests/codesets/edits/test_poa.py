"""Present on admission, on inpatient claims alone."""

import pytest

from codesets.edits import wording
from codesets.edits.check import book_on, check
from codesets.edits.encounter import Kind
from tests.codesets.edits.claims import found, pairs, visit
from tests.codesets.groupers.stays import NOVEMBER, stay

POA = (Kind.POA_MISSING, Kind.POA_EXEMPT, Kind.POA_IMPOSSIBLE)


@pytest.fixture(autouse=True)
def release(excerpt):
    return excerpt(["J18.9", "I10", "Z79.4", "N18.4", "O70.1", "Z37.0", "J44.1", "N17.9", "E11.9", "C34.11"])


def of_poa(*codes: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(each.kind.value, each.codes) for each in found(stay(*codes)) if each.kind in POA]


def test_one_finding_names_every_code_without_a_letter():
    assert of_poa("J18.9:Y", "I10", "N17.9", "Z79.4") == [("poa_missing", ("I10", "N17.9"))]


def test_an_exempt_code_has_no_letter():
    assert of_poa("J18.9:Y", "Z79.4:Y") == [("poa_exempt", ("Z79.4",))]
    assert of_poa("J18.9:Y", "Z79.4:exempt") == []


def test_a_code_outside_the_list_is_not_exempt():
    assert of_poa("J18.9:Y", "I10:exempt") == [("poa_missing", ("I10",))]


@pytest.mark.parametrize(
    ("codes", "impossible"),
    [
        (("J18.9:N",), ["J18.9"]),  # the reason for the admission
        (("J18.9:Y", "N18.4:N"), ["N18.4"]),  # chronic
        (("J18.9:Y", "I10:N", "E11.9:N", "C34.11:N"), ["I10", "E11.9", "C34.11"]),  # found late, but there before
        (("J18.9:Y", "N17.9:N"), []),
        (("J18.9:U",), []),
        (("O70.1:N", "Z37.0"), []),  # what happens at a delivery may be the principal diagnosis
        (("J18.9:Y", "J44.1:N"), []),  # the acute part may have come later
    ],
)
def test_what_cannot_have_come_after_admission_is_a_warning(codes, impossible):
    assert pairs(stay(*codes), Kind.POA_IMPOSSIBLE) == [("warning", (code,)) for code in impossible]


def test_no_other_setting_asks_for_letters():
    assert [each for each in found(visit("J18.9", "Z79.4:Y")) if each.kind in POA] == []


def test_without_the_list_of_the_year_nothing_is_judged(release):
    release.codes.update(poa_exempt=None)
    book = book_on(NOVEMBER)

    assert not {each.kind for each in check(stay("J18.9", "I10"), book)} & set(POA)
    assert wording.NO_POA_LIST in book.notices
