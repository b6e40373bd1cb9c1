"""Pooled and mean figures differ, and both are told; agreement of two coders."""

from fractions import Fraction

import pytest

from grading.chart import grade_chart
from grading.cohort import Figures, cohens_kappa, cohort_figures
from tests.grading.charts import BILLABLE, RELATIONS, key, sheet


def record(right, of):
    codes = BILLABLE[:of]
    return grade_chart(key(*codes), sheet(*codes[:right]), RELATIONS)


def test_pooled_and_mean_code_over_code_of_three_records():
    # 4 of 6, 10 of 10, 1 of 2: 15/18 pooled, (2/3 + 1 + 1/2) / 3 as the mean.
    figures = cohort_figures([record(4, 6), record(10, 10), record(1, 2)])

    assert figures["code_over_code"] == Figures(pooled=Fraction(15, 18), mean=Fraction(13, 18))
    assert round(float(figures["code_over_code"].pooled) * 100, 1) == 83.3
    assert round(float(figures["code_over_code"].mean) * 100, 1) == 72.2


def test_yes_and_no_measures_are_the_same_pooled_and_in_the_mean():
    figures = cohort_figures([record(4, 6), record(10, 10), record(1, 2)])

    assert figures["case"] == Figures(Fraction(1, 3), Fraction(1, 3))
    assert figures["principal"] == Figures(Fraction(1), Fraction(1))


def test_records_on_which_a_measure_does_not_apply_are_left_out():
    asked = grade_chart(key("A41.9 Y", "J18.9 Y"), sheet("A41.9 Y", "J18.9 N"))

    figures = cohort_figures([asked, record(1, 1)])

    assert figures["poa"] == Figures(Fraction(1, 2), Fraction(1, 2))
    assert figures["drg"] == Figures(None, None)


def test_one_record_pools_to_itself():
    one = record(4, 6)

    assert all(
        figure == Figures(one.measures[name], one.measures[name]) for name, figure in cohort_figures([one]).items()
    )


def test_without_records_there_is_no_figure():
    assert set(cohort_figures([]).values()) == {Figures(None, None)}


@pytest.mark.parametrize(
    ("table", "kappa"),
    [
        ((20, 5, 10, 15), Fraction(2, 5)),  # observed .70, by chance .50
        ((10, 0, 0, 10), Fraction(1)),
        ((0, 10, 10, 0), Fraction(-1)),
        ((10, 0, 0, 0), None),  # nothing but yes from both: agreement by chance is complete
        ((0, 0, 0, 0), None),
    ],
)
def test_kappa_is_agreement_beyond_chance(table, kappa):
    assert cohens_kappa(*table) == kappa
