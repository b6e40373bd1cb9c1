"""The numbers that an institution may change: weights of `weighted`, and the ladder of partial credit of `learning`."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

# The names are the parts of a tally. Absent parts drop out and the others rescale (R21), so they need not add to 100.
WEIGHTED: dict[str, int] = {
    "principal": 25,
    "severe_diagnoses": 20,  # secondary diagnoses that are CC, MCC or HCC
    "other_diagnoses": 15,
    "procedures": 20,
    "poa": 5,
    "drg": 10,
    "disposition": 5,
    "sequence": 0,  # a house that asks for more than the first diagnosis weighs rule-bound pairs, too
    "modifier": 5,
    "units": 5,
    "pointer": 5,
    "evidence": 5,  # asked only where the case scores it (R16)
}
# What is left of a line's credit. Relations by R5, PCS characters by R6, modifiers by R10; POA, units and pointers by
# the ladder of the grading notes.
LEARNING: dict[str, Fraction] = {
    "exact": Fraction(1),
    "less_specific": Fraction(1, 2),
    "severity_lost": Fraction(1, 4),  # instead of less_specific, if a CC, MCC or HCC is lost
    "wrong_7th_character": Fraction(1, 2),
    "wrong_side": Fraction(1, 4),
    "header": Fraction(1, 4),
    "more_specific_than_documented": Fraction(0),
    "sibling_condition": Fraction(0),
    "unrelated": Fraction(0),
    "pcs_root_operation": Fraction(35, 100),
    "pcs_body_part": Fraction(25, 100),
    "pcs_approach": Fraction(15, 100),
    "pcs_device": Fraction(15, 100),
    "pcs_qualifier": Fraction(10, 100),
    "pcs_wrong_body_system": Fraction(1, 5),  # with the right root operation
    "pcs_drg_changed": Fraction(1, 2),  # at most
    "poa": Fraction(4, 5),
    "payment_modifier": Fraction(1, 2),
    "override_missing": Fraction(1, 2),
    "override_unsupported": Fraction(2, 5),
    "informational_modifier": Fraction(9, 10),
    "units": Fraction(7, 10),
    "pointer": Fraction(9, 10),
    "support": Fraction(1, 2),  # of a risk adjustment sweep's line (R19)
    "sentence": Fraction(1, 2),  # the words that make a line: its span there, what decides a decision (R23)
}


@dataclass(frozen=True, slots=True)
class Weights:
    weighted: Mapping[str, int]
    learning: Mapping[str, Fraction]


DEFAULT = Weights(WEIGHTED, LEARNING)


def parse_weights(changes: Mapping[str, Mapping[str, Any]]) -> Weights:
    """{"weighted": {"principal": 30}, "learning": {"wrong_side": 0.5}}: what is not named stays as it is."""
    if unknown := [name for name in changes if name not in ("weighted", "learning")]:
        raise ValueError(f"The weights {unknown[0]!r} are not known; they are weighted and learning.")
    weighted = {name: _whole(name, value) for name, value in changes.get("weighted", {}).items()}
    learning = {name: _share(name, value) for name, value in changes.get("learning", {}).items()}
    return Weights(weighted={**WEIGHTED, **weighted}, learning={**LEARNING, **learning})


def _whole(name: str, value: object) -> int:
    if name not in WEIGHTED:
        raise ValueError(f"The weight {name!r} is not known; it is one of {', '.join(WEIGHTED)}.")
    if type(value) is not int or value < 0:
        raise ValueError(f"The weight {name} is {value!r}; it must be a whole number, 0 or more.")
    return value


def _share(name: str, value: object) -> Fraction:
    if name not in LEARNING:
        raise ValueError(f"The credit {name!r} is not known; it is one of {', '.join(LEARNING)}.")
    if isinstance(value, bool) or not isinstance(value, int | float | Fraction) or not 0 <= value <= 1:
        raise ValueError(f"The credit {name} is {value!r}; it must be a number from 0 to 1.")
    return Fraction(str(value))
