"""Learning score: F1 with partial credit for near misses (rule R5); the one measure that knows the ladder."""

from __future__ import annotations

from grading.measures.tally import Measure, Tally, share


def learning(tally: Tally) -> Measure:
    return share(2 * tally.credit, tally.wanted + tally.entered)
