"""Every measure of a coded chart: one file each, one line here. All but `learning` count exact agreement only."""

from __future__ import annotations

from collections.abc import Callable

from grading.measures.case import case
from grading.measures.code_over_code import code_over_code
from grading.measures.f1 import f1
from grading.measures.jaccard import jaccard
from grading.measures.learning import learning
from grading.measures.net import net
from grading.measures.poa import poa
from grading.measures.practicode import practicode
from grading.measures.precision import precision
from grading.measures.principal import principal
from grading.measures.recall import recall
from grading.measures.sequence import sequence
from grading.measures.tally import Measure, Tally, count

MEASURES: dict[str, Callable[[Tally], Measure]] = {
    "code_over_code": code_over_code,
    "net": net,
    "precision": precision,
    "recall": recall,
    "f1": f1,
    "jaccard": jaccard,
    "case": case,
    "principal": principal,
    "poa": poa,
    "sequence": sequence,
    "practicode": practicode,
    "learning": learning,
}


def measure_all(tally: Tally) -> dict[str, Measure]:
    return {name: measure(tally) for name, measure in MEASURES.items()}


__all__ = ["MEASURES", "Measure", "Tally", "count", "measure_all"]
