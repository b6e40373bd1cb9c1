"""Recall: agreed lines over wanted lines; on one chart the same number as code-over-code."""

from grading.measures.tally import Measure, Tally, share


def recall(tally: Tally) -> Measure:
    return share(tally.agreed, tally.wanted)
