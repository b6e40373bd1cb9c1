"""Which edits of the Medicare Code Editor does an inpatient stay fail, and which code is each of them about?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from codesets import formats, wording
from codesets.edits.encounter import Encounter
from codesets.groupers.claims import (
    ADULT,
    EDITOR,
    HOME,
    UNKNOWN_SEX,
    CannotGroup,
    claim_of,
    engine,
    principal_of,
    versions,
)
from grading.answers import ICD10CM, ICD10PCS, CodedLine

ABOUT_PRINCIPAL = frozenset({"E_CODE_AS_PDX", "MANIFESTATION_AS_PDX", "UNACCEPTABLE_PDX"})  # no other line is tried
AGE, INVALID = "AGE_CONFLICT", "INVALID_CODE"
BLANK = "0000000"  # which the editor takes for an empty field


@dataclass(frozen=True, slots=True)
class McEdit:
    """`name` is the editor's own word, as MANIFESTATION_AS_PDX; `code` stands as on the sheet."""

    name: str
    code: str


def edits_of(stay: Encounter) -> tuple[McEdit, ...]:
    """In the order of the sheet. Raises CannotGroup with its sentence: no package, a day beyond it, no diagnosis."""
    claim = claim_of(stay)
    counts = _counts(claim, stay.on)
    if stay.age is None:
        counts.pop(AGE, None)
    return tuple(_located(stay, claim, counts)) if counts else ()


def knows_procedure(code: str, day: date) -> bool:
    """Is it in the editor's own list of the day, whatever list is loaded here?"""
    claim = {"discharge_date": int(day.strftime("%Y%m%d")), "age": ADULT, "sex": UNKNOWN_SEX, "discharge_status": HOME}
    return code != BLANK and INVALID not in _counts(
        {**claim, "pdx": {"code": ""}, "sdx": [], "procedures": [{"code": code}]}, day
    )


def _counts(claim: Mapping[str, Any], day: date) -> dict[str, int]:
    """Edits about codes; those about age, sex or discharge status are for whoever asks for the facts."""
    try:
        found = engine(EDITOR).edit(claim)
    except (RuntimeError, ValueError) as problem:
        raise CannotGroup(wording.UNREADABLE_FOR_GROUPER) from problem
    if found["edit_type"] == "INVALID_DISCHARGE_DATE":
        raise CannotGroup(wording.no_grouper_version(day, versions()[0].starts, versions()[-1].ends))
    return {edit["name"]: edit["count"] for edit in found["edits"] if edit["code_type"] != "NONE"}


def _located(stay: Encounter, claim: Mapping[str, Any], counts: Mapping[str, int]) -> Iterator[McEdit]:
    """The editor only counts. An edit is about each line without which it counts less, and the rest of it about the
    principal diagnosis, which no claim can be without."""
    principal = principal_of(stay)
    located: dict[int, list[str]] = {index: [] for index, _ in enumerate(stay.lines)}
    left = dict(counts)
    others = counts.keys() - ABOUT_PRINCIPAL
    for index, line in enumerate(stay.lines if others else ()):
        if line is principal or line.system not in (ICD10CM, ICD10PCS):
            continue
        fewer = _counts(_claim_without(claim, line), stay.on)
        located[index] = [name for name, count in counts.items() if fewer.get(name, 0) < count]
        for name in located[index]:
            left[name] -= 1
    located[stay.lines.index(principal)] = [name for name, count in left.items() if count > 0]
    for index, line in enumerate(stay.lines):
        yield from (McEdit(name, line.code) for name in located[index])


def _claim_without(claim: Mapping[str, Any], line: CodedLine) -> dict[str, Any]:
    part = "sdx" if line.system == ICD10CM else "procedures"
    lines = list(claim[part])
    lines.remove(next(each for each in lines if each["code"] == formats.strip(line.code)))
    return {**claim, part: lines}
