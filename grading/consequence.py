"""What did the errors move: MS-DRG, weight, HCC and RAF of the sheet beside the key's (rule R15)?

Groupers are not known here; whoever grades fills the `Grouper` interface from a code set's payment tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import Protocol

from grading.answers import Answer, CodedLine, Key, KeyLine, LineClass, LineResult, Role, Verdict


@dataclass(frozen=True, slots=True)
class Grouping:
    """What a payer makes of a list of codes; HCCs after their hierarchy. None where a payment model does not apply."""

    drg: str | None = None
    weight: Fraction | None = None
    hccs: frozenset[str] = frozenset()
    raf: Fraction | None = None


class Grouper(Protocol):
    """For one encounter: date, age, sex and discharge status are known to the implementation."""

    def group(self, lines: Sequence[CodedLine]) -> Grouping: ...

    def severity(self, code: str) -> frozenset[str]:
        """CC, MCC and the HCCs that a diagnosis carries by itself."""


class Statement(StrEnum):
    OVER = "overstatement"  # a compliance flag
    UNDER = "understatement"
    LEVEL = "level"
    ELSEWHERE = "elsewhere"  # another DRG, and no weight says which of them pays more


@dataclass(frozen=True, slots=True)
class Moved:
    """One error: what it made of the grouping that the sheet has without it."""

    result_index: int
    without: Grouping
    statement: Statement


@dataclass(frozen=True, slots=True)
class Consequence:
    wanted: Grouping
    entered: Grouping
    moved: tuple[Moved, ...]
    statement: Statement


def find_consequence(
    key: Key, answer: Answer, results: Sequence[LineResult], grouper: Grouper, *, principal: int | None
) -> Consequence:
    wanted, entered = grouper.group(lines_of_key(key, results)), grouper.group(answer.lines)
    moved = [
        Moved(index, without, _state(without, entered))
        for index, result in enumerate(results)
        if result.verdict not in (Verdict.AGREE, Verdict.TOLERATED)
        for without in [grouper.group(_repaired(key, answer, result, principal))]
        if without != entered
    ]
    return Consequence(wanted, entered, tuple(moved), _state(wanted, entered))


def lines_of_key(key: Key, results: Iterable[LineResult] = ()) -> list[CodedLine]:
    """What a claim by this key carries: required lines, and the conditional ones that this sheet asks for."""
    asked = {result.key_index for result in results if result.line_class is LineClass.CONDITIONAL}
    return [_as_coded(line) for i, line in enumerate(key.lines) if line.line_class is LineClass.REQUIRED or i in asked]


def loses_severity(grouper: Grouper, wanted: str, entered: str) -> bool:
    return bool(grouper.severity(wanted) - grouper.severity(entered))


def changes_drg(grouper: Grouper, key: Key, index: int, line: CodedLine) -> bool:
    """Would the key group elsewhere if its line read as the learner wrote it?"""
    wrong = replace(key.lines[index], code=line.code)
    lines = (*key.lines[:index], wrong, *key.lines[index + 1 :])
    return grouper.group(lines_of_key(key)).drg != grouper.group(lines_of_key(replace(key, lines=lines))).drg


def _repaired(key: Key, answer: Answer, result: LineResult, principal: int | None) -> list[CodedLine]:
    """The sheet with this one error put right. The principal diagnosis comes first, whatever took its place."""
    at, lines = result.answer_index, list(answer.lines)
    if at is not None:
        del lines[at]
    if result.key_index is None or result.line_class is LineClass.FORBIDDEN:
        return lines
    right = _as_coded(key.lines[result.key_index])
    if result.key_index == principal:
        return [right, *(replace(line, role=Role.SECONDARY) if line.role else line for line in lines)]
    lines.insert(len(lines) if at is None else at, right)
    return lines


def _as_coded(line: KeyLine) -> CodedLine:
    return CodedLine(
        line.code, system=line.system, role=line.role, poa=line.poa, modifiers=line.modifiers, units=line.units
    )


def _state(right: Grouping, entered: Grouping) -> Statement:
    """By DRG weight, else by RAF; more HCCs than right is an overstatement even without a number."""
    if right.drg != entered.drg and (right.weight is None or entered.weight is None):
        return Statement.ELSEWHERE
    for wanted, got in ((right.weight, entered.weight), (right.raf, entered.raf)):
        if wanted is not None and got is not None and wanted != got:
            return Statement.OVER if got > wanted else Statement.UNDER
    if entered.hccs != right.hccs:
        return Statement.OVER if entered.hccs - right.hccs else Statement.UNDER
    return Statement.LEVEL
