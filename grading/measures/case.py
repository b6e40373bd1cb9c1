"""Case-over-case: 1 if every line and all else that the key asks for is right, else 0: the first diagnosis, bound
pairs, POA letters, pointers, and DRG, disposition and evidence where they are asked."""

from grading.measures.tally import Measure, Tally


def case(tally: Tally) -> Measure:
    return tally.part("case")
