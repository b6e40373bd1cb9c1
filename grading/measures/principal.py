"""Principal or first-listed diagnosis: yes or no (rule R7). It gates nothing else."""

from __future__ import annotations

from fractions import Fraction

from grading.measures.tally import Measure, Tally


def principal(tally: Tally) -> Measure:
    return None if tally.is_first_right is None else Fraction(tally.is_first_right)
