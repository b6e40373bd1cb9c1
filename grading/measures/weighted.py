"""Weighted overall accuracy: each part by its weight; absent parts drop out and the others rescale (rule R21)."""

from fractions import Fraction

from grading.measures.tally import Measure, Tally


def weighted(tally: Tally) -> Measure:
    earned, common, possible = 0, 1, 0  # earned / common, kept in whole numbers until the end
    for name, weight in tally.weights.items():
        right, of = tally.parts.get(name, (0, 0))
        if of:
            possible += weight
            earned, common = (earned * of + weight * right * common, common * of)
    return Fraction(earned, common * possible) if possible else None
