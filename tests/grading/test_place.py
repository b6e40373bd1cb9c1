"""Which variant, which line stands first, which line is asked for (rules R3, R7, R18), and blanks (R22)."""

from fractions import Fraction

import pytest

from grading.answers import Verdict
from tests.grading.charts import graded, service, verdicts

# R3: settled by learning, then F1, then the first listed


def test_r3_the_first_listed_of_equal_variants_stands_whatever_stands_first_on_the_sheet():
    written = {"lines": ["J18.9", "N17.9"], "variants": [["A41.9", "E78.5"]]}

    grade = graded(written, "A41.9", "N17.9")

    assert (grade.variant, grade.measures["f1"], grade.measures["principal"]) == (0, Fraction(1, 2), 0)


def test_r3_of_two_variants_with_the_same_lines_the_order_that_the_sheet_keeps_is_meant():
    written = {"lines": ["J18.9", "I50.21"], "variants": [["I50.21", "J18.9"]]}

    grade = graded(written, "I50.21", "J18.9")

    assert (grade.variant, grade.measures["principal"]) == (1, 1)


# R7: the principal or first-listed diagnosis


@pytest.mark.parametrize(
    ("first", "is_right"),
    [
        ({"code": "0SRC0J9", "role": "principal"}, True),
        (service("27447", role="principal"), True),
        ({"code": "I10", "role": "secondary"}, True),
        ({"code": "I10"}, False),
    ],
)
def test_r7_only_a_diagnosis_that_is_not_called_secondary_stands_first(first, is_right):
    written = ["M17.11", "I10", {"code": "0SRC0J9"}, service("27447")]

    assert graded(written, first, "M17.11", setting="inpatient").measures["principal"] == is_right


def test_r7_a_role_on_a_procedure_of_the_key_asks_for_nothing():
    written = [{"code": "0SRC0J9", "role": "principal"}, "M17.11"]

    assert graded(written, "0SRC0J9", "M17.11", setting="inpatient").measures["principal"] == 1


def test_r7_a_key_of_secondary_lines_asks_for_no_principal_diagnosis():
    written = [{"code": "I10", "role": "secondary"}, {"code": "E78.5", "role": "secondary"}]

    assert graded(written, "E78.5", "I10").measures["principal"] is None


def test_r7_a_conditional_line_may_be_the_principal_diagnosis_where_its_condition_holds():
    written = [{"code": "A41.9", "role": "principal", "when": "R65.20"}, "J18.9", {"code": "R65.20", "optional": True}]

    septic = graded(written, "A41.9", "R65.20", "J18.9", setting="inpatient")
    late = graded(written, "J18.9", "R65.20", "A41.9", setting="inpatient")
    other = graded(written, "J18.9", setting="inpatient")

    assert [grade.measures["principal"] for grade in (septic, late, other)] == [1, 0, 1]
    assert late.lines[0].verdict == Verdict.SEQUENCE


# R18: conditions


@pytest.mark.parametrize(("entered", "is_asked"), [("E11.22", True), ("E11.21", True), ("E11.9", False)])
def test_r18_an_accepted_code_meets_the_condition_of_the_line_that_it_answers(entered, is_asked):
    written = ["J18.9", {"code": "E11.22", "accept": ["E11.21"]}, {"code": "Z79.4", "when": "E11.22"}]

    assert (Verdict.MISSED in verdicts(graded(written, "J18.9", entered))) is is_asked
    assert (graded(written, "J18.9", entered, "Z79.4").lines[-1].verdict is Verdict.AGREE) is is_asked


# R22: blanks


def test_r22_what_is_entered_beyond_the_blanks_has_no_place():
    key = ["A41.9", "J18.9", "N17.9", {"code": "0SRC0J9"}]

    early = graded(key, "A41.9", "J18.9", "N17.9", "I10", "0SRC0J9", setting="inpatient")
    late = graded(key, "A41.9", "I10", "E78.5", "J18.9", "N17.9", "0SRC0J9", setting="inpatient")

    assert (early.measures["cic_blanks"], late.measures["cic_blanks"]) == (1, Fraction(1, 2))
