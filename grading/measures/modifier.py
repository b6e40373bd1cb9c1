"""Modifiers: right sets over matched lines that ask for one or carry one (rule R10)."""

from grading.measures.tally import Measure, Tally


def modifier(tally: Tally) -> Measure:
    return tally.part("modifier")
