"""What did the errors move: MS-DRG, weight, HCC and RAF of the sheet beside the key's (rule R15)?

Groupers are not known here; whoever grades fills the `Grouper` interface from a code set's payment tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import Protocol

from grading.answers import MATCHED_CLASSES, Answer, CodedLine, Key, KeyLine, LineClass, LineResult, Role, Verdict
from grading.faults import right_letters


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
    ELSEWHERE = "elsewhere"  # another group, and no number says which of them pays more


@dataclass(frozen=True, slots=True)
class Moved:
    """One error: what it made of the grouping that the sheet has without it."""

    result_index: int
    without: Grouping
    statement: Statement


@dataclass(frozen=True, slots=True)
class Consequence:
    wanted: Grouping  # of the key as this sheet answers it
    entered: Grouping
    moved: tuple[Moved, ...]
    statement: Statement


def find_consequence(
    key: Key, answer: Answer, results: Sequence[LineResult], grouper: Grouper, *, principal: int | None
) -> Consequence:
    wanted, entered = grouper.group(_as_answered(key, answer, results)), grouper.group(_claimed(key, answer.lines))
    moved = [
        Moved(index, without, _state(without, entered))
        for index, result in enumerate(results)
        if result.verdict not in (Verdict.AGREE, Verdict.TOLERATED)
        for without in [grouper.group(_claimed(key, _repaired(key, answer, result, principal)))]
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


def _as_answered(key: Key, answer: Answer, results: Iterable[LineResult]) -> list[CodedLine]:
    """Rule R2: with the optional lines that this sheet answers, none of them as the principal diagnosis."""
    judged = [(key.lines[result.key_index or 0], result) for result in results if result.line_class in MATCHED_CLASSES]
    judged.sort(key=lambda pair: pair[0].line_class is LineClass.OPTIONAL)
    return [_right(line, result, answer) for line, result in judged]


def _right(line: KeyLine, result: LineResult, answer: Answer) -> CodedLine:
    """Of several right codes and letters the one that was entered."""
    if not result.is_agreed:
        return _as_coded(line)
    entered = answer.lines[result.answer_index or 0]
    letters = right_letters(line, entered)
    return replace(_as_coded(line), code=entered.code, poa=entered.poa if entered.poa in letters else letters[0])


def _claimed(key: Key, lines: Iterable[CodedLine]) -> list[CodedLine]:
    """Without what is not judged: tolerated lines (R2), and letters where the key has none (R9)."""
    tolerated = {line.name for line in key.lines if line.line_class is LineClass.TOLERATED}
    asks_poa = any(line.poa for line in key.lines)
    claimed = [line for line in lines if line.name not in tolerated]
    return [replace(line, poa=None) if line.poa and not asks_poa else line for line in claimed]


def _repaired(key: Key, answer: Answer, result: LineResult, principal: int | None) -> list[CodedLine]:
    """The sheet with this one error put right. The principal diagnosis comes first, whatever took its place."""
    at, lines = result.answer_index, list(answer.lines)
    if at is not None:
        del lines[at]
    if result.key_index is None or result.line_class is LineClass.FORBIDDEN:
        return lines
    right = _right(key.lines[result.key_index], result, answer)
    if result.key_index == principal:
        return [right, *(replace(line, role=Role.SECONDARY) if line.role else line for line in lines)]
    lines.insert(len(lines) if at is None else at, right)
    return lines


def _as_coded(line: KeyLine) -> CodedLine:
    return CodedLine(line.code, line.system, line.role, line.poa, line.modifiers, line.units)


def _state(right: Grouping, entered: Grouping) -> Statement:
    """By DRG weight, else by RAF. Without these, HCCs beside all the right ones are an overstatement."""
    if right.drg != entered.drg and (right.weight is None or entered.weight is None):
        return Statement.ELSEWHERE
    for wanted, got in ((right.weight, entered.weight), (right.raf, entered.raf)):
        if wanted is not None and got is not None and wanted != got:
            return Statement.OVER if got > wanted else Statement.UNDER
    if entered.hccs == right.hccs or None not in (right.raf, entered.raf):
        return Statement.LEVEL
    if entered.hccs > right.hccs:
        return Statement.OVER
    return Statement.UNDER if entered.hccs < right.hccs else Statement.ELSEWHERE
