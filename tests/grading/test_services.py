"""Service lines: which copy answers which line, both sides of the body, minutes (rules R10 to R12, invariant I23)."""

from fractions import Fraction
from itertools import permutations

import pytest

from grading.answers import Cause, Payer, Verdict
from grading.parsing import UnreadableSheet, parse_key
from grading.units import therapy_units
from tests.grading.charts import graded, service, verdicts

OF_PLACE = {"principal", "sequence", "case", "cic_blanks", "weighted"}
NOTE, LAB = ({"document": document, "start": 0, "end": 30} for document in ("note", "lab"))


def in_any_order(written, *lines, **more):
    """The grade, after every order of entry was found to have the same measures but those of place."""
    grades = [graded(written, *entered, **more) for entered in permutations(lines)]
    free = [{name: grade.measures[name] for name in grade.measures.keys() - OF_PLACE} for grade in grades]
    assert all(measures == free[0] for measures in free)
    return grades[0]


# R10: copies of a code are told apart as the payer reads their modifiers


def test_r10_a_copy_with_59_answers_the_line_with_the_exact_x_modifier_under_medicare():
    written = [service("11042", "XS"), service("11042", "RT")]

    grade = in_any_order(written, service("11042", "59"), service("11042", "RT"))

    assert grade.measures["f1"] == 1


def test_r10_an_optional_51_does_not_draw_a_copy_to_another_line():
    written = {"lines": [service("20610", "51"), service("20610", "RT")], "bilateral": "one_line"}

    grade = in_any_order(written, service("20610"), service("20610", "51", "RT"))

    assert grade.measures["f1"] == 1


def test_r10_of_two_faulty_copies_the_one_that_costs_less_is_taken():
    # 26 is a payment modifier (half is left), RT an informational one (nine tenths).
    written = [service("73562", "26", "RT")]

    grade = in_any_order(written, service("73562", "26"), service("73562", "RT"))

    assert grade.lines[0].causes == (Cause.MODIFIER, Cause.INFORMATIONAL_MODIFIER)
    assert grade.lines[0].credit == Fraction(9, 10)


def test_r10_a_level_that_is_only_near_keeps_less_without_its_modifier_than_with_it():
    written = [service("99214", "25", em={"problems": "moderate", "data": "moderate", "risk": "moderate"})]
    said = {"em": {"problems": "moderate", "data": "moderate", "risk": "moderate"}}

    full, bare = (graded(written, service("99213", *each, **said)).lines[0] for each in (["25"], []))

    assert bare.credit == full.credit / 2
    assert {Cause.EM_UNDER, Cause.MODIFIER} <= set(bare.causes)
    assert graded(written, service("99214", **said)).lines[0].credit > bare.credit


def test_r10_an_alternative_with_part_of_the_credit_is_asked_for_its_modifiers_too():
    written = [service("20610", "RT", "59", accept=[{"code": "20611", "credit": 0.8}])]

    grade = graded(written, service("20611"))

    assert grade.lines[0].credit < graded(written, service("20611", "RT", "59")).lines[0].credit == Fraction(4, 5)


def test_r11_units_that_the_key_does_not_judge_do_not_choose_a_copy():
    written = [service("97110", "59"), service("97110", units=2)]

    grade = in_any_order(written, service("97110", "59", units=2), service("97110", units=2))

    assert grade.measures["case"] == 1


def test_r10_an_optional_59_may_be_written_as_the_exact_x_modifier():
    written = [service("11042", modifiers_optional=["59"])]

    assert [graded(written, service("11042", *each)).measures["modifier"] for each in (["XS"], ["59"])] == [1, 1]
    assert graded(written, service("11042")).measures["case"] == 1
    assert graded(written, service("11042", "59", "XS")).measures["modifier"] == 0
    assert graded([service("11042", modifiers_optional=["XS"])], service("11042", "59")).measures["modifier"] == 1
    exact = [service("11042", modifiers_optional=["59"], modifiers_exact=True)]
    assert graded(exact, service("11042", "XS")).measures["modifier"] == 0


