"""What a rule can ask of a coded sheet: one small function for each condition, in one table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from codesets import formats
from codesets.edits.encounter import Encounter
from codesets.rules.ranges import CodeList, code_list
from grading.answers import ICD10CM, ICD10PCS, Poa, Role

Places = tuple[int, ...]  # in Encounter.lines
Meets = Callable[["Sheet"], Places | None]  # the lines that meet it, perhaps none; None where it does not hold
SEVENTH = 7
FIRST_ROLES = (Role.PRINCIPAL, Role.FIRST_LISTED)


class BadRule(ValueError):
    """A rule that cannot be understood; the sentence says which and why."""


@dataclass(frozen=True, slots=True)
class Condition:
    """`lists`: the lists of codes it looks at; unless it asks for absence, the sheet must hold a code of each."""

    meets: Meets
    lists: tuple[CodeList, ...] = ()
    of_absence: bool = False


class Sheet:
    """One encounter as rules see it: diagnoses in sequence, procedures, and which lists hold which lines."""

    def __init__(self, encounter: Encounter, lists_of: Callable[[str], Iterable[CodeList]]) -> None:
        self.encounter = encounter
        self.codes = [line.name[1] for line in encounter.lines]
        self.diagnoses = [at for at, line in enumerate(encounter.lines) if line.system == ICD10CM]
        self._held: dict[CodeList, list[int]] = defaultdict(list)
        for at in self.diagnoses:
            for each in lists_of(self.codes[at]):
                self._held[each].append(at)

    @property
    def lists(self) -> Iterable[CodeList]:
        return self._held.keys()

    def of(self, codes: CodeList) -> Places:
        return tuple(self._held.get(codes, ()))

    @cached_property
    def sequence(self) -> list[int]:
        """Diagnoses, the principal or first-listed one first, wherever it was entered."""
        first = [at for at in self.diagnoses if self.encounter.lines[at].role in FIRST_ROLES][:1]
        return first + [at for at in self.diagnoses if at not in first]

    def first_place(self, codes: CodeList) -> int | None:
        held = self.of(codes)
        return next((place for place, at in enumerate(self.sequence) if at in held), None)


def has(codes: CodeList) -> Condition:
    return Condition(lambda sheet: sheet.of(codes) or None, (codes,))


def has_no(codes: CodeList) -> Condition:
    return Condition(lambda sheet: None if sheet.of(codes) else (), (codes,), of_absence=True)


def first(codes: CodeList) -> Condition:
    return Condition(lambda sheet: (sheet.sequence[0],) if sheet.first_place(codes) == 0 else None, (codes,))


def not_first(codes: CodeList) -> Condition:
    return Condition(lambda sheet: None if sheet.first_place(codes) == 0 else sheet.of(codes) or None, (codes,))


def only(codes: CodeList) -> Condition:
    def meets(sheet: Sheet) -> Places | None:
        held = sheet.of(codes)
        return held if held and len(held) == len(sheet.diagnoses) else None

    return Condition(meets, (codes,))


def order(before: CodeList, after: CodeList) -> Condition:
    """Holds for the wrong order: what belongs after stands above all that belongs before."""

    def meets(sheet: Sheet) -> Places | None:
        right, wrong = sheet.first_place(before), sheet.first_place(after)
        found = right is not None and wrong is not None and wrong < right
        return (*sheet.of(before), *sheet.of(after)) if found else None

    return Condition(meets, (before, after))


def at_least(count: int, of: CodeList) -> Condition:
    def meets(sheet: Sheet) -> Places | None:
        held = sheet.of(of)
        return held if len({sheet.codes[at] for at in held}) >= count else None

    return Condition(meets, (of,))


def _alike(codes: CodeList, key: Callable[[str], str], differ: Callable[[str], str]) -> Condition:
    """Lines of the list with the same key that differ; an empty key is alike to nothing."""

    def meets(sheet: Sheet) -> Places | None:
        groups: dict[str, list[int]] = defaultdict(list)
        for at in sheet.of(codes):
            groups[key(sheet.codes[at])].append(at)
        groups.pop("", None)
        alike = [held for held in groups.values() if len({differ(sheet.codes[at]) for at in held}) > 1]
        return tuple(at for held in alike for at in held) or None

    return Condition(meets, (codes,))


def same_category(codes: CodeList) -> Condition:
    return _alike(codes, key=lambda code: code[: formats.CATEGORY], differ=lambda code: code)


def other_fourth(codes: CodeList) -> Condition:
    """One category on two levels: F10.1 and F10.2."""
    return _alike(codes, key=lambda code: code[: formats.CATEGORY], differ=lambda code: code[formats.CATEGORY :][:1])


def same_but(character: int, codes: CodeList) -> Condition:
    """Equal in every character but this one, counted from 1."""

    def others(code: str) -> str:
        return f"{code[: character - 1]}_{code[character:]}" if len(code) >= character else ""

    return _alike(codes, key=others, differ=lambda code: code)


def seventh(of: CodeList, within: str) -> Condition:
    letters = set(within)

    def meets(sheet: Sheet) -> Places | None:
        return tuple(at for at in sheet.of(of) if sheet.codes[at][SEVENTH - 1 :] in letters) or None

    return Condition(meets, (of,))


def age(under: int = 200, over: int = -1) -> Condition:
    """In whole years; where the age is not known it does not hold."""

    def meets(sheet: Sheet) -> Places | None:
        years = sheet.encounter.age
        return () if years is not None and over < years < under else None

    return Condition(meets)


def sex(letter: str) -> Condition:
    return Condition(lambda sheet: () if sheet.encounter.sex == letter else None)


def poa(of: CodeList, within: frozenset[Poa]) -> Condition:
    def meets(sheet: Sheet) -> Places | None:
        return tuple(at for at in sheet.of(of) if sheet.encounter.lines[at].poa in within) or None

    return Condition(meets, (of,))


def procedure(beginnings: tuple[str, ...]) -> Condition:
    return Condition(lambda sheet: _procedures(sheet, beginnings) or None)


def no_procedure(beginnings: tuple[str, ...]) -> Condition:
    return Condition(lambda sheet: None if _procedures(sheet, beginnings) else ())


def _procedures(sheet: Sheet, beginnings: tuple[str, ...]) -> Places:
    lines = enumerate(sheet.encounter.lines)
    return tuple(at for at, line in lines if line.system == ICD10PCS and sheet.codes[at].startswith(beginnings))


def _codes(said: Any) -> CodeList:
    if not isinstance(said, list):
        raise BadRule(f"{said!r} is no list of codes.")
    return code_list(*map(str, said))


def _words(said: Any) -> tuple[str, ...]:
    if not isinstance(said, list):
        raise BadRule(f"{said!r} is no list.")
    return tuple(map(str, said))


# How each condition is written in a rule file: its word, and what stands behind it.
CONDITIONS: dict[str, Callable[[Any], Condition]] = {
    "has": lambda said: has(_codes(said)),
    "has_no": lambda said: has_no(_codes(said)),
    "first": lambda said: first(_codes(said)),
    "not_first": lambda said: not_first(_codes(said)),
    "only": lambda said: only(_codes(said)),
    "order": lambda said: order(_codes(said.pop("before")), _codes(said.pop("after"))),
    "at_least": lambda said: at_least(int(said.pop("count")), _codes(said.pop("of"))),
    "same_category": lambda said: same_category(_codes(said)),
    "other_fourth": lambda said: other_fourth(_codes(said)),
    "same_but": lambda said: same_but(int(said.pop("character")), _codes(said.pop("of"))),
    "same_but_seventh": lambda said: same_but(SEVENTH, _codes(said)),
    "seventh": lambda said: seventh(_codes(said.pop("of")), str(said.pop("in"))),
    "age": lambda said: age(**{each: int(said.pop(each)) for each in ("under", "over") if each in said}),
    "sex": lambda said: sex({"F": "F", "M": "M"}[said]),
    "poa": lambda said: poa(_codes(said.pop("of")), frozenset(map(Poa, _words(said.pop("in"))))),
    "procedure": lambda said: procedure(_words(said)),
    "no_procedure": lambda said: no_procedure(_words(said)),
}


def read(written: Any) -> Condition:
    """{"has": ["I10"]} as a condition."""
    if not isinstance(written, dict) or len(written) != 1:
        raise BadRule(f"{written!r} is no condition: write one word and what it asks for.")
    ((word, said),) = written.items()
    if word not in CONDITIONS:
        raise BadRule(f"“{word}” is no condition; there are {', '.join(CONDITIONS)}.")
    if not said:
        raise BadRule(f"“{word}” asks for nothing.")
    left = dict(said) if isinstance(said, dict) else said
    try:
        condition = CONDITIONS[word](left)
    except (AttributeError, KeyError, TypeError, ValueError) as problem:
        raise BadRule(f"“{word}: {said}” cannot be read: {problem}") from problem
    if isinstance(left, dict) and left:
        raise BadRule(f"“{word}” does not know {', '.join(left)}.")
    return condition
