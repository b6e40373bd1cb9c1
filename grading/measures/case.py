"""Case-over-case: 1 if every line, the first diagnosis, every bound pair and every POA letter is right, else 0."""

from __future__ import annotations

from grading.measures.tally import Measure, Tally


def case(tally: Tally) -> Measure:
    return tally.part("case")
