"""Is each code a code, whole, and valid on the day; and does a diagnosis stand twice?"""

from collections import Counter
from collections.abc import Iterator

from codesets import formats
from codesets.edits import wording
from codesets.edits.encounter import Finding, Kind, Severity
from codesets.edits.sheet import Entry, Line, Sheet, Standing, finding
from codesets.systems import System

SHAPES = {System.HCPCS: formats.HCPCS_SHAPE, System.CPT: formats.CPT_SHAPE, System.ICD10PCS: formats.PCS_SHAPE}
FOURTH = 4


def codes(sheet: Sheet) -> Iterator[Finding]:
    for line in sheet.lines:
        if line.is_corrected:
            text = wording.look_alike(line.typed, line.code)
            yield finding(Severity.INFO, Kind.UNKNOWN_CODE, (line,), line.entry.source, text)
        if fault := _fault(line, sheet):
            yield finding(Severity.ERROR, fault[0], (line,), *fault[1:])


def duplicates(sheet: Sheet) -> Iterator[Finding]:
    """ICD-10-CM only: a procedure or a service may be done twice."""
    for code, times in Counter(line.code for line in sheet.diagnoses).items():
        if times > 1:
            text = wording.duplicate(code, times)
            yield Finding(Severity.ERROR, Kind.DUPLICATE, (code,), "I.B.12", text)


def _fault(line: Line, sheet: Sheet) -> tuple[Kind, str, str] | None:
    """Kind, reference and sentence."""
    entry = line.entry
    match entry.standing:
        case Standing.HEADER:
            return _incomplete(entry)
        case Standing.OTHER_DATE if entry.life is not None:
            return Kind.NOT_VALID_ON_DATE, entry.source, wording.other_date(entry.shown, sheet.encounter.on, entry.life)
        case Standing.UNKNOWN:
            return _unknown(entry)
        case Standing.NOT_JUDGED if entry.system in SHAPES and not SHAPES[System(entry.system)].fullmatch(entry.code):
            return _unknown(entry)
    return None


def _incomplete(entry: Entry) -> tuple[Kind, str, str]:
    if entry.sevenths:
        return Kind.INCOMPLETE, "I.A.5", wording.seventh(entry.shown, entry.sevenths)
    return Kind.HEADER, "I.B.2", wording.header(entry.shown, entry.missing, entry.life)


def _unknown(entry: Entry) -> tuple[Kind, str, str]:
    if entry.with_placeholder:
        return Kind.INCOMPLETE, "I.A.4", wording.placeholder(entry.shown, entry.with_placeholder)
    if entry.sevenths:
        return Kind.INCOMPLETE, "I.A.5", wording.seventh(entry.shown, entry.sevenths)
    if entry.rows:
        return Kind.PCS_ROW, f"ICD-10-PCS table {entry.code[:3]}", _no_row(entry)
    return Kind.UNKNOWN_CODE, entry.source, wording.unknown(entry.shown, entry.system, entry.complete_at)


def _no_row(entry: Entry) -> str:
    """The first character that no row of the table has after those before it."""
    rows = list(entry.rows)
    for place, character in enumerate(entry.code[3:], start=FOURTH):
        axes = [row[place - FOURTH] for row in rows]
        values = sorted({value for axis in axes for value in axis["values"]})
        if character not in values:
            return wording.no_row(entry.code, place, str(axes[0]["title"]), values)
        rows = [row for row, axis in zip(rows, axes, strict=True) if character in axis["values"]]
    return wording.unknown(entry.shown, entry.system, "")
