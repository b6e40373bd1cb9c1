"""Questions to the groupers and their answers as JSON: what the commands read and write, line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from codesets import formats, wording
from codesets.edits.encounter import Encounter
from codesets.groupers.hcc import Model, RiskScore, payment_year_of
from codesets.groupers.msdrg import Grouped
from grading.answers import ICD10CM, ICD10PCS, Role, Setting
from grading.parsing import parse_answer
from kit import json_lines
from kit.json_lines import Unreadable

Line = Mapping[str, Any]
OLDEST = 124
SEXES = {"F": "F", "FEMALE": "F", "M": "M", "MALE": "M"}


@dataclass(frozen=True, slots=True)
class Person:
    """Whose year of diagnoses is scored."""

    codes: tuple[str, ...]
    age: int
    sex: str
    year: int
    model: Model


def read_stay(line: Line, *, today: date) -> Encounter:
    """Without a day, as of today."""
    if not line.get("principal"):
        raise Unreadable('a stay has a principal diagnosis: {"principal": {"code": "A41.9", "poa": "Y"}}.')
    rows = [
        _row(line["principal"], ICD10CM) | {"role": Role.PRINCIPAL.value},
        *(_row(each, ICD10CM) for each in _list(line, "secondary")),
        *(_row(each, ICD10PCS) for each in _list(line, "procedures")),
    ]
    return Encounter(
        on=json_lines.day(line.get("on")) or today,
        setting=Setting.INPATIENT,
        lines=parse_answer({"lines": rows}).lines,
        **read_facts(line),
    )


def read_facts(line: Line) -> dict[str, Any]:
    """Age, sex and discharge status; None where the line does not say."""
    return {"age": _age(line), "sex": _sex(line), "discharge_status": _status(line)}


def read_person(line: Line, *, today: date) -> Person:
    """Without a payment year, the one that diagnoses of `on`, or else of today, count for."""
    age, sex, model = _age(line), _sex(line), str(line.get("model") or "V28").upper()
    if age is None or sex is None:
        raise Unreadable('a risk score needs age and sex: {"age": 72, "sex": "F"}.')
    if model not in Model.__members__:
        raise Unreadable(f"the model {model[:40]!r} is not one of {', '.join(Model.__members__)}.")
    codes = [str(_row(each, ICD10CM)["code"]) for each in _list(line, "codes")]
    year = line.get("year") or payment_year_of(json_lines.day(line.get("on")) or today)
    return Person(tuple(codes), age, sex, _whole(year, "year"), Model[model])


def write_grouped(grouped: Grouped, without: Sequence[str | None] = ()) -> dict[str, Any]:
    """`without`: the group that each line's absence would lead to, where that was asked for."""
    severity = [
        {"code": each.code, "severity": each.severity or None, "effect": each.effect.value, "hac": each.hac or None}
        for each in grouped.lines
    ]
    for row, drg in zip(severity, without, strict=bool(without)):
        row["drg_without"] = drg
    return {
        "drg": grouped.drg,
        "title": grouped.title,
        "mdc": grouped.mdc,
        "weight": None if grouped.weight is None else float(grouped.weight),
        "severity": severity,
        "drg_without_hac_rule": grouped.drg_without_hac_rule,
        "ungrouped_because": grouped.ungrouped_because or None,
        "version": grouped.version,
        "note": wording.ESTIMATE,
    }


def write_score(score: RiskScore) -> dict[str, Any]:
    return {
        "model": score.model.name,
        "payment_year": score.year,
        "hccs": [each.number for each in score.hccs],
        "raf": float(score.raf),
        "demographic": float(score.demographic),
        "coefficients": {each.number: float(each.coefficient) for each in score.hccs},
        "interactions": {name: float(value) for name, value in score.interactions.items()},
        "below": list(score.below),
        "note": wording.PROPOSED_ESTIMATE if score.is_proposed else wording.ESTIMATE,
    }


def read_row(written: object) -> dict[str, Any]:
    """A code alone, or an object with its POA letter and more."""
    row = dict(written) if isinstance(written, dict) else {"code": written}
    if not isinstance(row.get("code"), str) or not formats.strip(row["code"]):
        raise Unreadable(f'{str(written)[:40]!r} is not a code: write {{"code": "A41.9"}}.')
    if row.get("poa") == "1":  # the claim format writes 1 where no letter is due
        row["poa"] = "exempt"
    return row


def _row(written: object, system: str) -> dict[str, Any]:
    row = read_row(written)
    return {"code": row["code"], "poa": row.get("poa"), "system": system}


def _list(line: Line, name: str) -> list[Any]:
    rows = [] if line.get(name) is None else line[name]
    if not isinstance(rows, list):
        raise Unreadable(f"{name} is a list of codes.")
    return rows


def _age(line: Line) -> int | None:
    if line.get("age") is None:
        return None
    age = _whole(line["age"], "age")
    if not 0 <= age <= OLDEST:
        raise Unreadable(f"an age lies between 0 and {OLDEST} years.")
    return age


def _whole(written: object, name: str) -> int:
    if isinstance(written, bool) or not isinstance(written, int):
        raise Unreadable(f"{name} is a whole number, not {str(written)[:40]!r}.")
    return written


def _sex(line: Line) -> str | None:
    if line.get("sex") in (None, ""):
        return None
    if (word := str(line["sex"]).upper()) not in SEXES:
        raise Unreadable(f"the sex {str(line['sex'])[:40]!r} is neither F nor M.")
    return SEXES[word]


def _status(line: Line) -> str | None:
    if line.get("discharge_status") in (None, ""):
        return None
    digits = str(line["discharge_status"])
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 2):
        raise Unreadable(f"the discharge status {digits[:40]!r} is not two digits, as 01 for home.")
    return digits.zfill(2)
