"""Every measure of a coded chart: one file each, one line here. Only `learning` and
`hierarchical_f1` know anything between right and wrong."""

from collections.abc import Callable

from grading.measures.case import case
from grading.measures.cic_blanks import cic_blanks
from grading.measures.code_over_code import code_over_code
from grading.measures.drg import drg
from grading.measures.f1 import f1
from grading.measures.hierarchical_f1 import hierarchical_f1
from grading.measures.jaccard import jaccard
from grading.measures.learning import learning
from grading.measures.modifier import modifier
from grading.measures.net import net
from grading.measures.poa import poa
from grading.measures.practicode import practicode
from grading.measures.precision import precision
from grading.measures.principal import principal
from grading.measures.recall import recall
from grading.measures.sequence import sequence
from grading.measures.tally import Measure, Tally, add_up
from grading.measures.units import units
from grading.measures.weighted import weighted

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
    "modifier": modifier,
    "units": units,
    "drg": drg,
    "practicode": practicode,
    "cic_blanks": cic_blanks,
    "weighted": weighted,
    "hierarchical_f1": hierarchical_f1,
    "learning": learning,
}


def measure_all(tally: Tally) -> dict[str, Measure]:
    return {name: measure(tally) for name, measure in MEASURES.items()}


__all__ = ["MEASURES", "Measure", "Tally", "add_up", "measure_all"]
