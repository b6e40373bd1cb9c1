"""F1: twice the agreed lines over wanted and entered lines together."""

from grading.measures.tally import Measure, Tally, share


def f1(tally: Tally) -> Measure:
    return share(2 * tally.agreed, tally.wanted + tally.entered)
