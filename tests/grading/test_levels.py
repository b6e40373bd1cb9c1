"""Evaluation and management, family by family (rule R13)."""

from fractions import Fraction

import pytest

from grading.answers import Cause, Verdict
from grading.em import EM, family_of, level_of, level_wanted
from grading.parsing import UnreadableSheet, parse_key
from tests.grading.charts import graded, service

MODERATE = {"problems": "moderate", "data": "limited", "risk": "moderate"}


@pytest.mark.parametrize(
    ("code", "levels"),
    [
        ("99202", "99202 99203 99204 99205"),
        ("99211", "99212 99213 99214 99215"),
        ("99222", "99221 99221 99222 99223"),
        ("99231", "99231 99231 99232 99233"),
        ("99236", "99234 99234 99235 99236"),
        ("99244", "99242 99243 99244 99245"),
        ("99252", "99252 99253 99254 99255"),
        ("99281", "99282 99283 99284 99285"),
        ("99305", "99304 99304 99305 99306"),
        ("99310", "99307 99308 99309 99310"),
        ("99341", "99341 99342 99344 99345"),
        ("99347", "99347 99348 99349 99350"),
    ],
)
def test_r13_each_family_has_a_number_for_each_complexity(code, levels):
    assert [level_wanted(code, EM(each, each, each)) for each in range(1, 5)] == levels.split()


def test_r13_families_are_told_apart_where_their_numbers_touch():
    assert family_of("99233") != family_of("99234")
    assert family_of("99306") != family_of("99307")
    assert (level_of("99211"), level_of("99307"), level_of("99310"), level_of("99343")) == (0, 1, 4, None)
    stay, same_day = service("99232", em=MODERATE), service("99235", em=MODERATE)
    assert [line.verdict for line in graded([stay], same_day).lines] == [Verdict.MISSED, Verdict.UNLISTED_EXTRA]


def test_r13_a_level_beside_the_right_one_is_a_near_miss_across_a_change_of_digits():
    grade = graded([service("99309", em=MODERATE)], service("99310", em=MODERATE))

    assert (grade.lines[0].verdict, grade.lines[0].credit) == (Verdict.SIBLING_CONDITION, Fraction(3, 4))
    assert Cause.EM_OVER in grade.lines[0].causes


def test_r13_the_higher_of_decision_and_documented_time_is_the_key():
    by_time = MODERATE | {"by_time": "99215"}

    assert parse_key({"lines": [service("99215", em=by_time)]}).lines[0].code == "99215"
    with pytest.raises(UnreadableSheet, match="reach 99215, not 99214"):
        parse_key({"lines": [service("99214", em=by_time)]})
    assert parse_key({"lines": [service("99214", em=MODERATE | {"by_time": "99213"})]}).lines[0].code == "99214"
    with pytest.raises(UnreadableSheet, match="reach 99214, not 99213"):
        parse_key({"lines": [service("99213", em=MODERATE | {"basis": "time"})]})


@pytest.mark.parametrize("em", [MODERATE | {"by_time": "99285"}, MODERATE | {"basis": "time"}])
def test_r13_there_is_no_time_in_the_emergency_department(em):
    with pytest.raises(UnreadableSheet, match="never chosen by time"):
        parse_key({"lines": [service("99284", em=em)]}, "emergency")


def test_r13_an_accepted_level_is_judged_as_the_author_says_before_its_reasons():
    alternative = [service("99215", em=MODERATE | {"basis": "time"}, accept=[{"code": "99214"}])]
    partly = [service("99214", em=MODERATE, accept=[{"code": "99213", "credit": 0.6}])]

    right = graded(alternative, service("99214", em=MODERATE)).lines[0]

    assert (right.verdict, right.credit, right.causes) == (Verdict.AGREE, 1, (Cause.ALTERNATIVE,))
    assert graded(partly, service("99213", em=MODERATE)).lines[0].credit == Fraction(3, 5)


def test_r13_the_wrong_reasons_are_named_one_by_one_and_the_right_level_beside_them():
    right_level = graded([service("99214", em=MODERATE)], service("99214", em=MODERATE | {"risk": "low"})).lines[0]
    wrong_level = graded([service("99214", em=MODERATE)], service("99213", em=MODERATE | {"risk": "low"})).lines[0]

    assert right_level.causes == (Cause.EM_REASONS, Cause.EM_RISK)
    assert wrong_level.causes == (Cause.EM_UNDER, Cause.EM_RISK)


def test_r13_a_learner_may_leave_a_reason_open():
    line = graded([service("99214", em=MODERATE)], service("99214", em={"problems": "moderate", "data": ""})).lines[0]

    assert (line.credit, line.causes) == (Fraction(1, 2), (Cause.EM_REASONS, Cause.EM_DATA, Cause.EM_RISK))
    with pytest.raises(UnreadableSheet, match="needs problems, data and risk"):
        parse_key({"lines": [service("99214", em={"problems": "moderate"})]})
