"""What a key, an answer and a graded chart are: frozen values, without any rule of scoring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import Protocol

ICD10CM = "icd10cm"


class Setting(StrEnum):
    INPATIENT = "inpatient"
    OBSERVATION = "observation"
    EMERGENCY = "emergency"
    CLINIC = "clinic"
    ASC = "asc"
    SNF = "snf"
    HOME_HEALTH = "home_health"


class Role(StrEnum):
    PRINCIPAL = "principal"  # inpatient: the reason for admission after study
    FIRST_LISTED = "first_listed"  # outpatient: the reason chiefly responsible for the visit
    SECONDARY = "secondary"


class Poa(StrEnum):
    YES = "Y"
    NO = "N"
    UNKNOWN = "U"
    UNDETERMINED = "W"
    EXEMPT = "exempt"  # the code is on the exempt list: the claim carries no letter


class LineClass(StrEnum):
    """Rule R2: what a line of the key asks of the learner."""

    REQUIRED = "required"
    OPTIONAL = "optional"  # right if given, no loss if not; absent from both counts
    TOLERATED = "tolerated"  # documented but not reportable here: a comment, no loss
    FORBIDDEN = "forbidden"  # integral, ruled out, Excludes1: a trap


class Verdict(StrEnum):
    AGREE = "agree"
    LESS_SPECIFIC = "less_specific"
    MORE_SPECIFIC = "more_specific"  # more than the chart documents: a compliance matter
    WRONG_SIDE = "wrong_side"
    WRONG_SEVENTH_CHARACTER = "wrong_seventh_character"
    SIBLING_CONDITION = "sibling_condition"
    HEADER = "header"
    MISSED = "missed"
    EXTRA = "extra"
    UNSUPPORTED = "unsupported"  # a forbidden code was entered
    TOLERATED = "tolerated"
    SEQUENCE = "sequence"
    POA = "poa"


class Cause(StrEnum):
    """What else is true of a line beside its verdict; several may stand together."""

    SEQUENCE = "sequence"  # the principal or first-listed diagnosis stands elsewhere, or is another code
    PAIR_ORDER = "pair_order"  # a rule-bound pair stands the wrong way round
    POA = "poa"
    POA_MISSING = "poa_missing"
    POA_ON_EXEMPT = "poa_on_exempt"  # a note without loss (R9)
    ALTERNATIVE = "alternative"  # accepted in place of the key's own code
    OPTIONAL = "optional"
    DUPLICATE = "duplicate"
    UNLISTED = "unlisted"  # in no class of the key (R17)
    INVALID_FOR_CLAIMS = "invalid_for_claims"
    COMPLIANCE = "compliance"


@dataclass(frozen=True, slots=True)
class Accept:
    code: str
    credit: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class CodedLine:
    """One line that a learner entered; its place in the sheet is its sequence."""

    code: str
    system: str = ICD10CM
    role: Role | None = None
    poa: Poa | None = None


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One line of the key; its place in Key.lines is its identity, the key_index of every result."""

    code: str
    system: str = ICD10CM
    role: Role | None = None
    poa: Poa | None = None
    line_class: LineClass = LineClass.REQUIRED
    accept: tuple[Accept, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Rule R8: the key line with code `before` must stand above the one with code `after`."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Key:
    setting: Setting
    lines: tuple[KeyLine, ...]
    order: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    lines: tuple[CodedLine, ...] = ()


class Facts(Protocol):
    """What the code set says about one code; ancestors are its headers, category included, in any order."""

    @property
    def code(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def billable(self) -> bool: ...
    @property
    def ancestors(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class CodeFacts:
    """Facts made by hand; those of a code set have more fields and the same ones."""

    code: str
    title: str
    billable: bool = True
    ancestors: tuple[str, ...] = ()


# code → facts, with or without the dot: the codes of key and answer and, where at hand, their headers.
Relations = Mapping[str, Facts]


@dataclass(frozen=True, slots=True)
class LineResult:
    """The judgement on one line. Missed lines have no answer_index, extra lines no key_index."""

    verdict: Verdict
    causes: tuple[Cause, ...]
    credit: Fraction  # in the learning score only
    key_index: int | None
    answer_index: int | None
    key_code: str | None
    answer_code: str | None
    line_class: LineClass | None  # of the key line; None for a line outside the key
    is_agreed: bool  # the code is right, whatever its sequence and POA


@dataclass(frozen=True, slots=True)
class ChartGrade:
    """Lines of the key first, in its order, then entered lines outside it; measures from 0 to 1, None if absent."""

    lines: tuple[LineResult, ...]
    measures: dict[str, Fraction | None]


@lru_cache(maxsize=16_384)
def normal_code(code: str) -> str:
    """Rule R20, the part that needs no code set: case, dot and blanks never matter."""
    return "".join(code.split()).replace(".", "").upper()
