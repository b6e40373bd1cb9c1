"""What the checker is given, and what it finds. Plain values: no rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from grading.answers import CodedLine, Setting

# Where Section II of the guidelines chooses a principal diagnosis; elsewhere Section IV lists one first.
WITH_PRINCIPAL_DIAGNOSIS = frozenset({Setting.INPATIENT, Setting.SNF, Setting.HOME_HEALTH})


class Severity(StrEnum):
    ERROR = "error"  # no payer takes the claim so
    WARNING = "warning"  # wrong unless the chart says something special
    INFO = "info"  # worth a look


class Kind(StrEnum):
    """What a finding is about; one word per edit, as it stands in the JSON."""

    UNKNOWN_CODE = "unknown_code"
    HEADER = "header"
    INCOMPLETE = "incomplete"
    NOT_VALID_ON_DATE = "not_valid_on_date"
    DUPLICATE = "duplicate"
    EXCLUDES1 = "excludes1"
    MANIFESTATION_FIRST = "manifestation_first"
    UNACCEPTABLE_PRINCIPAL = "unacceptable_principal"
    SEQUENCE = "sequence"
    CODE_FIRST = "code_first"
    USE_ADDITIONAL = "use_additional"
    CODE_ALSO = "code_also"
    EXTERNAL_CAUSE_FIRST = "external_cause_first"
    AGE = "age"
    SEX = "sex"
    HAC = "hac"
    COVERAGE = "coverage"
    ADMISSION = "admission"
    POA_MISSING = "poa_missing"
    POA_EXEMPT = "poa_exempt"
    POA_IMPOSSIBLE = "poa_impossible"
    PCS_ROW = "pcs_row"
    GUIDELINE = "guideline"
    NCCI = "ncci"
    MUE = "mue"


@dataclass(frozen=True, slots=True)
class Encounter:
    """One coded stay or visit. `on` is the discharge of a stay and the day of any other service; age in years."""

    on: date
    setting: Setting
    lines: tuple[CodedLine, ...]
    age: int | None = None
    sex: str | None = None  # F or M
    discharge_status: str | None = None  # two digits, "01" is home

    @property
    def is_inpatient(self) -> bool:
        return self.setting is Setting.INPATIENT

    @property
    def has_principal_diagnosis(self) -> bool:
        return self.setting in WITH_PRINCIPAL_DIAGNOSIS


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: the codes it is about, in the order of the sheet, and the note, section or list behind it.

    `text` is the sentence for people: what is wrong, in the words of the note or rule where there is one, what next.
    """

    severity: Severity
    kind: Kind
    codes: tuple[str, ...]
    reference: str
    text: str = field(default="")
