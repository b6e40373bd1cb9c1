"""May this diagnosis stand first?"""

import re
from collections.abc import Iterator

from codesets.edits import wording
from codesets.edits.encounter import Finding, Kind, Severity
from codesets.edits.sheet import FIRST_ROLES, Line, Sheet, finding

EXTERNAL_CAUSES = tuple("VWXY")
INJURIES = tuple("ST")
SEQUELA, SEVENTH = "S", 7
# Not "as the cause of diseases classified elsewhere": those say which germ, and follow for another reason.
MANIFESTATION = re.compile(r"\bin\b.*\bclassified elsewhere")


def is_manifestation(line: Line) -> bool:
    return MANIFESTATION.search(line.entry.title) is not None


def manifestation_first(sheet: Sheet) -> Iterator[Finding]:
    if sheet.first and is_manifestation(sheet.first):
        text = wording.manifestation_first(sheet.first.code)
        yield finding(Severity.ERROR, Kind.MANIFESTATION_FIRST, (sheet.first,), "I.A.13", text)


def external_cause_first(sheet: Sheet) -> Iterator[Finding]:
    if sheet.first and sheet.first.entry.code.startswith(EXTERNAL_CAUSES):
        text = wording.external_cause_first(sheet.first.code)
        yield finding(Severity.ERROR, Kind.EXTERNAL_CAUSE_FIRST, (sheet.first,), "I.C.20.a.6", text)


def sequela_first(sheet: Sheet) -> Iterator[Finding]:
    """I.B.10: what the injury left behind, then the injury with 7th character S."""
    first = sheet.first
    if first is None or not (first.entry.code.startswith(INJURIES) and first.entry.code[SEVENTH - 1 :] == SEQUELA):
        return
    yield finding(Severity.WARNING, Kind.SEQUENCE, (first,), "I.B.10", wording.sequela_first(first.code))


def one_first(sheet: Sheet) -> Iterator[Finding]:
    marked = tuple(line for line in sheet.diagnoses if line.coded.role in FIRST_ROLES)
    if len(marked) > 1:
        section = "II" if sheet.encounter.has_principal_diagnosis else "IV.A"
        text = wording.two_firsts([line.code for line in marked])
        yield finding(Severity.ERROR, Kind.SEQUENCE, marked, section, text)
