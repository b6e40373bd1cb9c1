"""DRG: 1 if the sheet groups where any variant of the key does (rule R15), else 0."""

from grading.measures.tally import Measure, Tally


def drg(tally: Tally) -> Measure:
    return tally.part("drg")
