"""Why is a line not right, and where does the rule stand? One root cause and one reference for each verdict.

References name sections of the Official Guidelines (I.B.2), the PCS guidelines (PCS B3) or another open source; an
author's own reference on the key line comes first.
"""

from functools import lru_cache

from grading.answers import CPT, DECISION, HCPCS, ICD10CM, ICD10PCS, Cause, RootCause, Setting, Verdict
from grading.faults import IS_THE_LINE

ROOT_CAUSES: dict[Verdict, RootCause] = {
    Verdict.LESS_SPECIFIC: RootCause.SPECIFICITY,
    Verdict.MORE_SPECIFIC: RootCause.DOCUMENTATION_NOT_READ,
    Verdict.WRONG_SIDE: RootCause.LATERALITY,
    Verdict.WRONG_SEVENTH_CHARACTER: RootCause.SEVENTH_CHARACTER,
    Verdict.SIBLING_CONDITION: RootCause.INDEX_TABULAR,
    Verdict.HEADER: RootCause.SPECIFICITY,
    Verdict.MISSED: RootCause.DOCUMENTATION_NOT_READ,
    Verdict.EXTRA: RootCause.NOT_REPORTABLE,
    Verdict.UNLISTED_EXTRA: RootCause.NOT_REPORTABLE,
    Verdict.UNSUPPORTED: RootCause.NOT_REPORTABLE,
    Verdict.TOLERATED: RootCause.NOT_REPORTABLE,
    Verdict.SEQUENCE: RootCause.GUIDELINE,
    Verdict.POA: RootCause.GUIDELINE,
    Verdict.MODIFIER: RootCause.MODIFIER_RULE,
    Verdict.UNITS: RootCause.PAYER,
    Verdict.POINTER: RootCause.PAYER,
    Verdict.OUTDATED: RootCause.CODE_SET,
    Verdict.WRONG_CODE_SET: RootCause.CODE_SET,
}
REFERENCES: dict[Verdict, str] = {
    Verdict.LESS_SPECIFIC: "I.B.2",
    Verdict.MORE_SPECIFIC: "I.A.19",
    Verdict.WRONG_SIDE: "I.B.13",
    Verdict.WRONG_SEVENTH_CHARACTER: "I.A.5",
    Verdict.SIBLING_CONDITION: "I.B.1",
    Verdict.HEADER: "I.B.2",
    Verdict.POA: "Appendix I",
    Verdict.MODIFIER: "NCCI policy manual I.E",
    Verdict.UNITS: "NCCI policy manual I.V",
    Verdict.POINTER: "CMS-1500 item 24E",
    Verdict.OUTDATED: "HIPAA 45 CFR 162.1002",
    Verdict.WRONG_CODE_SET: "HIPAA 45 CFR 162.1002",
}
# What differs between sections II and III and section IV: (a stay or an agency's care, a visit).
# Sections II and III name nursing homes and home health agencies; section IV is for visits.
NOT_OUTPATIENT = frozenset({Setting.INPATIENT, Setting.SNF, Setting.HOME_HEALTH})
BY_SETTING: dict[Verdict, tuple[str, str]] = {
    Verdict.SEQUENCE: ("II", "IV.G"),
    Verdict.MISSED: ("III", "IV.J"),
    Verdict.EXTRA: ("III", "IV.J"),
    Verdict.UNLISTED_EXTRA: ("III", "IV.J"),
    Verdict.UNSUPPORTED: ("I.B.5", "IV.H"),
    Verdict.TOLERATED: ("III", "IV.J"),
}
PCS_REFERENCES = {
    Cause.PCS_BODY_SYSTEM: "PCS B2",
    Cause.PCS_ROOT_OPERATION: "PCS B3",
    Cause.PCS_BODY_PART: "PCS B4",
    Cause.PCS_APPROACH: "PCS B5",
    Cause.PCS_DEVICE: "PCS B6",
    Cause.PCS_QUALIFIER: "PCS A9",
}
# Where nothing nearer is known, by code set.
BY_SYSTEM = {
    ICD10PCS: "PCS A",
    CPT: "CPT, instructions for use",
    HCPCS: "HCPCS Level II coding procedures",
    DECISION: "AHIMA/ACDIS compliant query practice",
}
CODE_ONCE = "I.B.12"
NECESSITY = "Social Security Act 1862(a)(1)(A)"
SEVEN_CHARACTERS = "PCS A8"


@lru_cache(maxsize=1024)
def root_cause_of(verdict: Verdict, causes: tuple[Cause, ...]) -> RootCause | None:
    if Cause.DUPLICATE in causes:
        return RootCause.DATA_ENTRY
    if verdict is Verdict.SIBLING_CONDITION and not PCS_REFERENCES.keys().isdisjoint(causes):
        return RootCause.PCS_CHARACTER
    if verdict is Verdict.UNSUPPORTED and not IS_THE_LINE.isdisjoint(causes):
        return RootCause.DOCUMENTATION_NOT_READ
    return ROOT_CAUSES.get(verdict)


@lru_cache(maxsize=4096)
def reference_of(verdict: Verdict, causes: tuple[Cause, ...], system: str, setting: Setting) -> str:
    """Where no author said it. Sections of the ICD-10-CM guidelines are for diagnoses only."""
    for cause in causes:
        if cause in PCS_REFERENCES:
            return PCS_REFERENCES[cause]
    if system == ICD10PCS and verdict is Verdict.HEADER:
        return SEVEN_CHARACTERS
    if system == ICD10CM:
        return _of_a_diagnosis(verdict, causes, setting)
    if system == DECISION and Cause.SENTENCE in causes:
        return NECESSITY
    known = REFERENCES.get(verdict, "")
    return BY_SYSTEM.get(system, "") if known.startswith("I.") or not known else known


def _of_a_diagnosis(verdict: Verdict, causes: tuple[Cause, ...], setting: Setting) -> str:
    if Cause.DUPLICATE in causes:
        return CODE_ONCE
    if not IS_THE_LINE.isdisjoint(causes):
        verdict = Verdict.MISSED  # the sections on which diagnoses are reported
    if verdict in BY_SETTING:
        return BY_SETTING[verdict][setting not in NOT_OUTPATIENT]
    return REFERENCES.get(verdict, "")