# I23: nothing but what stands on a line decides among copies


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ({"pointers": ["M17.11"]}, {"pointers": ["M17.12"]}),
        ({"evidence": [NOTE]}, {"evidence": [LAB]}),
        ({"support": "T"}, {"support": "M"}),
    ],
)
def test_i23_pointers_evidence_and_support_decide_among_copies_in_any_order(right, wrong):
    written = ["M17.11", "M17.12", service("20610", **right)]

    grade = in_any_order(written, "M17.11", "M17.12", service("20610", **right), service("20610", **wrong))

    assert (grade.lines[2].verdict, grade.lines[2].causes) == (Verdict.AGREE, ())


def test_i23_the_reasons_of_a_visit_decide_among_copies_in_any_order():
    low, high = (dict.fromkeys(("problems", "data", "risk"), word) for word in ("moderate", "high"))
    written = [service("99214", em=low)]

    grade = in_any_order(written, service("99214", em=high), service("99214", em=low), service("99214"))

    assert grade.lines[0].credit == 1


# R10: both sides


def test_r10_every_procedure_of_a_sheet_may_be_written_either_way():
    one = [service("27447", "50"), service("20610", "50"), service("73562", "50")]
    two = [service(line["code"], side) for line in one for side in ("RT", "LT")]

    for entered in ([*two[:2], one[1], *two[4:]], [one[0], *two[2:]], two, one, [*two[:4], one[2]]):
        assert graded(one, *entered).measures["case"] == 1
        assert graded(two, *entered).measures["case"] == 1


def test_r10_two_sides_with_more_than_one_unit_are_not_one_bilateral_line():
    written = [service("20610", "RT", units=2), service("20610", "LT", units=2)]

    assert graded(written, service("20610", "50", units=1)).measures["case"] == 0


def test_r10_a_key_with_too_many_bilateral_procedures_says_which_way_it_wants():
    lines = [service(str(code), "50") for code in range(27440, 27447)]

    with pytest.raises(UnreadableSheet, match="7 procedures are done on both sides"):
        parse_key({"lines": lines})
    assert parse_key({"lines": lines, "bilateral": "one_line"}).variants == ()


# R11: minutes of one day


@pytest.mark.parametrize(
    ("mine", "beside", "medicare", "commercial"),
    [
        (24, [23], 2, 2),  # 47 minutes are three units; 24 has the longer rest
        (23, [24], 1, 2),
        (7, [8], 0, 0),  # 15 minutes are one unit, and 8 are more than 7
        (8, [7], 1, 1),
        (33, [7], 2, 2),
        (10, [], 1, 1),
    ],
)
def test_r11_the_minutes_of_the_day_share_out_the_units(mine, beside, medicare, commercial):
    assert therapy_units([mine], Payer.MEDICARE, beside=beside) == medicare
    assert therapy_units([mine], Payer.COMMERCIAL, beside=beside) == commercial


def test_r11_the_payers_rule_may_be_named_and_a_tie_is_for_the_author_to_decide():
    written = {"lines": [service("97110", units={"minutes": 23, "beside": [24]})]}

    assert parse_key(written | {"payer_rules": "8-minute rule"}).lines[0].units == 1
    assert parse_key(written | {"payer_rules": "midpoint"}).lines[0].units == 2
    with pytest.raises(UnreadableSheet, match="minutes that decide it"):
        parse_key({"lines": [service("97110", units={"minutes": 20, "beside": [20]})]})


def test_r1_a_professional_claim_of_a_stay_uses_cpt():
    facility, professional = ({"lines": ["I10"], "claim": claim} for claim in ("facility", "professional"))
    surgery, procedure = service("27447"), {"code": "0SRC0J9"}

    assert verdicts(graded(facility, "I10", surgery, setting="inpatient"))[1] == Verdict.WRONG_CODE_SET
    assert verdicts(graded(professional, "I10", surgery, setting="inpatient"))[1] == Verdict.UNLISTED_EXTRA
    assert verdicts(graded(professional, "I10", procedure, setting="inpatient"))[1] == Verdict.WRONG_CODE_SET
    assert verdicts(graded(facility | {"forbidden": [surgery]}, "I10", service("27446"), setting="inpatient"))[1] == (
        Verdict.WRONG_CODE_SET
    )
    with pytest.raises(UnreadableSheet, match="claim"):
        parse_key({"lines": ["I10"], "claim": "verbal"})
