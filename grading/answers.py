"""What a key, an answer and a graded chart are: frozen values, without any rule of scoring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

from grading.em import EM
from grading.evidence import Span

if TYPE_CHECKING:
    from grading.consequence import Consequence
    from grading.measures.tally import Tally

ICD10CM, ICD10PCS, CPT, HCPCS = "icd10cm", "icd10pcs", "cpt", "hcpcs"
DECISION = "decision"  # a line that is a decision, not a code: see Decision
Name = tuple[str, str]  # code set and normal code
SYSTEMS = (ICD10CM, ICD10PCS, CPT, HCPCS, DECISION)


class Setting(StrEnum):
    INPATIENT = "inpatient"
    OBSERVATION = "observation"
    EMERGENCY = "emergency"
    CLINIC = "clinic"
    ASC = "asc"
    SNF = "snf"
    HOME_HEALTH = "home_health"


class Claim(StrEnum):
    FACILITY = "facility"
    PROFESSIONAL = "professional"


class Payer(StrEnum):
    """Whose rules decide where Medicare and CPT differ."""

    MEDICARE = "medicare"
    COMMERCIAL = "commercial"


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


class Decision(StrEnum):
    """Rules R4, R14 and R23: the right answer may be a decision instead of a code."""

    NO_CODE = "no_code"
    QUERY = "query"
    HOLD = "hold"
    NOT_SEPARATELY_REPORTED = "not_separately_reported"
    MET = "met"
    NOT_MET = "not_met"
    ABN = "abn"


class LineClass(StrEnum):
    """Rule R2: what a line of the key asks of the learner."""

    REQUIRED = "required"
    CONDITIONAL = "conditional"  # required when a code named in `when` is matched, else absent (R18)
    OPTIONAL = "optional"  # right if given, no loss if not; absent from both counts
    TOLERATED = "tolerated"  # documented but not reportable here: a comment, no loss
    FORBIDDEN = "forbidden"  # integral, ruled out, Excludes1, unbundled: a trap


class Verdict(StrEnum):
    AGREE = "agree"
    LESS_SPECIFIC = "less_specific"
    MORE_SPECIFIC = "more_specific_than_documented"  # a compliance matter
    WRONG_SIDE = "wrong_side"
    WRONG_SEVENTH_CHARACTER = "wrong_7th_character"
    SIBLING_CONDITION = "sibling_condition"
    HEADER = "header"
    MISSED = "missed"
    EXTRA = "extra"  # the key knows the code, but not as a right one on this sheet
    UNLISTED_EXTRA = "unlisted_extra"  # the key does not know it: wrong until an author rules (R17)
    UNSUPPORTED = "unsupported"  # a forbidden code was entered
    TOLERATED = "tolerated"
    SEQUENCE = "sequence"
    POA = "poa"
    MODIFIER = "modifier"
    UNITS = "units"
    POINTER = "pointer"
    OUTDATED = "outdated"
    WRONG_CODE_SET = "wrong_code_set_for_the_setting"

    @classmethod
    def _missing_(cls, value: object) -> Verdict | None:
        """Grades that were stored under an earlier word stay readable."""
        return {"more_specific": cls.MORE_SPECIFIC, "wrong_seventh_character": cls.WRONG_SEVENTH_CHARACTER}.get(
            str(value)
        )


# Complete codes beside the key's own, which an author may come to accept (R17); a header is never right.
NEAR_MISSES = frozenset(
    {Verdict.LESS_SPECIFIC, Verdict.MORE_SPECIFIC, Verdict.WRONG_SIDE, Verdict.WRONG_SEVENTH_CHARACTER}
    | {Verdict.SIBLING_CONDITION}
)


class Cause(StrEnum):
    """What else is true of a line beside its verdict; several may stand together."""

    SEQUENCE = "sequence"  # the principal or first-listed diagnosis stands elsewhere, or is another code
    PAIR_ORDER = "pair_order"  # a rule-bound pair stands the wrong way round
    POA = "poa"
    POA_MISSING = "poa_missing"
    POA_ON_EXEMPT = "poa_on_exempt"  # a note without loss (R9)
    MODIFIER = "modifier"
    PAYMENT_MODIFIER = "payment_modifier"
    OVERRIDE_MISSING = "override_missing"
    OVERRIDE_UNSUPPORTED = "override_unsupported"
    INFORMATIONAL_MODIFIER = "informational_modifier"
    MODIFIER_ORDER = "modifier_order"
    UNITS = "units"
    POINTER = "pointer"
    POINTER_EXTRA = "pointer_extra"  # points to more than the key, but to what supports the service: a note
    EVIDENCE = "evidence"  # the marked words are not those that support the line (R16)
    SUPPORT = "support"  # not the support (monitored, evaluated, assessed, treated) that the record gives (R19)
    SENTENCE = "sentence"  # without the words that make the line: of a sweep's diagnosis, of a decision (R19, R23)
    EM_OVER = "em_over"
    EM_UNDER = "em_under"
    EM_REASONS = "em_reasons"  # the right level for wrong reasons (R13)
    EM_PROBLEMS = "em_problems"
    EM_DATA = "em_data"
    EM_RISK = "em_risk"
    PCS_BODY_SYSTEM = "pcs_body_system"
    PCS_ROOT_OPERATION = "pcs_root_operation"
    PCS_BODY_PART = "pcs_body_part"
    PCS_APPROACH = "pcs_approach"
    PCS_DEVICE = "pcs_device"
    PCS_QUALIFIER = "pcs_qualifier"
    SEVERITY_LOST = "severity_lost"  # a CC, MCC or HCC of the key's code is gone
    DRG_CHANGED = "drg_changed"
    ALTERNATIVE = "alternative"  # accepted in place of the key's own code
    OPTIONAL = "optional"
    CONDITION_UNMET = "condition_unmet"  # asked for only beside a code that is not matched here (R18)
    OTHER_VARIANT = "other_variant"  # belongs to another complete answer than the rest of the sheet (R3)
    DUPLICATE = "duplicate"
    UNLISTED = "unlisted"  # in no class of the key (R17)
    CORRECTED = "corrected"  # typed with a look-alike character (R20): a note
    INVALID_FOR_CLAIMS = "invalid_for_claims"
    COMPLIANCE = "compliance"


class RootCause(StrEnum):
    """Where the coder went wrong; one per line that is not simply right."""

    DOCUMENTATION_NOT_READ = "documentation_not_read"
    NOT_REPORTABLE = "not_reportable"
    GUIDELINE = "guideline"
    INDEX_TABULAR = "index_tabular"
    SPECIFICITY = "specificity"
    LATERALITY = "laterality"
    SEVENTH_CHARACTER = "7th_character"
    PCS_CHARACTER = "pcs_character"  # the causes say which
    MODIFIER_RULE = "modifier_rule"
    PAYER = "payer"
    CODE_SET = "code_set"
    DATA_ENTRY = "data_entry"


@dataclass(frozen=True, slots=True)
class Accept:
    """Another code for a line; with `verdict`, the author's word on it instead of the computed relation (R5)."""

    code: str
    credit: Fraction = Fraction(1)
    verdict: Verdict | None = None
    poa: Poa | None = None  # where it differs from the line's: one of the two codes may be exempt
    poa_accept: tuple[Poa, ...] = ()  # further right letters beside it


