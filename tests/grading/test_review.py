"""What goes to the author's list, and sheets under review (rules R17 and R24)."""

from fractions import Fraction

import pytest

from grading.audit import Action, GivenLine, Ruling, score_audit
from grading.cohort import codes_to_rule_on
from tests.grading.charts import graded

# R17: the author's list


@pytest.mark.parametrize(("entered", "verdict"), [("J96.02", "sibling_condition"), ("J96.00", "less_specific")])
def test_r17_a_near_miss_that_nobody_judged_reaches_the_authors_list(entered, verdict):
    near, clean = graded(["J96.01"], entered), graded(["J96.01"], "J96.01")

    assert near.lines[0].verdict == verdict
    assert codes_to_rule_on([near] * 3 + [clean] * 97) == [(entered.replace(".", ""), 3)]
    assert codes_to_rule_on([near] * 2 + [clean] * 98) == []


def test_r17_a_code_that_the_author_judged_stays_off_the_list():
    written = {"lines": [{"code": "J96.01", "accept": [{"code": "J96.02", "credit": 0.5}]}], "forbidden": ["R06.02"]}

    assert codes_to_rule_on([graded(written, "J96.02", "R06.02")] * 3) == []
    assert codes_to_rule_on([graded(["S52.501A"], "S52.50")] * 3) == []


# R24: the same procedure twice

STENTS = [GivenLine("02703ZZ", Action.AGREE)]


@pytest.mark.parametrize(("added", "score"), [(2, 1), (1, Fraction(2, 3)), (3, 1)])
def test_r24_a_procedure_that_is_missing_twice_is_added_twice(added, score):
    ruled = {0: Ruling(Action.AGREE)}

    audit = score_audit(STENTS, ["02703ZZ", "02703ZZ"], ruled, ["02703zz"] * added)

    assert audit.score == score
    assert audit.added_wrongly == ({"02703ZZ"} if added > 2 else set())
