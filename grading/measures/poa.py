"""POA: right letters over matched lines of the key that are not exempt (rule R9)."""

from __future__ import annotations

from grading.measures.tally import Measure, Tally, share


def poa(tally: Tally) -> Measure:
    return share(tally.poa_right, tally.poa_asked)
