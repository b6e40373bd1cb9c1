"""The industry's measures under their own names; the worked chart has one number for each."""

from fractions import Fraction

import pytest

from grading.chart import grade_chart
from grading.measures import MEASURES
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
