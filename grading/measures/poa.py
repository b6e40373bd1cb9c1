"""POA: right letters over matched lines of the key that are not exempt (rule R9)."""

from grading.measures.tally import Measure, Tally


def poa(tally: Tally) -> Measure:
    return tally.part("poa")
