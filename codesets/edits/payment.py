"""What NCCI and MUE say of services on one day, from the lists that the institution loaded under its own licence."""

import re
from collections import defaultdict
from collections.abc import Iterator

from codesets.edits import wording
from codesets.edits.encounter import Finding, Kind, Severity
from codesets.edits.sheet import Line, Sheet, finding
from codesets.models import CodingEdit
from grading.answers import CPT, HCPCS
from grading.modifiers import OVERRIDE

NEVER, WITH_MODIFIER = "0", "1"
PER_LINE = "1"
# NCCI Policy Manual, chapter I: an anatomic modifier or one of these sets a pair aside; 76 and 77 repeat one service.
ANATOMIC = re.compile(r"E[1-4]|F[A1-9]|T[A1-9]|[LR]T|L[CDM]|R[CI]")
DISTINCT = (OVERRIDE | {"27"}) - {"76", "77"}


def ncci(sheet: Sheet) -> Iterator[Finding]:
    lines = _services(sheet)
    for pair in sheet.pairs:
        for one in lines[pair.column_one]:
            for other in lines[pair.column_two]:
                yield from _pair(pair, one, other)


def mue(sheet: Sheet) -> Iterator[Finding]:
    """1 is counted line by line; 2 and 3 over the day."""
    lines = _services(sheet)
    for limit in sheet.limits:
        held = lines[limit.code]
        together = [(line,) for line in held] if limit.adjudication == PER_LINE else [tuple(held)]
        for some in together:
            units = sum(line.coded.units or 1 for line in some)
            if units > limit.units:
                text = wording.too_many_units(some[0].code, units, limit.units)
                yield finding(Severity.WARNING, Kind.MUE, some, f"MUE {limit.adjudication}", text)


def _pair(pair: CodingEdit, one: Line, other: Line) -> Iterator[Finding]:
    modifiers = [*one.coded.modifiers, *other.coded.modifiers]
    is_set_aside = any(each in DISTINCT or ANATOMIC.fullmatch(each) for each in modifiers)
    if pair.modifier_indicator == NEVER or (pair.modifier_indicator == WITH_MODIFIER and not is_set_aside):
        can_be = pair.modifier_indicator == WITH_MODIFIER
        text = wording.pair(one.code, other.code, can_be_modified=can_be)
        severity = Severity.WARNING if can_be else Severity.ERROR
        yield finding(severity, Kind.NCCI, (one, other), f"NCCI {pair.column_one} / {pair.column_two}", text)


def _services(sheet: Sheet) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = defaultdict(list)
    for line in sheet.lines:
        if line.coded.system in (CPT, HCPCS):
            found[line.entry.code].append(line)
    return found
