"""Jaccard: agreed lines over everything that either side listed; a wrong code is one missed and one extra."""

from grading.measures.tally import Measure, Tally, share


def jaccard(tally: Tally) -> Measure:
    return share(tally.agreed, tally.wanted + tally.extra)
