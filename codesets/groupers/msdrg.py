"""Which MS-DRG does a stay group to, what does each line add, and what if one line were not there?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any

from codesets import formats, wording
from codesets.edits.encounter import Encounter
from codesets.groupers.claims import GROUPER, CannotGroup, Version, claim_of, engine, principal_of, version_on
from codesets.models import Drg, NoRelease, Release, System
from grading.answers import ICD10CM, ICD10PCS

Weights = Mapping[str, Decimal]  # MS-DRG → relative weight


class Effect(StrEnum):
    """What becomes of a line's severity."""

    COUNTS = "counts"
    PRINCIPAL = "principal"  # the reason for the stay, never its own complication
    EXCLUDED = "excluded"  # Table 6K: not beside this principal diagnosis
    HAC = "hac"  # acquired in the hospital: it counts for nothing
    CHOOSES_GROUP = "chooses_group"  # a procedure that this group asks for
    NONE = "none"


@dataclass(frozen=True, slots=True)
class GroupedLine:
    """`severity` is what a diagnosis carries as a secondary one: CC, MCC or nothing."""

    code: str
    severity: str
    effect: Effect
    hac: str = ""  # HAC04


@dataclass(frozen=True, slots=True)
class Grouped:
    drg: str
    title: str
    mdc: str
    weight: Decimal | None  # None where Table 5 of the year is not loaded
    version: str
    lines: tuple[GroupedLine, ...]  # diagnoses and procedures, in the order of the sheet
    drg_without_hac_rule: str
    ungrouped_because: str = ""  # the grouper's own word for 998 and 999


def group(stay: Encounter, weights: Weights | None = None) -> Grouped:
    """Raises CannotGroup with its sentence: no package, no edition of the day, no diagnosis."""
    version = version_on(stay.on)
    try:
        found = engine(GROUPER).group(claim_of(stay) | {"version": version.number})
    except RuntimeError as problem:
        raise CannotGroup(wording.UNREADABLE_FOR_GROUPER) from problem
    return _read(stay, version, found, weights or {})


@lru_cache(maxsize=16_384)
def severity_of(code: str, version: Version) -> str:
    """CC, MCC or nothing: what a diagnosis carries by itself, whatever stands beside it."""
    claim = {"version": version.number, "pdx": {"code": formats.strip(code)}, "sdx": [], "procedures": []}
    severity: str = engine(GROUPER).group(claim)["pdx_output"]["severity"]
    return "" if severity == "NONE" else severity


def without(stay: Encounter, index: int) -> Encounter:
    """The stay as it would be had this line never been entered."""
    return replace(stay, lines=(*stay.lines[:index], *stay.lines[index + 1 :]))


def drgs_without_each(stay: Encounter) -> list[str | None]:
    """For each diagnosis and procedure, in the order of Grouped.lines: the group had it not been entered."""
    grouped = [index for index, line in enumerate(stay.lines) if line.system in (ICD10CM, ICD10PCS)]
    return [_drg_or_none(without(stay, index)) for index in grouped]


def _drg_or_none(stay: Encounter) -> str | None:
    try:
        return group(stay).drg
    except CannotGroup:  # that line was the only diagnosis
        return None


def weights_on(day: date) -> Weights:
    """Table 5 of the day, with the cap that Medicare pays by; empty where it is not loaded."""
    try:
        rows = Drg.objects.filter(release=Release.objects.in_force(System.MS_DRG, day))
    except NoRelease:
        return {}
    return {
        number: capped or weight
        for number, weight, capped in rows.values_list("number", "weight", "capped_weight")
        if weight is not None
    }


def _read(stay: Encounter, version: Version, found: Mapping[str, Any], weights: Weights) -> Grouped:
    drg = f"{found['final_drg']:03}"
    return Grouped(
        drg=drg,
        title=found["final_drg_description"],
        mdc=f"{found['final_mdc']:02}",
        weight=weights.get(drg),
        version=version.label,
        lines=_lines(stay, found),
        drg_without_hac_rule=f"{found['initial_drg']:03}",
        ungrouped_because="" if found["return_code"] == "OK" else found["return_code"],
    )


def _lines(stay: Encounter, found: Mapping[str, Any]) -> tuple[GroupedLine, ...]:
    """The grouper answers in an order of its own, and not on what cannot be a code."""
    principal = principal_of(stay)
    answers: dict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for system, part in ((ICD10CM, "sdx_output"), (ICD10PCS, "proc_output")):
        for answer in found[part]:
            answers[system, answer["code"]].append(answer)
    return tuple(
        _line(line.code, found["pdx_output"], is_principal=True)
        if line is principal
        else _line(line.code, (answers[line.system, formats.strip(line.code)] or [{}]).pop(0))
        for line in stay.lines
        if line.system in (ICD10CM, ICD10PCS)
    )


def _line(code: str, answer: Mapping[str, Any], *, is_principal: bool = False) -> GroupedLine:
    severity = answer.get("severity", "NONE")
    hac = next((hac["hac_list"] for hac in answer.get("hacs", ()) if hac["hac_status"] == "HAC_CRITERIA_MET"), "")
    effects = {
        Effect.PRINCIPAL: is_principal,
        # The grouper calls every procedure an operating-room one; which it used for the group can be trusted.
        Effect.CHOOSES_GROUP: "severity" not in answer and answer.get("drg_impact") in ("BOTH", "FINAL"),
        Effect.HAC: bool(hac),
        Effect.EXCLUDED: severity != "NONE" and "EXCLUDED" in answer.get("flags", ()),
        Effect.COUNTS: severity != "NONE",
    }
    effect = next((effect for effect, holds in effects.items() if holds), Effect.NONE)
    return GroupedLine(code, "" if severity == "NONE" else severity, effect, hac)
