"""Read keys and answers from their JSON form (see docs/case-format.md); every fault is one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeVar

from grading.answers import (
    ICD10CM,
    Accept,
    Answer,
    CodedLine,
    Key,
    KeyLine,
    LineClass,
    Pair,
    Poa,
    Role,
    Setting,
    normal_code,
)

Choice = TypeVar("Choice", bound=StrEnum)
# Graded by later rules (R3, R10, R11); refused, so that a sheet is never scored by half of its key.
NOT_YET_GRADED = ("modifiers", "units", "pointers")


class UnreadableSheet(ValueError):
    """A key or an answer that cannot be read; the message is the sentence to show."""


def parse_key(mapping: Mapping[str, Any], setting: str | None = None) -> Key:
    """Take `key` of a grade_chart line; `setting` stands beside it there and inside the header of a case."""
    if mapping.get("variants"):
        raise UnreadableSheet("This key has variants, which are not graded here; give one complete key.")
    lines = [_key_line(row, LineClass.REQUIRED) for row in _rows(mapping, "lines")]
    for line_class in (LineClass.OPTIONAL, LineClass.TOLERATED, LineClass.FORBIDDEN):
        lines += [_key_line(row, line_class) for row in _rows(mapping, line_class.value)]
    _refuse_contradictions(lines)
    place = _choice(Setting, setting or mapping.get("setting") or Setting.CLINIC, "setting")
    return Key(setting=place, lines=tuple(lines), order=_pairs(mapping, lines))


def parse_answer(mapping: Mapping[str, Any]) -> Answer:
    return Answer(lines=tuple(CodedLine(*_identity(row)) for row in _rows(mapping, "lines")))


def _key_line(row: Mapping[str, Any], line_class: LineClass) -> KeyLine:
    if row.get("optional") is True:
        line_class = LineClass.OPTIONAL
    accept = tuple(_accept(choice) for choice in _rows(row, "accept"))
    return KeyLine(*_identity(row), line_class=line_class, accept=accept)


def _identity(row: Mapping[str, Any]) -> tuple[str, str, Role | None, Poa | None]:
    for field in NOT_YET_GRADED:
        if row.get(field):
            raise UnreadableSheet(f"Line {row.get('code')!r} has {field}, which are not graded here; remove them.")
    role = row.get("role")
    return (
        _code(row),
        str(row.get("system") or ICD10CM),
        None if role in (None, "") else _choice(Role, role, "role"),
        parse_poa(row.get("poa")),
    )


def parse_poa(letter: object) -> Poa | None:
    """YAML reads a bare Y or N as text here; blank and null mean that nothing was entered."""
    if letter is None or not str(letter).strip():
        return None
    text = str(letter).strip()
    return _choice(Poa, text.upper() if len(text) == 1 else text.lower(), "POA indicator")


def _code(row: Mapping[str, Any]) -> str:
    code = row.get("code")
    if not isinstance(code, str) or not normal_code(code):
        raise UnreadableSheet("A line has no code; every line needs a code written as text.")
    return code.strip()


def _accept(row: Mapping[str, Any]) -> Accept:
    credit = row.get("credit", 1)
    try:
        share = Fraction(str(credit))
    except (ValueError, ZeroDivisionError):
        share = Fraction(-1)
    if not 0 <= share <= 1:
        raise UnreadableSheet(f"The credit {credit!r} of {_code(row)} is not a number from 0 to 1.")
    return Accept(code=_code(row), credit=share)


def _rows(mapping: Mapping[str, Any], field: str) -> list[Mapping[str, Any]]:
    """A list of lines; a bare code stands for a line that has nothing but its code."""
    if not isinstance(mapping, Mapping):
        raise UnreadableSheet("A sheet is written as an object with a list of lines.")
    listed = mapping.get(field) or ()
    if listed is True or listed is False:
        return []
    if isinstance(listed, str) or not isinstance(listed, Iterable):
        raise UnreadableSheet(f"The field {field!r} is not a list.")
    return [_row(row, field) for row in listed]


def _row(row: object, field: str) -> Mapping[str, Any]:
    if isinstance(row, str):
        return {"code": row}
    if not isinstance(row, Mapping):
        raise UnreadableSheet(f"An entry of {field!r} is neither a code nor an object with a code.")
    return row


def _pairs(mapping: Mapping[str, Any], lines: list[KeyLine]) -> tuple[Pair, ...]:
    known = {normal_code(line.code) for line in lines}
    pairs = tuple(_pair(pair) for pair in mapping.get("order") or ())
    for code in (code for pair in pairs for code in (pair.before, pair.after)):
        if normal_code(code) not in known:
            raise UnreadableSheet(f"The order names {code}, which is not a line of the key.")
    return pairs


def _pair(pair: object) -> Pair:
    codes = [pair.get("before"), pair.get("after")] if isinstance(pair, Mapping) else pair
    if not isinstance(codes, list | tuple) or len(codes) != 2 or not all(isinstance(code, str) for code in codes):
        raise UnreadableSheet("An entry of the order is not a pair of two codes.")
    if normal_code(codes[0]) == normal_code(codes[1]):
        raise UnreadableSheet(f"The order puts {codes[0]} before itself.")
    return Pair(before=codes[0], after=codes[1])


def _refuse_contradictions(lines: list[KeyLine]) -> None:
    """A code cannot be right and forbidden in the same key."""
    right = {normal_code(code) for line in lines if line.line_class in _WANTED for code in _codes_of(line)}
    for line in lines:
        if line.line_class not in _WANTED and normal_code(line.code) in right:
            raise UnreadableSheet(f"The key lists {line.code} as right and as {line.line_class.value}.")


_WANTED = (LineClass.REQUIRED, LineClass.OPTIONAL)


def _codes_of(line: KeyLine) -> list[str]:
    return [line.code, *(choice.code for choice in line.accept)]


def _choice(kind: type[Choice], value: object, name: str) -> Choice:
    try:
        return kind(str(value))
    except ValueError:
        allowed = ", ".join(kind)
        raise UnreadableSheet(f"The {name} {value!r} is not known; it is one of {allowed}.") from None
