"""What coursework says: verdicts and refusals as sentences. Nothing is decided here."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from codesets.models import Code
from codesets.wording import ESTIMATE, PROPOSED_ESTIMATE
from coursework.lines import Poa
from grading.answers import ICD10PCS, Cause, Verdict
from grading.consequence import Statement
from grading.trail import Trail

EMPTY_SHEET = "Your sheet is empty. Code at least one diagnosis, then submit."
ALREADY_SUBMITTED = "You submitted this sheet before. This is the feedback on it."
NOT_GROUPED = "This grade was made without a grouper, so MS-DRG, HCCs and weights are not shown."
STAY_ALONE = "Grouped by diagnoses alone, because this chart asks for no procedures."
VISIT_ALONE = "Scored as if the year had no other visit."
NO_GROUP, UNGROUPABLE = "no group, because nothing on the sheet groups", "Ungroupable"
UNKNOWN_POA = "A POA indicator is Y, N, U or W, or Exempt."


def unknown_code(typed: str, release: str) -> str:
    if not typed.strip():
        return "Type a code or some words, and choose a code from the list."
    return f"“{typed.strip()}” is not an ICD-10-CM code of {release}. Type words and choose from the list."


def header_code(code: Code) -> str:
    return f"{code.dotted} is a heading, a claim cannot carry it. {code.needs}. Choose one of the codes below it."


def already_on_sheet(code: str) -> str:
    return f"{code} is on your sheet already. A diagnosis is reported once."


@dataclass(frozen=True)
class VerdictWords:
    """How a verdict is shown: the badge's kind and word, and one sentence with {mine} and {key} in it."""

    badge: str
    word: str
    sentence: str


SHOWS_KEY = "The chart supports {key}."
VERDICTS = {
    Verdict.AGREE: VerdictWords("exact", "Right", "{mine} is the code."),
    Verdict.LESS_SPECIFIC: VerdictWords("partial", "Less specific", f"{{mine}} says less than the chart. {SHOWS_KEY}"),
    Verdict.MORE_SPECIFIC: VerdictWords(
        "compliance", "More than documented", f"{{mine}} says more than the chart. {SHOWS_KEY}"
    ),
    Verdict.WRONG_SIDE: VerdictWords("partial", "Wrong side", f"{{mine}} is the other side of the body. {SHOWS_KEY}"),
    Verdict.WRONG_SEVENTH_CHARACTER: VerdictWords(
        "partial", "Wrong 7th character", f"{{mine}} ends in another 7th character. {SHOWS_KEY}"
    ),
    Verdict.SIBLING_CONDITION: VerdictWords(
        "wrong", "Another condition", f"{{mine}} is a neighbor of the right code, but another condition. {SHOWS_KEY}"
    ),
    Verdict.HEADER: VerdictWords("wrong", "Not billable", "{mine} is a heading. The code is {key}."),
    Verdict.MISSED: VerdictWords("missed", "Missed", "{key} belongs on the list and was not on your sheet."),
    Verdict.EXTRA: VerdictWords("extra", "Extra", "{mine} is not wanted here."),
    Verdict.UNLISTED_EXTRA: VerdictWords("extra", "Extra", "{mine} is not part of the key."),
    Verdict.UNSUPPORTED: VerdictWords("compliance", "Not supported", "{mine} is not supported on this sheet."),
    Verdict.TOLERATED: VerdictWords(
        "not-scored", "Not scored", "{mine} is documented but need not be reported here. It costs nothing."
    ),
    Verdict.SEQUENCE: VerdictWords("partial", "Out of sequence", "{mine} is the right code in the wrong place."),
    Verdict.POA: VerdictWords("partial", "Wrong POA", "{mine} is the right code; its POA indicator is not."),
    Verdict.MODIFIER: VerdictWords("partial", "Wrong modifier", "{mine} is the right code; its modifiers are not."),
    Verdict.UNITS: VerdictWords("partial", "Wrong units", "{mine} is the right code; its units are not."),
    Verdict.POINTER: VerdictWords(
        "partial", "Wrong pointer", "{mine} is the right code; it points to other diagnoses than those that support it."
    ),
    Verdict.OUTDATED: VerdictWords("wrong", "Outdated", "{mine} was not valid on the date of this chart."),
    Verdict.WRONG_CODE_SET: VerdictWords(
        "wrong", "Wrong code set", "{mine} is from a code set that this kind of claim does not use."
    ),
}

