"""A stay as CMS's own software wants it, for grouper and code editor alike; which edition counts on a day."""

from __future__ import annotations

import atexit
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from codesets import formats, wording
from codesets.edits.encounter import Encounter
from codesets.loaders import heavy
from grading.answers import ICD10CM, ICD10PCS, CodedLine, Poa, Role

GROUPER, EDITOR = "MsdrgGrouper", "MceEditor"
LETTERS = frozenset({Poa.YES, Poa.NO, Poa.UNKNOWN, Poa.UNDETERMINED})
SEXES = {"M": 0, "F": 1}
UNKNOWN_SEX = 2
ADULT = 45  # stands in where no age is given
HOME = 1


class CannotGroup(ValueError):
    """These lines have no group; the message is the sentence for the user."""


@dataclass(frozen=True, slots=True)
class Version:
    """One edition of the MS-DRGs: 430 is version 43.0, in force from 1 October 2025 until the next one starts."""

    number: int
    starts: date
    ends: date

    @property
    def label(self) -> str:
        return f"{self.number / 10:.1f}"


@cache
def engine(name: str) -> Any:
    """Grouper or code editor, opened once in a process; both may be used by several threads."""
    try:
        opened = getattr(heavy.package("msdrg", "group stays"), name)()
    except heavy.NotInstalled as problem:
        raise CannotGroup(str(problem)) from problem
    except (OSError, RuntimeError) as problem:  # a library built for another machine
        raise CannotGroup(wording.GROUPER_DOES_NOT_START) from problem
    atexit.register(opened.close)
    return opened


@cache
def versions() -> tuple[Version, ...]:
    """Oldest first. Two a year: in October, and in April for the second half."""
    numbers = sorted(engine(GROUPER).available_versions())
    starts = [_start_of(number) for number in numbers]
    ends = [*(start - timedelta(days=1) for start in starts[1:]), _half_year_from(starts[-1])]
    return tuple(map(Version, numbers, starts, ends))


def version_on(day: date) -> Version:
    for version in versions():
        if version.starts <= day <= version.ends:
            return version
    raise CannotGroup(wording.no_grouper_version(day, versions()[0].starts, versions()[-1].ends))


def principal_of(stay: Encounter) -> CodedLine:
    """The line that says so, else the first diagnosis."""
    diagnoses = [line for line in stay.lines if line.system == ICD10CM]
    if not diagnoses:
        raise CannotGroup(wording.NO_PRINCIPAL_DIAGNOSIS)
    return next((line for line in diagnoses if line.role is Role.PRINCIPAL), diagnoses[0])


def claim_of(stay: Encounter) -> dict[str, Any]:
    principal = principal_of(stay)
    secondary = [line for line in stay.lines if line.system == ICD10CM and line is not principal]
    return {
        "age": ADULT if stay.age is None else stay.age,
        "sex": SEXES.get(stay.sex or "", UNKNOWN_SEX),
        "discharge_status": int(stay.discharge_status or HOME),
        "discharge_date": int(stay.on.strftime("%Y%m%d")),
        # A sheet without any letter was not asked for them; one missing letter is a fault that the grouper sees.
        "hospital_status": "NOT_EXEMPT" if any(line.poa for line in stay.lines) else "EXEMPT",
        "pdx": _diagnosis(principal),
        "sdx": list(map(_diagnosis, secondary)),
        "procedures": [{"code": formats.strip(line.code)} for line in stay.lines if line.system == ICD10PCS],
    }


def _diagnosis(line: CodedLine) -> dict[str, str]:
    code = {"code": formats.strip(line.code)}
    return code | {"poa": line.poa.value} if line.poa in LETTERS else code


def _start_of(number: int) -> date:
    year = number // 10 + 1982  # version 43 is of fiscal year 2026
    return date(year, 10, 1) if number % 10 == 0 else date(year + 1, 4, 1)


def _half_year_from(start: date) -> date:
    return date(start.year + 1, 3, 31) if start.month == 10 else date(start.year, 9, 30)
