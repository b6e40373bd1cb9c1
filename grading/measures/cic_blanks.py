"""CIC: one point a blank, exact; the principal diagnosis has a blank of its own, other order is free (R22)."""

from __future__ import annotations

from grading.measures.tally import Measure, Tally


def cic_blanks(tally: Tally) -> Measure:
    return tally.part("blanks")