CAUSES = {
    Cause.SEQUENCE: "It does not stand where the principal or first-listed diagnosis belongs.",
    Cause.PAIR_ORDER: "A rule says which of two codes stands first, and here they are the other way round.",
    Cause.POA: "The POA indicator is not the right one.",
    Cause.POA_MISSING: "The POA indicator is missing.",
    Cause.POA_ON_EXEMPT: "The code is exempt from POA reporting: leave the field blank. This costs nothing.",
    Cause.MODIFIER: "The modifiers are not the right ones.",
    Cause.PAYMENT_MODIFIER: "A modifier that decides the payment is wrong or missing.",
    Cause.OVERRIDE_MISSING: "Without its modifier an edit or a global period would deny the service.",
    Cause.OVERRIDE_UNSUPPORTED: "The chart does not support a modifier that overrides an edit.",
    Cause.INFORMATIONAL_MODIFIER: "A modifier that informs the payer is wrong or missing.",
    Cause.MODIFIER_ORDER: "Modifiers that decide the payment stand before those that inform.",
    Cause.UNITS: "The number of units is not right.",
    Cause.POINTER: "The line does not point to the diagnoses that support it.",
    Cause.POINTER_EXTRA: "It also points to a diagnosis that it need not point to. This costs nothing.",
    Cause.EVIDENCE: "The words that you marked are not those that support the code.",
    Cause.SUPPORT: "The record supports the diagnosis in another way than you marked.",
    Cause.SENTENCE: "The words that decide it are not the ones that you marked.",
    Cause.EM_OVER: "The level is higher than the visit supports.",
    Cause.EM_UNDER: "The level is lower than the visit supports.",
    Cause.EM_REASONS: "The level is right, the reasons for it are not.",
    Cause.EM_PROBLEMS: "The problems are judged otherwise.",
    Cause.EM_DATA: "The data are judged otherwise.",
    Cause.EM_RISK: "The risk is judged otherwise.",
    Cause.PCS_BODY_SYSTEM: "The body system, the second character, is another one.",
    Cause.PCS_ROOT_OPERATION: "The root operation, the third character, is another one.",
    Cause.PCS_BODY_PART: "The body part, the fourth character, is another one.",
    Cause.PCS_APPROACH: "The approach, the fifth character, is another one.",
    Cause.PCS_DEVICE: "The device, the sixth character, is another one.",
    Cause.PCS_QUALIFIER: "The qualifier, the seventh character, is another one.",
    Cause.SEVERITY_LOST: "A CC, MCC or HCC that the chart supports is lost.",
    Cause.DRG_CHANGED: "The stay groups to another DRG with it.",
    Cause.ALTERNATIVE: "It stands for the key's own code.",
    Cause.OPTIONAL: "It is optional here: right if reported, no loss if not.",
    Cause.CONDITION_UNMET: "It is asked for only beside another code, which is not on your sheet.",
    Cause.OTHER_VARIANT: "It belongs to another complete answer than the rest of your sheet.",
    Cause.DUPLICATE: "The diagnosis is on your sheet twice. Report it once.",
    Cause.UNLISTED: "The key does not mention it. If you can show it in the chart, question the key.",
    Cause.CORRECTED: "A letter was read as a digit, or a digit as a letter. This costs nothing.",
    Cause.INVALID_FOR_CLAIMS: "A claim with it would be rejected.",
    Cause.COMPLIANCE: "Reporting more than the chart supports is a compliance matter.",
}
# The cause that a verdict already says.
SAID_BY_VERDICT = {
    Verdict.SEQUENCE: {Cause.SEQUENCE}, Verdict.POA: {Cause.POA}, Verdict.UNSUPPORTED: set(),
    Verdict.MODIFIER: {Cause.MODIFIER}, Verdict.UNITS: {Cause.UNITS}, Verdict.POINTER: {Cause.POINTER},
}  # fmt: skip

MEASURES = {
    "learning": ("Learning score", "Full credit for right codes, part credit for near ones."),
    "f1": ("F1", "Right codes against both what you entered and what the key wants."),
    "code_over_code": ("Code over code", "Right codes as a share of the key. The usual hospital audit measure."),
    "practicode": ("Right of the longer list", "Right codes as a share of the longer of the two lists."),
    "weighted": ("Weighted accuracy", "Each part by its weight; what the chart does not ask for drops out."),
    "principal": ("Principal or first-listed", "Whether the first diagnosis is the right one."),
    "poa": ("POA", "Right indicators among the matched codes that need one."),
    "sequence": ("Rule-bound order", "Pairs in the right order among those where a rule decides."),
    "drg": ("MS-DRG", "Whether your sheet groups where the key groups."),
}


