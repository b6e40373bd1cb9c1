"""Sequence: kept over applicable rule-bound pairs (rule R8); a pair applies when both its lines are right."""

from grading.measures.tally import Measure, Tally


def sequence(tally: Tally) -> Measure:
    return tally.part("sequence")
