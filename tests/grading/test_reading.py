"""How a code is read that says nothing about its code set, or was typed with look-alikes (rule R20)."""

import pytest

from codesets import formats
from grading.chart import grade_chart
from grading.parsing import parse_answer, parse_key
from tests.grading.charts import RELATIONS, facts, graded

KNEE = "0SRC0J9"


@pytest.mark.parametrize(
    ("written", "system"),
    [
        ("I10", "icd10cm"), ("S52.501A", "icd10cm"), ("S52501A", "icd10cm"), ("99213", "cpt"), ("0042T", "cpt"),
        ("0SRC0J9", "icd10pcs"), ("OSRCOJ9", "icd10pcs"), ("XW033E5", "icd10pcs"), ("GZB0ZZZ", "icd10pcs"),
        ("query", "icd10cm"),
    ],
)  # fmt: skip
def test_r20_the_shape_says_the_code_set_where_nobody_does(written, system):
    assert parse_answer({"lines": [written]}).lines[0].system == system


def test_r20_a_code_that_the_key_has_is_read_as_the_key_reads_it():
    # J1885 has the shape of a diagnosis without its dot, B2111ZZ that of one with seven characters.
    written = [
        "I10", {"system": "hcpcs", "code": "J1885"}, {"system": "icd10pcs", "code": "B2111ZZ"},
        {"system": "decision", "code": "query"},
    ]  # fmt: skip

    assert graded(written, "I10", "J1885", "B2111ZZ", "QUERY", setting="inpatient").measures["f1"] == 1
    assert graded([{"system": "decision", "code": "no_code"}], "No code").measures["f1"] == 1
    assert graded(written, {"system": "icd10cm", "code": "J1885"}).measures["f1"] == 0


@pytest.mark.parametrize(
    ("system", "typed", "code"),
    [
        ("icd10pcs", "OSRCOJ9", KNEE),
        ("icd10pcs", "oSrC 0j9", KNEE),
        ("icd10pcs", "027O3ZZ", "02703ZZ"),
        ("icd10pcs", "B2IIIZZ", "B2111ZZ"),
        ("hcpcs", "JI885", "J1885"),
        ("hcpcs", "G0O08", "G0008"),
        ("icd10cm", "110", "I10"),
    ],
)
def test_r20_look_alikes_are_read_by_the_rules_of_the_code_set(system, typed, code):
    known = {KNEE, "02703ZZ", "B2111ZZ", "J1885", "G0008", "I10"}.__contains__

    assert formats.normalise(typed, known, system).code == code


def test_r20_a_procedure_code_that_exists_is_never_corrected():
    assert formats.normalise(KNEE, {KNEE}.__contains__, "icd10pcs").corrections == ()


def test_r6_a_code_in_no_row_of_the_tables_earns_nothing_where_the_tables_are_at_hand():
    key, answer = parse_key({"lines": [KNEE]}, "inpatient"), parse_answer({"lines": ["0SRC0JB"]})
    tables = RELATIONS | {KNEE: facts(KNEE, "Replacement of right knee joint, synthetic substitute, cemented, open")}

    assert grade_chart(key, answer, tables).lines[0].credit == 0
    assert grade_chart(key, answer, RELATIONS).lines[0].credit > 0
