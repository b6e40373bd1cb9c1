"""Evaluation and management (rule R13): problems, data and risk decide the level, two of three."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

# The words of the CPT table for problems, data and risk, on one scale.
SCALE = {
    "straightforward": 1, "minimal": 1, "low": 2, "limited": 2, "moderate": 3, "multiple": 3, "high": 4, "extensive": 4,
}  # fmt: skip
EMERGENCY = "9928"
# By the family's first four digits: what the last digit is for each of the four complexities.
LEVELS = {
    "9920": (2, 3, 4, 5), "9921": (2, 3, 4, 5), "9922": (1, 1, 2, 3), "9923": (1, 1, 2, 3), EMERGENCY: (2, 3, 4, 5),
}  # fmt: skip
QUARTER = Fraction(1, 4)


@dataclass(frozen=True, slots=True)
class EM:
    """Why a visit has its level. `counted` lists the data that were counted, for the reader."""

    problems: int
    data: int
    risk: int
    is_by_time: bool = False
    counted: tuple[str, ...] = ()


def complexity(em: EM) -> int:
    """The second-highest of three: two of them must reach it."""
    return sorted((em.problems, em.data, em.risk))[1]


def level_of(code: str) -> int | None:
    return int(code[4]) if len(code) == 5 and code[:4] in LEVELS and code[4].isdigit() else None


def level_by_mdm(code: str, em: EM) -> int | None:
    family = LEVELS.get(code[:4])
    return family[complexity(em) - 1] if family else None


def score_em(wanted: EM, wanted_code: str, entered: EM | None, entered_code: str) -> Fraction:
    """A quarter each for problems, data, risk and level."""
    reasons = _right_reasons(wanted, entered)
    return QUARTER * (reasons + (wanted_code == entered_code))


def has_wrong_reasons(wanted: EM, entered: EM | None) -> bool:
    return _right_reasons(wanted, entered) < 3


def _right_reasons(wanted: EM, entered: EM | None) -> int:
    if entered is None:
        return 0
    return (wanted.problems == entered.problems) + (wanted.data == entered.data) + (wanted.risk == entered.risk)


@dataclass(frozen=True, slots=True)
class LevelAgreement:
    """Shares of visits: the exact level, at most one level off, coded too high, coded too low."""

    exact: Fraction
    within_one: Fraction
    over: Fraction
    under: Fraction


def agree_on_levels(pairs: Iterable[tuple[int, int]]) -> LevelAgreement | None:
    """Pairs of the entered and the right level, one for each visit."""
    gaps = [entered - wanted for entered, wanted in pairs]
    if not gaps:
        return None
    kinds = ([gap == 0 for gap in gaps], [abs(gap) <= 1 for gap in gaps], [gap > 0 for gap in gaps])
    exact, within_one, over = (Fraction(sum(kind), len(gaps)) for kind in kinds)
    return LevelAgreement(exact, within_one, over, under=1 - exact - over)
