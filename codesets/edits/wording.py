"""The sentences of the checker: what is wrong with a code or a pair, what next. One function or line per finding."""

from collections.abc import Collection
from datetime import date

from codesets.formats import dotted
from codesets.lives import Life
from codesets.systems import System
from codesets.wording import ORDINALS, day

NOTHING_FOUND = "Nothing is wrong with these codes by what is loaded here. The chart decides whether they are right."
I_A_12_A = "Both may stand only where the chart shows two unrelated conditions; ask the provider if it is not clear."
NO_NOTES = "No Tabular notes are loaded for this year: Excludes1, code first and the other notes are not checked."
NO_POA_LIST = "No POA-exempt list is loaded for this year: POA indicators are not checked."
NO_LICENCE = "No institution of this name has a CPT licence in force: its CPT, NCCI and MUE cannot be read."
EDITS = {
    "MANIFESTATION_AS_PDX": "{code} is a manifestation and is not taken as principal diagnosis: list its cause first.",
    "UNACCEPTABLE_PDX": "{code} is not taken as principal diagnosis: list the condition behind the admission first.",
    "REQUIRES_SDX": "{code} is taken as principal diagnosis only beside a secondary one: add the condition treated.",
    "AGE_CONFLICT": "{code} does not fit the age of the patient: check the code and the age.",
    "SEX_CONFLICT": "{code} does not fit the sex of the patient: check the code and the sex.",
    "QUESTIONABLE_ADMISSION": "{code} seldom justifies an inpatient stay: see whether the chart shows another reason.",
    "QUESTIONABLE_OBSTETRIC_ADMISSION": "{code} needs the delivery beside it: check whether one is documented.",
    "NON_COVERED": "{code} is not covered by Medicare as it is coded: check procedure and diagnoses.",
    "WRONG_PROCEDURE_PERFORMED": "{code} says that the wrong procedure was done: Medicare does not pay such a stay.",
    "LIMITED_COVERAGE": "{code} is covered by Medicare within limits only: check what the hospital is approved for.",
    "UNSPECIFIED": "{code} leaves the side open: the Medicare editor asks for a code that names it.",
}


def listed(codes: Collection[str], before_last: str = "and") -> str:
    """ "I10", "I10 and I11.9", "I10, I11.9 and N18.4"."""
    *before, last = codes
    return f"{', '.join(before)} {before_last} {last}" if before else last


def not_judged(system: str, on: date, has_selection: bool) -> str:
    held = "only a selection of it is loaded" if has_selection else f"no list is loaded for {day(on)}"
    return f"{System(system).label} codes are checked by their form alone: {held}."


def unknown(code: str, system: str, complete_at: str) -> str:
    hint = f" {dotted(complete_at)} is complete and takes no further character." if complete_at else ""
    return f"{code} is no {System(system).label} code.{hint or ' Look it up again, character by character.'}"


def look_alike(typed: str, code: str) -> str:
    return f"{typed} was read as {code}: check whether a letter or a digit was meant."


def header(code: str, missing: Collection[int], life: Life | None) -> str:
    places = listed([ORDINALS[place] for place in missing])
    was = f" Until {day(life.ends)} it was a complete code." if life and life.ends else ""
    return f"{code} is a header and needs its {places} character.{was} Choose a code below it by the chart."


def seventh(code: str, choices: Collection[str]) -> str:
    return f"{code} needs its 7th character: one of {', '.join(choices)}."


def placeholder(code: str, meant: str) -> str:
    return f"{code} lacks the placeholder X between code and 7th character: write {dotted(meant)}."


def other_date(code: str, on: date, life: Life) -> str:
    if life.ends is not None and life.ends < on:
        return f"{code} was valid until {day(life.ends)}, not on {day(on)}. Look for the code that replaced it."
    first = f"{code} is valid from {day(life.starts)}" if life.starts else f"{code} is not valid"
    return f"{first}, not on {day(on)}. Use the code of that day."


def duplicate(code: str, times: int) -> str:
    return f"{code} stands {times} times: report each diagnosis code once for an encounter."


def no_row(code: str, place: int, axis: str, values: Collection[str]) -> str:
    return (
        f"{code} is in no row of table {code[:3]}: after {code[: place - 1]} the {ORDINALS[place]} character "
        f"({axis}) cannot be {code[place - 1]}, but {listed(values, 'or')}."
    )


def excludes(code: str, other: str, holder: str, text: str) -> str:
    return f"{code} and {other} exclude each other: {holder} has Excludes1 “{text}”. {I_A_12_A}"


def manifestation_first(code: str) -> str:
    return f"{code} is a manifestation and never stands first: list the disease that causes it before it."


def external_cause_first(code: str) -> str:
    return f"{code} is an external cause and never stands first: list the injury or condition before it."


def sequela_first(code: str) -> str:
    return f"{code} is the sequela: list the condition that it left behind first."


def two_firsts(codes: Collection[str]) -> str:
    return f"{listed(codes)} are each marked as the first diagnosis: mark one."


def wrong_order(code: str, other: str, text: str) -> str:
    return f"{other} stands after {code}, whose note says: code first {text} Put {other} before it."


def needs_before(code: str, text: str) -> str:
    return f"{code} cannot stand first: its note says to code first {text} Put that code before it."


def none_before(code: str, text: str) -> str:
    return f"{code} needs one of these before it, and the sheet has none: code first {text}"


def advice(code: str, heading: str, text: str) -> str:
    """The heading and the first words of some notes both say "code"."""
    asks = heading.removesuffix(" code") if "code" in text.split()[:3] else heading
    return f"{code} has the note “{asks} {text}” See whether the chart documents it."


def poa_missing(codes: Collection[str]) -> str:
    needs = "needs a POA indicator" if len(codes) == 1 else "need a POA indicator"
    return f"{listed(codes)} {needs}: Y, N, U or W. The field stays blank only for codes on the exempt list."


def poa_exempt(codes: Collection[str]) -> str:
    return f"{listed(codes)} {'is' if len(codes) == 1 else 'are'} exempt from POA reporting: leave the field blank."


def poa_not_exempt(code: str) -> str:
    return f"{code} is not on the exempt list: it needs Y, N, U or W."


def principal_not_present(code: str, letter: str) -> str:
    return f"{code} is the reason for the admission and has POA {letter}: such a condition was present. Check both."


def always_present(code: str, letter: str) -> str:
    return f"{code} has POA {letter}, but such a condition is there before it is found: Y, whenever that was."


def edit(name: str, code: str) -> str:
    """What an edit of the Medicare Code Editor, by the editor's own name, means for the code."""
    return EDITS[name].format(code=code)


def hospital_acquired(codes: Collection[str], number: str) -> str:
    return (
        f"{listed(codes)}, not present on admission: hospital-acquired condition {number}, which does not raise the "
        "MS-DRG. Check the POA indicator against the chart."
    )


def pair(code: str, other: str, can_be_modified: bool) -> str:
    if can_be_modified:
        return f"{other} is not paid beside {code} without a modifier: add one only where the chart shows it apart."
    return f"{other} is never paid beside {code}, with or without a modifier: leave it out."


def too_many_units(code: str, units: int, most: int) -> str:
    return f"{code} has {units} units; the medically unlikely edit allows {most}. Check the units against the chart."


def sentence_end(text: str) -> str:
    """The words of a note with a full stop."""
    return f"{text.rstrip(' .,;:')}."
