"""CIC: one point a blank, exact; the principal diagnosis has a blank of its own, other order is free (R22)."""

from grading.measures.tally import Measure, Tally


def cic_blanks(tally: Tally) -> Measure:
    return tally.part("blanks")
