"""Net code-over-code: every extra line takes an agreed one away; may fall below 0."""

from grading.measures.tally import Measure, Tally, share


def net(tally: Tally) -> Measure:
    return share(tally.agreed - tally.extra, tally.wanted)
