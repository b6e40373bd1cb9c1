"""Precision: agreed lines over entered lines; 0 for an empty sheet where something was wanted."""

from fractions import Fraction

from grading.measures.tally import Measure, Tally, share


def precision(tally: Tally) -> Measure:
    if tally.wanted and not tally.entered:
        return Fraction(0)
    return share(tally.agreed, tally.entered)
