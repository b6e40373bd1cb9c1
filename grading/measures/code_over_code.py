"""Code-over-code: agreed lines over the lines of the key; extra lines are listed, not scored."""

from grading.measures.tally import Measure, Tally, share


def code_over_code(tally: Tally) -> Measure:
    return share(tally.agreed, tally.wanted)
