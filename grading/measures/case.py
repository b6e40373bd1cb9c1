"""Case-over-case: 1 if every code, the first diagnosis, every bound pair and every POA letter is right, else 0."""

from __future__ import annotations

from fractions import Fraction

from grading.measures.tally import Measure, Tally


def case(tally: Tally) -> Measure:
    if not tally.wanted and not tally.entered:
        return None
    is_clean = tally.agreed == tally.wanted == tally.entered and tally.is_first_right is not False
    return Fraction(is_clean and tally.kept_pairs == tally.applicable_pairs and tally.poa_right == tally.poa_asked)
