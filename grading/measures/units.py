"""Units: right numbers over matched lines that ask for them (rule R11)."""

from grading.measures.tally import Measure, Tally


def units(tally: Tally) -> Measure:
    return tally.part("units")
