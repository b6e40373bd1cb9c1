"""What Medicare's own software finds in an inpatient claim: the code editor's edits, hospital-acquired conditions."""

from collections import defaultdict
from collections.abc import Iterator

from codesets.edits import wording
from codesets.edits.encounter import Finding, Kind, Severity
from codesets.edits.sequence import is_manifestation
from codesets.edits.sheet import Line, Sheet, finding
from codesets.groupers import mce, msdrg
from codesets.groupers.claims import CannotGroup
from grading.answers import Poa

EDITOR = "Medicare Code Editor"
NOT_PRESENT = frozenset({Poa.NO, Poa.UNKNOWN})
LIMITED = "LIMITED_COVERAGE"  # its many forms, one for each organ, begin so
# The editor's word → our kind. What is absent is found for every setting: invalid codes, duplicates, external causes.
EDITS = {
    "MANIFESTATION_AS_PDX": (Severity.ERROR, Kind.MANIFESTATION_FIRST),
    "UNACCEPTABLE_PDX": (Severity.ERROR, Kind.UNACCEPTABLE_PRINCIPAL),
    "REQUIRES_SDX": (Severity.ERROR, Kind.UNACCEPTABLE_PRINCIPAL),
    "AGE_CONFLICT": (Severity.ERROR, Kind.AGE),
    "SEX_CONFLICT": (Severity.ERROR, Kind.SEX),
    "QUESTIONABLE_ADMISSION": (Severity.INFO, Kind.ADMISSION),
    "QUESTIONABLE_OBSTETRIC_ADMISSION": (Severity.INFO, Kind.ADMISSION),
    "NON_COVERED": (Severity.ERROR, Kind.COVERAGE),
    "WRONG_PROCEDURE_PERFORMED": (Severity.ERROR, Kind.COVERAGE),
    LIMITED: (Severity.INFO, Kind.COVERAGE),
    "UNSPECIFIED": (Severity.WARNING, Kind.GUIDELINE),
}


def code_editor(sheet: Sheet) -> Iterator[Finding]:
    if not sheet.encounter.is_inpatient or sheet.first is None:
        return
    try:
        found = mce.edits_of(sheet.encounter)
    except CannotGroup as problem:
        sheet.notices.setdefault(str(problem))
        return
    for edit in found:
        name = LIMITED if edit.name.startswith(LIMITED) else edit.name
        if name in EDITS:
            yield from _edit(name, _line(sheet, edit.code))


def hospital_acquired(sheet: Sheet) -> Iterator[Finding]:
    """The grouper is asked only where a condition came after admission."""
    if not sheet.encounter.is_inpatient or not any(line.coded.poa in NOT_PRESENT for line in sheet.diagnoses):
        return
    try:
        grouped = msdrg.group(sheet.encounter)
    except CannotGroup as problem:
        sheet.notices.setdefault(str(problem))
        return
    conditions: dict[str, list[Line]] = defaultdict(list)
    for each in grouped.lines:
        if each.hac and (line := _line(sheet, each.code)).coded.poa in NOT_PRESENT:
            conditions[each.hac].append(line)
    for hac, lines in conditions.items():
        text = wording.hospital_acquired([line.code for line in lines], hac.removeprefix("HAC"))
        yield finding(Severity.WARNING, Kind.HAC, tuple(lines), f"MS-DRG {grouped.version}, {hac}", text)


def _edit(name: str, line: Line) -> Iterator[Finding]:
    severity, kind = EDITS[name]
    if kind is not Kind.MANIFESTATION_FIRST or not is_manifestation(line):  # said already, for every setting
        yield finding(
            severity, kind, (line,), f"{EDITOR}: {name.lower().replace('_', ' ')}", wording.edit(name, line.code)
        )


def _line(sheet: Sheet, code: str) -> Line:
    return next(line for line in sheet.lines if line.coded.code == code)
