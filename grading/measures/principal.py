"""Principal or first-listed diagnosis: yes or no (rule R7). It gates nothing else."""

from grading.measures.tally import Measure, Tally


def principal(tally: Tally) -> Measure:
    return tally.part("principal")
