"""Learning score: F1 with partial credit for near misses (rule R5); the one measure that knows the ladder."""

from fractions import Fraction

from grading.measures.tally import Measure, Tally


def learning(tally: Tally) -> Measure:
    lines, credit = tally.wanted + tally.entered, tally.credit
    return Fraction(2 * credit.numerator, lines * credit.denominator) if lines else None
