"""One verdict for each line, by rules R2, R5, R7, R8 and R9."""

from fractions import Fraction

import pytest

from grading.answers import Answer, Cause, CodedLine, KeyLine, Role, Verdict
from grading.chart import grade_chart
from tests.grading.charts import RELATIONS, key, sheet


def verdicts(wanted, answer):
    return [line.verdict for line in grade_chart(wanted, answer, RELATIONS).lines]


@pytest.mark.parametrize(
    ("wanted", "entered", "verdict", "credit"),
    [
        ("I50.21", "I50.21", Verdict.AGREE, Fraction(1)),
        ("I50.21", "I50.20", Verdict.LESS_SPECIFIC, Fraction(1, 2)),
        ("I50.20", "I50.21", Verdict.MORE_SPECIFIC, Fraction(0)),
        ("S52.501A", "S52.502A", Verdict.WRONG_SIDE, Fraction(1, 4)),
        ("S52.501A", "S52.501D", Verdict.WRONG_SEVENTH_CHARACTER, Fraction(1, 2)),
        ("E11.22", "E11.21", Verdict.SIBLING_CONDITION, Fraction(0)),
        ("E11.22", "E11.2", Verdict.HEADER, Fraction(1, 4)),
    ],
)
def test_r5_each_relation_has_its_verdict_and_credit(wanted, entered, verdict, credit):
    (line,) = grade_chart(key(wanted), sheet(entered), RELATIONS).lines

    assert (line.verdict, line.credit) == (verdict, credit)


def test_missed_and_extra_lines_point_at_their_own_side():
    missed, extra = grade_chart(key("I50.21"), sheet("E78.5"), RELATIONS).lines

    assert (missed.verdict, missed.key_index, missed.answer_index) == (Verdict.MISSED, 0, None)
    assert (extra.verdict, extra.key_index, extra.answer_index) == (Verdict.UNLISTED_EXTRA, None, 0)
    assert extra.causes == (Cause.UNLISTED,)


def test_r2_a_forbidden_code_is_unsupported():
    graded = grade_chart(key("J18.9", forbidden=("R06.02",)), sheet("J18.9", "R06.02"), RELATIONS)

    assert graded.lines[1].verdict == Verdict.UNSUPPORTED
    assert graded.lines[1].key_index == 1
    assert graded.measures["precision"] == Fraction(1, 2)


def test_r2_a_forbidden_code_is_no_near_miss():
    wanted = key("J96.01", forbidden=("J96.00",))

    assert verdicts(wanted, sheet("J96.00")) == [Verdict.MISSED, Verdict.UNSUPPORTED]


def test_r2_a_tolerated_code_costs_nothing():
    graded = grade_chart(key("J18.9", tolerated=("Z87.891",)), sheet("J18.9", "Z87.891"), RELATIONS)

    assert graded.lines[1].verdict == Verdict.TOLERATED
    assert (graded.measures["f1"], graded.measures["case"]) == (1, 1)


@pytest.mark.parametrize("entered", [("J18.9",), ("J18.9", "Z87.891")])
def test_r2_an_optional_code_changes_no_measure(entered):
    graded = grade_chart(key("J18.9", optional=("Z87.891",)), sheet(*entered), RELATIONS)

    assert (graded.measures["f1"], graded.measures["practicode"], graded.measures["case"]) == (1, 1, 1)


def test_a_line_entered_twice_is_extra_the_second_time():
    graded = grade_chart(key("J18.9"), sheet("J18.9", "j189"), RELATIONS)

    assert [line.verdict for line in graded.lines] == [Verdict.AGREE, Verdict.EXTRA]
    assert (graded.lines[1].answer_index, graded.lines[1].causes) == (1, (Cause.DUPLICATE,))


def test_the_upper_copy_is_the_matched_one_among_near_misses():
    graded = grade_chart(key("I50.21", "I50.33"), sheet("I50.21", "I50.23", "I50.21", "I50.23"), RELATIONS)

    matched = [line.answer_index for line in graded.lines if line.key_index is not None]
    assert matched == [0, 1]
    assert graded.measures["principal"] == 1


def test_a_header_outside_the_key_is_invalid_for_claims():
    (_, extra) = grade_chart(key("J18.9"), sheet("J18.9", "E11"), RELATIONS).lines

    assert Cause.INVALID_FOR_CLAIMS in extra.causes


