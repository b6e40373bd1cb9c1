"""Review of a sheet that somebody else coded, a colleague or a machine (rule R24): agree, revise, delete, or add."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from grading.answers import normal_code


class Action(StrEnum):
    AGREE = "agree"
    REVISE = "revise"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class GivenLine:
    """A line under review and what is right about it; `right_code` where it must be revised."""

    code: str
    right: Action
    right_code: str = ""
    is_planted: bool = False  # an error that was put in on purpose


@dataclass(frozen=True, slots=True)
class Ruling:
    action: Action
    code: str = ""


@dataclass(frozen=True, slots=True)
class AuditScore:
    """`bias` is the share of planted errors that were agreed with: automation bias, where a machine suggested."""

    score: Fraction | None
    right: tuple[bool, ...]  # by given line
    found: frozenset[str]  # missing codes that were added
    added_wrongly: frozenset[str]
    bias: Fraction | None


def score_audit(
    given: Sequence[GivenLine], missing: Sequence[str], rulings: Mapping[int, Ruling], added: Sequence[str]
) -> AuditScore:
    """`rulings` by place of the given line; no ruling is a wrong one. Agreeing with a planted error counts double."""
    right = tuple(_is_right(line, rulings.get(place)) for place, line in enumerate(given))
    absent, entered = Counter(map(normal_code, missing)), Counter(map(normal_code, added))
    found = absent & entered  # a procedure may be missing twice
    planted = [place for place, line in enumerate(given) if line.is_planted]
    taken_in = [place for place in planted if place in rulings and rulings[place].action is Action.AGREE]
    decisions, opportunities = sum(right) + found.total() - len(taken_in), len(given) + absent.total()
    return AuditScore(
        score=Fraction(max(0, decisions), opportunities) if opportunities else None,
        right=right,
        found=frozenset(found),
        added_wrongly=frozenset(entered - absent),
        bias=Fraction(len(taken_in), len(planted)) if planted else None,
    )


def _is_right(line: GivenLine, ruling: Ruling | None) -> bool:
    if ruling is None or ruling.action is not line.right:
        return False
    return line.right is not Action.REVISE or normal_code(ruling.code) == normal_code(line.right_code)
