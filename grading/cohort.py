"""Figures over many charts: pooled and mean of each measure, agreement of two coders, codes that need a ruling."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from grading.answers import NEAR_MISSES, Cause, ChartGrade, LineResult, normal_code
from grading.measures import MEASURES, Measure, add_up

ENOUGH_LEARNERS, SHARE_OF_LEARNERS = 3, Fraction(1, 10)


@dataclass(frozen=True, slots=True)
class Figures:
    """Pooled: all lines of all charts as one chart. Mean: every chart weighs the same. They differ; say which."""

    pooled: Measure
    mean: Measure


def cohort_figures(grades: Sequence[ChartGrade]) -> dict[str, Figures]:
    if not grades:
        return {name: Figures(None, None) for name in MEASURES}
    tally = add_up(grade.tally for grade in grades)
    return {
        name: Figures(measure(tally), _mean([grade.measures[name] for grade in grades]))
        for name, measure in MEASURES.items()
    }


def cohens_kappa(both: int, first_only: int, second_only: int, neither: int) -> Fraction | None:
    """Agreement of two coders beyond chance, on yes and no for each candidate line. Of a chart's lines F1 says more,
    because codes that nobody thought of would swell `neither`."""
    total = both + first_only + second_only + neither
    if not total:
        return None
    observed = Fraction(both + neither, total)
    yes = Fraction(both + first_only, total) * Fraction(both + second_only, total)
    no = Fraction(second_only + neither, total) * Fraction(first_only + neither, total)
    return None if yes + no == 1 else (observed - yes - no) / (1 - yes - no)


def codes_to_rule_on(grades: Sequence[ChartGrade]) -> list[tuple[str, int]]:
    """Rule R17: unlisted codes that three learners or a tenth of them entered, with how many; one grade a learner. A
    near miss that no author judged is as unlisted as an extra."""
    entered: Counter[str] = Counter()
    for grade in grades:
        entered.update({normal_code(line.answer_code or "") for line in grade.lines if _is_unlisted(line)})
    enough = min(Fraction(ENOUGH_LEARNERS), SHARE_OF_LEARNERS * len(grades))
    return [(code, number) for code, number in entered.most_common() if number >= enough]


def _is_unlisted(line: LineResult) -> bool:
    is_near_miss = line.verdict in NEAR_MISSES and Cause.ALTERNATIVE not in line.causes
    return is_near_miss or Cause.UNLISTED in line.causes


def _mean(scores: Sequence[Measure]) -> Measure:
    """Charts on which a measure does not apply are left out (R4)."""
    present = [score for score in scores if score is not None]
    return sum(present, Fraction(0)) / len(present) if present else None