@dataclass(frozen=True)
class StatementWords:
    """What a sheet's errors come to: the badge's kind and word, a sentence on the sheet, one on a single line."""

    badge: str
    word: str
    sentence: str
    of_line: str


STATEMENTS = {
    Statement.OVER: StatementWords(
        "compliance",
        "Overstated",
        "Your sheet claims more than the chart supports. That is a compliance matter.",
        "This error makes the claim larger than the chart supports.",
    ),
    Statement.UNDER: StatementWords(
        "partial",
        "Understated",
        "Your sheet claims less than the chart supports.",
        "This error makes the claim smaller than the chart supports.",
    ),
    Statement.LEVEL: StatementWords(
        "exact", "Same payment", "Your sheet comes to the same payment as the key.", "This error moves the group."
    ),
    Statement.ELSEWHERE: StatementWords(
        "wrong",
        "Another group",
        "Your sheet groups elsewhere than the key, and no weight says which of them pays more.",
        "This error moves the group.",
    ),
}


def grouping(found: Mapping[str, Any]) -> str:
    """A stay by its MS-DRG and weight, a visit by its HCCs and risk score."""
    if found["drg"]:
        weight = f", weight {found['weight']:.4f}" if found["weight"] is not None else ""
        return f"MS-DRG {found['drg']} {found['title'] or UNGROUPABLE}{weight}"
    if found["raf"] is None:
        return NO_GROUP
    hccs = "; ".join(f"HCC {each['hcc']} {each['title']}".strip() for each in found["hccs"]) or "no HCC"
    return f"risk score {found['raf']:.3f}, {hccs}"


def moved(statement: Statement, without: Mapping[str, Any]) -> str:
    return f"{STATEMENTS[statement].of_line} Put right, the sheet comes to {grouping(without)}."


def payment_model(name: str, code_sets: Collection[str], *, is_proposed: bool) -> str:
    """A chart without procedures groups as a medical stay, and a visit stands for a whole year."""
    alone = STAY_ALONE if name.startswith("MS-DRG") else VISIT_ALONE
    whole = "" if ICD10PCS in code_sets else f" {alone}"
    return f"{name}. {PROPOSED_ESTIMATE if is_proposed else ESTIMATE}{whole}"


def poa_words(poa: str) -> str:
    return {"": "no POA", Poa.EXEMPT: "exempt"}.get(poa, f"POA {poa}")


def needs_poa(position: int, code: str) -> str:
    return f"Line {position}, {code}, has no POA indicator yet."


def biggest_lesson(missed: int, unsupported: int, others: int) -> str:
    """The one sentence above the lines, from what cost most."""
    if missed:
        return f"You left out {count(missed, 'diagnosis', 'diagnoses')} that the chart supports."
    if unsupported:
        return f"You reported {count(unsupported, 'code')} that the chart does not support."
    if others:
        return f"The right conditions are all there; {count(others, 'line')} can be made exact."
    return "Every line agrees with the key."


def count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


FACE_WORDS = {
    "inpatient": "Inpatient",
    "observation": "Observation",
    "emergency": "Emergency department",
    "clinic": "Clinic",
    "asc": "Ambulatory surgery center",
    "snf": "Skilled nursing facility",
    "home_health": "Home health",
    "facility": "Facility",
    "professional": "Professional",
}


def submit_label(lines: int) -> str:
    return f"Submit {count(lines, 'code')}" if lines else "Submit"


def trail(found: Trail, note: str) -> str:
    """Three facts, each said plainly; none of them is right or wrong."""
    facts = [
        f"the Index {_opened(found.came_through_index)}{' before it' if found.was_verified_in_tabular else ''}",
        f"its page in the Tabular {_opened(found.was_verified_in_tabular)}",
    ]
    if found.opened_deciding_note is not None:
        facts.append(f"guideline {note} {_opened(found.opened_deciding_note)}")
    return f"Looked up: {'; '.join(facts)}."


def _opened(was_opened: bool) -> str:
    return "opened" if was_opened else "not opened"
