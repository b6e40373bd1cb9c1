"""Evaluation and management (rule R13): problems, data and risk decide the level, two of three."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

# The words of the CPT table for problems, data and risk, on one scale.
SCALE = {
    "straightforward": 1, "minimal": 1, "low": 2, "limited": 2, "moderate": 3, "multiple": 3, "high": 4, "extensive": 4,
}  # fmt: skip
NOT_SAID = 0
# Families of visits: the number for no decision making at all, then for each of the four complexities.
FAMILIES = (
    "----- 99202 99203 99204 99205", "99211 99212 99213 99214 99215",  # office: new, established
    "----- 99221 99221 99222 99223", "----- 99231 99231 99232 99233", "----- 99234 99234 99235 99236",  # hospital
    "----- 99242 99243 99244 99245", "----- 99252 99253 99254 99255",  # consultations
    "99281 99282 99283 99284 99285",  # emergency department
    "----- 99304 99304 99305 99306", "----- 99307 99308 99309 99310",  # nursing facility
    "----- 99341 99342 99344 99345", "----- 99347 99348 99349 99350",  # home or residence
)  # fmt: skip
EMERGENCY = "9928"  # never by time
QUARTER = Fraction(1, 4)


class Level(NamedTuple):
    family: tuple[str, ...]
    complexity: int  # the highest that the number stands for


LEVELS = {
    code: Level(family, place)
    for row in FAMILIES
    for family in [tuple(row.split())]
    for place, code in enumerate(family)
}
del LEVELS["-----"]


@dataclass(frozen=True, slots=True, order=True)
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
    return LEVELS[code].complexity if code in LEVELS else None


def family_of(code: str) -> str | None:
    """Numbers of one family differ by the level alone; the highest stands for them."""
    return LEVELS[code].family[-1] if code in LEVELS else None


def level_wanted(code: str, em: EM, by_time: str = "") -> str | None:
    """The number that the visit supports, in the family of `code`: by two of three or, if higher, by time."""
    if code not in LEVELS:
        return None
    by_decision = LEVELS[code].family[complexity(em)]
    return max(by_decision, by_time if family_of(by_time) == family_of(code) else "")


def score_em(wanted: EM, entered: EM | None, *, is_right_level: bool) -> Fraction:
    """A quarter each for problems, data, risk and level."""
    return QUARTER * (3 - len(wrong_reasons(wanted, entered)) + is_right_level)


def wrong_reasons(wanted: EM, entered: EM | None) -> tuple[str, ...]:
    return tuple(name for name in REASONS if entered is None or getattr(wanted, name) != getattr(entered, name))


REASONS = ("problems", "data", "risk")


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
