"""Add item scores up to a form's score, by domain, and say whether it passes. Integer milli-points throughout."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import TypeVar

from grading.items import ItemScore

Item = TypeVar("Item", bound=Hashable)


@dataclass(frozen=True, slots=True)
class DomainScore:
    earned: int
    possible: int


@dataclass(frozen=True, slots=True)
class FormScore:
    earned: int
    possible: int
    by_domain: dict[str, DomainScore]
    passed: bool


def score_form(item_scores: Mapping[Item, ItemScore], domains: Mapping[Item, str], cut: Fraction) -> FormScore:
    """Both mappings are keyed by the item: its score, and the slug of the one domain that it belongs to."""
    earned, possible, by_domain = 0, 0, {slug: DomainScore(0, 0) for slug in dict.fromkeys(domains.values())}
    for item, score in item_scores.items():
        domain = by_domain[domains[item]]
        by_domain[domains[item]] = DomainScore(domain.earned + score.earned, domain.possible + score.possible)
        earned, possible = earned + score.earned, possible + score.possible
    return FormScore(earned, possible, by_domain, passed=earned >= points_to_pass(possible, cut))


def points_to_pass(possible: int, cut: Fraction) -> int:
    """A cut of 70 % of 19 points asks for 14 whole points, never for 13.3."""
    return ceil(cut * possible / 1000) * 1000