@dataclass(frozen=True, slots=True)
class CodedLine:
    """One line that a learner entered; its place in the sheet is its sequence."""

    code: str
    system: str = ICD10CM
    role: Role | None = None
    poa: Poa | None = None
    modifiers: tuple[str, ...] = ()
    units: int | None = None  # blank is one
    pointers: tuple[str, ...] = ()  # diagnosis codes of the same sheet
    evidence: tuple[Span, ...] = ()
    em: EM | None = None
    support: str = ""  # letters of MEAT
    is_outdated: bool = False  # a code of another year's release, not of the one in force
    is_corrected: bool = False
    name: Name = field(init=False, repr=False, compare=False)  # what lines are matched by

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", (self.system, normal_code(self.code)))


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One line of the key; its place in Key.lines is its identity, the key_index of every result."""

    code: str
    system: str = ICD10CM
    role: Role | None = None
    poa: Poa | None = None
    line_class: LineClass = LineClass.REQUIRED
    accept: tuple[Accept, ...] = ()
    when: tuple[str, ...] = ()  # of a conditional line: one of these codes is matched
    poa_accept: tuple[Poa, ...] = ()  # further right letters
    modifiers: tuple[str, ...] = ()
    modifiers_optional: tuple[str, ...] = ()
    modifiers_exact: bool = False  # 59 and X{EPSU} are told apart, 51 is asked for
    modifiers_ordered: bool = False  # the case asks for payment modifiers first
    units: int | None = None  # None: not judged
    pointers: tuple[str, ...] = ()
    pointers_accept: tuple[str, ...] = ()  # also right in the first place
    pointers_support: tuple[str, ...] = ()  # pointing there too is a note, no error
    evidence: tuple[Span, ...] = ()
    em: EM | None = None
    support: str = ""
    severity: frozenset[str] = frozenset()  # CC, MCC, HCC, where no grouper says it
    reference: str = ""  # the guideline section or note that decides
    name: Name = field(init=False, repr=False, compare=False)  # what lines are matched by
    is_plain: bool = field(init=False, repr=False, compare=False)  # asks for nothing but its code and its POA letter

    def __post_init__(self) -> None:
        asks = self.modifiers or self.modifiers_ordered or self.pointers or self.em or self.support or self.evidence
        object.__setattr__(self, "name", (self.system, normal_code(self.code)))
        object.__setattr__(self, "is_plain", not asks and self.units is None)


@dataclass(frozen=True, slots=True)
class Pair:
    """Rule R8: the key line with code `before` must stand above the one with code `after`."""

    before: str
    after: str
    reference: str = ""


MATCHED_CLASSES = frozenset({LineClass.REQUIRED, LineClass.CONDITIONAL, LineClass.OPTIONAL})


@dataclass(frozen=True, slots=True)
class Key:
    """One complete right answer; `variants` are further ones, each complete in itself (R3)."""

    setting: Setting
    lines: tuple[KeyLine, ...]
    order: tuple[Pair, ...] = ()
    variants: tuple[Key, ...] = ()
    payer: Payer = Payer.MEDICARE
    claim: Claim | None = None
    drg: str | None = None
    disposition: str | None = None
    scores_evidence: bool = False
    # What every sheet that is graded by this key asks for, found once.
    matched: tuple[int, ...] = field(init=False, repr=False, compare=False)  # places of lines that may be agreed with
    required: tuple[int, ...] = field(init=False, repr=False, compare=False)
    conditional: tuple[int, ...] = field(init=False, repr=False, compare=False)
    judged: Mapping[Name, int] = field(init=False, repr=False, compare=False)  # tolerated and forbidden codes: places
    known: frozenset[Name] = field(init=False, repr=False, compare=False)  # every code that it or a variant mentions
    pairs: tuple[tuple[int, int, Pair], ...] = field(init=False, repr=False, compare=False)  # `order` as places

    def __post_init__(self) -> None:
        lines, variants = list(enumerate(self.lines)), [variant.known for variant in self.variants]
        accepted = [(line.system, normal_code(other.code)) for line in self.lines for other in line.accept]
        found: dict[str, object] = {
            "matched": tuple(at for at, line in lines if line.line_class in MATCHED_CLASSES),
            "required": tuple(at for at, line in lines if line.line_class is LineClass.REQUIRED),
            "conditional": tuple(at for at, line in lines if line.line_class is LineClass.CONDITIONAL),
            "judged": {line.name: at for at, line in lines if line.line_class not in MATCHED_CLASSES},
            "known": frozenset([line.name for line in self.lines]).union(accepted, *variants),
        }
        # Of two lines with one code the upper one is meant.
        places = {line.name[1]: at for at, line in reversed(lines) if line.line_class in MATCHED_CLASSES}
        bound = [(normal_code(pair.before), normal_code(pair.after), pair) for pair in self.order]
        found["pairs"] = tuple((places[a], places[b], pair) for a, b, pair in bound if {a, b} <= places.keys())
        for name, value in found.items():
            object.__setattr__(self, name, value)


@dataclass(frozen=True, slots=True)
class Answer:
    lines: tuple[CodedLine, ...] = ()
    drg: str | None = None
    disposition: str | None = None


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
# category → what stands above it in the book: its chapter and its block.
Sections = Mapping[str, tuple[str, ...]]


class LineResult(NamedTuple):
    """The judgement on one line. Missed lines have no answer_index, extra lines no key_index. A tuple, because a cohort
    has hundreds of thousands of them and a frozen dataclass takes four times as long to make."""

    verdict: Verdict
    causes: tuple[Cause, ...]
    credit: Fraction  # in the learning score only
    key_index: int | None  # into the lines of the variant that was graded
    answer_index: int | None
    key_code: str | None
    answer_code: str | None
    line_class: LineClass | None  # of the key line; None for a line outside the key
    is_agreed: bool  # the code is right, whatever its sequence, POA, modifiers and units
    is_whole: bool  # right with its modifiers and units: what the industry's measures count
    root_cause: RootCause | None
    reference: str


@dataclass(frozen=True, slots=True)
class ChartGrade:
    """Lines of the key first, in its order, then entered lines outside it; measures from 0 to 1, None if absent."""

    lines: tuple[LineResult, ...]
    measures: dict[str, Fraction | None]
    tally: Tally  # what the measures were computed from; a cohort's pooled figures add these up
    variant: int = 0  # 0 is the key itself, n its nth further variant
    consequence: Consequence | None = None


@lru_cache(maxsize=16_384)
def normal_code(code: str) -> str:
    """Rule R20, the part that needs no code set: case, dot and blanks never matter."""
    return "".join(code.split()).replace(".", "").upper()
