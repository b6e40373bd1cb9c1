"""Hierarchical F1: both sides extended by every header, block and chapter above; near codes share most of the way."""

from grading.measures.tally import Measure, Tally, share


def hierarchical_f1(tally: Tally) -> Measure:
    shared, of_key, of_sheet = tally.nodes
    return share(2 * shared, of_key + of_sheet)
