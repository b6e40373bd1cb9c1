"""Claims to check and what was found as JSON: what check_codes reads and writes, line by line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from codesets.edits.encounter import Encounter, Finding
from codesets.edits.sheet import Entry, Line, Standing
from codesets.groupers.written import read_facts, read_row
from codesets.lives import Life
from grading.answers import Setting
from grading.parsing import parse_answer
from kit import json_lines
from kit.json_lines import Unreadable

MOST_LINES = 999  # as many as the claim formats take, and more
ON_THE_DAY = (Standing.BILLABLE, Standing.HEADER)


def read_encounter(line: Mapping[str, Any]) -> Encounter:
    """Day and setting are said, never guessed: what is wrong depends on both. A HCPCS code needs its system:
    J1100 reads as a diagnosis without it."""
    day = json_lines.day(line.get("on"))
    if day is None:
        raise Unreadable('a claim has the day of service or discharge: {"on": "2025-11-03"}.')
    return Encounter(
        on=day,
        setting=_setting(line.get("setting")),
        lines=parse_answer({"lines": _rows(line.get("codes"))}).lines,
        **read_facts(line),
    )


def write_checked(lines: Iterable[Line], findings: Iterable[Finding], on: date) -> dict[str, Any]:
    return {
        "findings": [_finding(each) for each in findings],
        "codes_checked": [_checked(line.entry, on) for line in lines],
    }


def _finding(found: Finding) -> dict[str, Any]:
    return {
        "severity": found.severity.value,
        "kind": found.kind.value,
        "codes": list(found.codes),
        "message": found.text,
        "reference": found.reference,
    }


def _checked(entry: Entry, on: date) -> dict[str, Any]:
    """Valid: the release of the day has it, header or not. Null where no whole list is at hand."""
    is_open = entry.standing is Standing.NOT_JUDGED
    life = next((each for each in entry.lives if each.covers(on)), entry.life) or Life(None, None)
    return {
        "code": entry.shown,
        "valid": None if is_open else entry.standing in ON_THE_DAY,
        "billable": None if is_open else entry.standing is Standing.BILLABLE,
        "valid_from": life.starts and life.starts.isoformat(),
        "valid_to": life.ends and life.ends.isoformat(),
    }


def _setting(word: object) -> Setting:
    if word is None:
        raise Unreadable(f"a claim has a setting: one of {', '.join(Setting)}.")
    try:
        return Setting(str(word).strip().lower().replace(" ", "_"))
    except ValueError:
        known = ", ".join(Setting)
        raise Unreadable(f"the setting {str(word)[:40]!r} is not one of {known}.") from None


def _rows(codes: object) -> list[dict[str, Any]]:
    if not isinstance(codes, list):
        raise Unreadable('a claim has a list of codes: {"codes": [{"code": "I10"}]}.')
    if len(codes) > MOST_LINES:
        raise Unreadable(f"{len(codes)} codes are more than a claim holds: {MOST_LINES} at most.")
    return list(map(read_row, codes))
