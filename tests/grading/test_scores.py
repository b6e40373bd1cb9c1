"""A form's score by domain, and whether it passes."""

from fractions import Fraction

import pytest

from grading.items import ItemScore
from grading.scores import DomainScore, points_to_pass, score_form


def items(right, wrong):
    scores = [ItemScore(1000, 1000, True)] * right + [ItemScore(0, 1000, True)] * wrong
    return dict(enumerate(scores))


def test_domains_add_up_to_the_form():
    scores = items(right=3, wrong=2)
    domains = {0: "sequencing", 1: "diagnosis", 2: "diagnosis", 3: "diagnosis", 4: "sequencing"}

    form = score_form(scores, domains, Fraction(7, 10))

    assert form.by_domain == {"sequencing": DomainScore(1000, 2000), "diagnosis": DomainScore(2000, 3000)}
    assert (form.earned, form.possible) == (3000, 5000)


@pytest.mark.parametrize(("right", "wrong", "passed"), [(14, 6, True), (13, 7, False), (14, 5, True), (13, 6, False)])
def test_a_form_passes_at_the_cut_rounded_up_to_whole_points(right, wrong, passed):
    domains = dict.fromkeys(range(right + wrong), "diagnosis")

    assert score_form(items(right, wrong), domains, Fraction(7, 10)).passed is passed


def test_seventy_per_cent_of_nineteen_points_is_fourteen():
    assert points_to_pass(19_000, Fraction("0.70")) == 14_000