def test_r7_the_right_principal_diagnosis_elsewhere_keeps_its_credit():
    graded = grade_chart(key("A41.9", "J18.9"), sheet("J18.9", "A41.9"), RELATIONS)

    assert [line.verdict for line in graded.lines] == [Verdict.SEQUENCE, Verdict.AGREE]
    assert graded.lines[0].credit == 1
    assert (graded.measures["principal"], graded.measures["recall"], graded.measures["case"]) == (0, 1, 0)


def test_r7_a_line_called_principal_stands_first_wherever_it_was_typed():
    answer = Answer((CodedLine("J18.9"), CodedLine("A41.9", role=Role.PRINCIPAL)))

    assert grade_chart(key("A41.9", "J18.9"), answer).measures["principal"] == 1


def test_r7_the_key_may_call_a_later_line_first_listed():
    wanted = key("E78.5", KeyLine("I10", role=Role.FIRST_LISTED))

    assert grade_chart(wanted, sheet("I10", "E78.5")).measures["principal"] == 1


def test_r8_a_bound_pair_the_wrong_way_round_is_told_at_the_line_that_came_too_early():
    wanted = key("J18.9", "E11.22", "N18.4", order=(("E11.22", "N18.4"),))

    graded = grade_chart(wanted, sheet("J18.9", "N18.4", "E11.22"), RELATIONS)

    assert [line.verdict for line in graded.lines] == [Verdict.AGREE, Verdict.AGREE, Verdict.SEQUENCE]
    assert graded.lines[2].causes == (Cause.PAIR_ORDER,)
    assert graded.measures["sequence"] == 0


def test_r8_a_pair_with_one_line_missing_is_left_out():
    wanted = key("J18.9", "E11.22", "N18.4", order=(("E11.22", "N18.4"),))

    assert grade_chart(wanted, sheet("J18.9", "N18.4")).measures["sequence"] is None


def test_r8_other_secondary_lines_stand_in_any_order():
    wanted = key("J18.9", "I10", "E78.5")

    assert verdicts(wanted, sheet("J18.9", "E78.5", "I10")) == [Verdict.AGREE] * 3


@pytest.mark.parametrize(
    ("wanted", "entered", "verdict", "causes", "score"),
    [
        ("A41.9 Y", "A41.9 Y", Verdict.AGREE, (), 1),
        ("A41.9 Y", "A41.9 N", Verdict.POA, (Cause.POA,), 0),
        ("A41.9 Y", "A41.9", Verdict.POA, (Cause.POA, Cause.POA_MISSING), 0),
        ("A41.9 Y", "A41.9 exempt", Verdict.POA, (Cause.POA,), 0),
        ("Z79.4 exempt", "Z79.4", Verdict.AGREE, (), None),
        ("Z79.4 exempt", "Z79.4 exempt", Verdict.AGREE, (), None),
        ("Z79.4 exempt", "Z79.4 Y", Verdict.AGREE, (Cause.POA_ON_EXEMPT,), None),
        ("A41.9", "A41.9 Y", Verdict.AGREE, (), None),
    ],
)
def test_r9_poa_is_judged_on_matched_lines_that_are_not_exempt(wanted, entered, verdict, causes, score):
    graded = grade_chart(key(wanted), sheet(entered))

    assert (graded.lines[0].verdict, graded.lines[0].causes) == (verdict, causes)
    assert graded.measures["poa"] == score


def test_r9_a_missed_code_is_not_also_a_poa_error():
    graded = grade_chart(key("A41.9 Y", "N17.9 N"), sheet("A41.9 Y"))

    assert graded.measures["poa"] == 1


def test_faults_of_one_line_are_told_code_first_then_sequence_then_poa():
    graded = grade_chart(key("A41.9 Y", "J18.9 Y"), sheet("J18.9 Y", "A41.9 N"))

    assert graded.lines[0].verdict == Verdict.SEQUENCE
    assert graded.lines[0].causes == (Cause.SEQUENCE, Cause.POA)


def test_a_wrong_letter_keeps_four_fifths_of_the_learning_credit_and_all_of_the_line():
    graded = grade_chart(key("A41.9 Y"), sheet("A41.9 N"))

    assert (graded.lines[0].credit, graded.measures["f1"]) == (Fraction(4, 5), 1)
