"""NCCI and MUE: from the institution's own lists, and from nobody else's. All rows are invented."""

from datetime import date

import pytest

from codesets.edits.check import book_on, check
from codesets.edits.encounter import Kind
from codesets.models import CodingEdit, LicensedCode, System, UnitLimit
from tests.codesets.edits.claims import release, service, services
from tests.codesets.groupers.stays import NOVEMBER


@pytest.fixture
def school(db, ines):
    """Ines's school holds CPT, one pair of each indicator, and limits."""
    own = ines.memberships.get().institution
    cpt, ptp, mue = (release(system, institution=own) for system in (System.CPT, System.NCCI_PTP, System.MUE))
    for code in ("00001", "00002", "00003"):
        LicensedCode.objects.create(release=cpt, code=code, title="Invented")
    for code, indicator in (("00002", "1"), ("00003", "0")):
        CodingEdit.objects.create(
            release=ptp,
            column_one="00001",
            column_two=code,
            effective_on=date(2025, 1, 1),
            modifier_indicator=indicator,
        )
    UnitLimit.objects.create(release=mue, code="00001", units=2, adjudication="3")
    UnitLimit.objects.create(release=mue, code="00002", units=1, adjudication="1")
    return own


def of_payment(school, *lines):
    findings = check(services(*lines), book_on(NOVEMBER, school))
    return [(each.severity.value, each.kind.value, each.codes) for each in findings]


def test_a_pair_needs_a_modifier_or_is_never_paid(school):
    assert of_payment(school, service("00001"), service("00002")) == [("warning", "ncci", ("00001", "00002"))]
    assert of_payment(school, service("00001"), service("00003", modifiers=("59",))) == [
        ("error", "ncci", ("00001", "00003"))
    ]


@pytest.mark.parametrize("modifier", ["59", "XS", "LT", "F1", "25"])
def test_a_modifier_sets_the_pair_aside(school, modifier):
    assert of_payment(school, service("00001"), service("00002", modifiers=(modifier,))) == []


def test_repeating_a_service_sets_no_pair_aside(school):
    assert of_payment(school, service("00001"), service("00002", modifiers=("76",)))


def test_units_are_counted_over_the_day_or_by_the_line(school):
    assert of_payment(school, service("00001", units=2), service("00001")) == [("warning", "mue", ("00001",))]
    assert of_payment(school, service("00002"), service("00002")) == []
    assert of_payment(school, service("00002", units=2)) == [("warning", "mue", ("00002",))]


def test_a_number_that_the_list_lacks_is_unknown(school):
    assert of_payment(school, service("00009")) == [("error", "unknown_code", ("00009",))]


def test_without_an_institution_nobodys_lists_are_read(school):
    claim = services(service("00001", units=9), service("00003"), service("00009"))

    assert {each.kind for each in check(claim, book_on(NOVEMBER))} & {Kind.NCCI, Kind.MUE, Kind.UNKNOWN_CODE} == set()
