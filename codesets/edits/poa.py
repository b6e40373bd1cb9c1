"""Is present on admission said where it must be, left out where it must be, and possible? Inpatient claims only."""

import csv
import re
from collections.abc import Iterator
from functools import cache

from codesets.edits import wording
from codesets.edits.encounter import Finding, Kind, Severity
from codesets.edits.sheet import Entry, Line, Sheet, Standing, finding
from codesets.loaders.edition import FACTS
from codesets.rules.ranges import CodeList, code_list
from grading.answers import Poa

APPENDIX, EXEMPT_LIST = "Appendix I", "POA-exempt list of the year"
OBSTETRIC = "O"  # I.C.15.b.4: what complicates the delivery is principal, though it came after admission
# "Acute on chronic", "chronic … with exacerbation": N where the acute part came later
CHRONIC, ACUTE = re.compile(r"^Chronic\b"), re.compile(r"\b(acute|exacerbation|with)\b", re.IGNORECASE)


def indicators(sheet: Sheet) -> Iterator[Finding]:
    if not sheet.encounter.is_inpatient:
        return
    lines = [line for line in sheet.diagnoses if line.entry.standing is Standing.BILLABLE]
    if any(line.entry.poa_exempt is None for line in lines):
        sheet.notices.setdefault(wording.NO_POA_LIST)
        return
    missing = tuple(line for line in lines if line.coded.poa is None and not line.entry.poa_exempt)
    if missing:
        text = wording.poa_missing(list(dict.fromkeys(line.code for line in missing)))
        yield finding(Severity.ERROR, Kind.POA_MISSING, missing, APPENDIX, text)
    exempt = tuple(line for line in lines if line.entry.poa_exempt and line.coded.poa not in (None, Poa.EXEMPT))
    if exempt:
        text = wording.poa_exempt(list(dict.fromkeys(line.code for line in exempt)))
        yield finding(Severity.INFO, Kind.POA_EXEMPT, exempt, EXEMPT_LIST, text)
    for line in lines:
        if not line.entry.poa_exempt:
            yield from _of_line(line, is_first=line is sheet.first)


def _of_line(line: Line, *, is_first: bool) -> Iterator[Finding]:
    letter = line.coded.poa
    if letter is Poa.EXEMPT:
        yield finding(Severity.ERROR, Kind.POA_MISSING, (line,), EXEMPT_LIST, wording.poa_not_exempt(line.code))
    elif letter is Poa.NO and is_first and not line.entry.code.startswith(OBSTETRIC):
        text = wording.principal_not_present(line.code, letter)
        yield finding(Severity.WARNING, Kind.POA_IMPOSSIBLE, (line,), f"II; {APPENDIX}", text)
    elif letter is Poa.NO and _is_always_present(line.entry):
        text = wording.always_present(line.code, letter)
        yield finding(Severity.WARNING, Kind.POA_IMPOSSIBLE, (line,), APPENDIX, text)


def _is_always_present(entry: Entry) -> bool:
    by_title = CHRONIC.search(entry.title) and not ACUTE.search(entry.title)
    return bool(by_title) or always_present().holds(entry.code)


@cache
def always_present() -> CodeList:
    """Appendix I: a chronic condition is Y, even where it was diagnosed after admission."""
    lines = (FACTS / "always-present.csv").read_text(encoding="utf-8").splitlines()
    return code_list(*(row["codes"] for row in csv.DictReader(each for each in lines if each[0] != "#")))
