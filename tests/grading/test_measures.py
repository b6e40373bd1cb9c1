"""The industry's measures under their own names; the worked chart has one number for each."""

from fractions import Fraction

import pytest

from grading.chart import grade_chart
from grading.measures import MEASURES
from grading.weights import parse_weights
from tests.grading.charts import RELATIONS, key, sheet

WANTED = key("A41.9", "R65.20", "N17.9", "J96.01", "E11.22", "E78.5")
# Three agreed, one less specific (J96.00), one extra; two lines missed besides.
ENTERED = sheet("A41.9", "R65.20", "N17.9", "J96.00", "F17.210")


@pytest.mark.parametrize(
    ("name", "per_cent"),
    [
        ("code_over_code", 50.0),
        ("net", 16.7),
        ("precision", 60.0),
        ("recall", 50.0),
        ("f1", 54.5),
        ("jaccard", 37.5),
        ("practicode", 50.0),
        ("case", 0.0),
        ("principal", 100.0),
        ("learning", 63.6),
    ],
)
def test_worked_chart(name, per_cent):
    score = grade_chart(WANTED, ENTERED, RELATIONS).measures[name]

    assert score is not None
    assert round(float(score) * 100, 1) == per_cent


def test_every_measure_is_given_by_name():
    assert list(grade_chart(WANTED, ENTERED).measures) == list(MEASURES)


def test_empty_sheet_scores_nothing():
    measures = grade_chart(WANTED, sheet()).measures

    asked = {name: score for name, score in measures.items() if score is not None}
    assert set(asked.values()) == {0}
    assert set(measures) - set(asked) == {"poa", "sequence", "modifier", "units", "drg"}


def test_r4_with_nothing_wanted_and_nothing_entered_there_is_nothing_to_measure():
    assert set(grade_chart(key(), sheet()).measures.values()) == {None}


def test_r4_with_nothing_wanted_an_entered_line_is_an_error():
    measures = grade_chart(key(), sheet("I10")).measures

    assert (measures["precision"], measures["case"], measures["f1"], measures["recall"]) == (0, 0, 0, None)


def test_net_falls_below_nothing():
    assert grade_chart(key("I10"), sheet("E78.5", "J18.9")).measures["net"] == -2


def test_a_lost_near_miss_is_one_missed_and_one_extra():
    measures = grade_chart(key("J96.01"), sheet("J96.00"), RELATIONS).measures

    assert (measures["jaccard"], measures["learning"]) == (0, Fraction(1, 2))


SECTIONS = {"E11": ("chapter 4", "block E08-E13"), "N18": ("chapter 14", "block N17-N19")}


def test_hierarchical_f1_shares_the_way_to_a_sibling():
    # {chapter, block, E11, E11.2} of five nodes on either side.
    near = grade_chart(key("E11.22"), sheet("E11.21"), RELATIONS, sections=SECTIONS).measures
    far = grade_chart(key("E11.22"), sheet("N18.4"), RELATIONS, sections=SECTIONS).measures

    assert (near["hierarchical_f1"], near["f1"]) == (Fraction(4, 5), 0)
    assert far["hierarchical_f1"] == 0


def test_hierarchical_f1_without_chapters_knows_the_headers():
    assert grade_chart(key("E11.22"), sheet("E11.21")).measures["hierarchical_f1"] == Fraction(2, 3)


def test_jaccard_and_f1_are_two_ways_to_say_the_same():
    measures = grade_chart(WANTED, ENTERED, RELATIONS).measures

    assert measures["jaccard"] == measures["f1"] / (2 - measures["f1"])


def test_an_institution_changes_its_weights():
    house = parse_weights({"weighted": {"principal": 5}, "learning": {"less_specific": 0.75}})

    changed = grade_chart(WANTED, ENTERED, RELATIONS, weights=house).measures
    standing = grade_chart(WANTED, ENTERED, RELATIONS).measures

    # Principal right, two of five other diagnoses: (5 + 15 · 2/5) / 20 instead of (25 + 15 · 2/5) / 40.
    assert (changed["weighted"], standing["weighted"]) == (Fraction(11, 20), Fraction(31, 40))
    assert changed["learning"] - standing["learning"] == Fraction(2, 11) * Fraction(1, 4)
    assert changed["f1"] == standing["f1"]


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"other": {}}, "other"),
        ({"weighted": {"charm": 1}}, "charm"),
        ({"weighted": {"poa": -1}}, "0 or more"),
        ({"weighted": {"poa": 2.5}}, "whole number"),
        ({"learning": {"poa": 2}}, "from 0 to 1"),
        ({"learning": {"luck": 1}}, "luck"),
    ],
)
def test_weights_that_make_no_sense_are_refused_in_one_sentence(changes, part):
    with pytest.raises(ValueError, match=part) as refusal:
        parse_weights(changes)

    assert str(refusal.value).endswith(".")
