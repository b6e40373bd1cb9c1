"""What every measure counts: wanted lines |K|, entered lines |C|, agreed lines |M|, order and POA."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from grading.answers import Answer, Cause, Key, LineClass, LineResult, Poa, Verdict
from grading.sequence import Order

Measure = Fraction | None  # None: nothing was asked and nothing given, so there is nothing to measure (R4)


@dataclass(frozen=True, slots=True)
class Tally:
    """Optional lines that were given and tolerated lines stand in none of the counts (R2)."""

    wanted: int
    entered: int
    agreed: int
    credit: Fraction  # sum of the learning credit over the wanted lines
    is_first_right: bool | None
    kept_pairs: int
    applicable_pairs: int
    poa_right: int
    poa_asked: int

    @property
    def extra(self) -> int:
        return self.entered - self.agreed


def count(key: Key, answer: Answer, lines: Iterable[LineResult], order: Order) -> Tally:
    results = list(lines)
    required = [result for result in results if result.line_class is LineClass.REQUIRED]
    agreed = [result for result in required if result.is_agreed]
    with_poa = [result for result in agreed if _asks_poa(key, result)]
    return Tally(
        wanted=len(required),
        entered=len(answer.lines) - sum(map(_is_left_out, results)),
        agreed=len(agreed),
        credit=sum((result.credit for result in required), Fraction(0)),
        is_first_right=_is_first_right(agreed, order),
        kept_pairs=order.kept_pairs,
        applicable_pairs=order.kept_pairs + order.broken_pairs,
        poa_right=sum(not _has_poa_fault(result) for result in with_poa),
        poa_asked=len(with_poa),
    )


def share(part: int | Fraction, whole: int) -> Measure:
    return Fraction(part) / whole if whole else None


def _is_left_out(result: LineResult) -> bool:
    is_given_option = result.line_class is LineClass.OPTIONAL and result.is_agreed
    return is_given_option or result.verdict is Verdict.TOLERATED


def _asks_poa(key: Key, result: LineResult) -> bool:
    return result.key_index is not None and key.lines[result.key_index].poa not in (None, Poa.EXEMPT)


def _has_poa_fault(result: LineResult) -> bool:
    return Cause.POA in result.causes or Cause.POA_MISSING in result.causes


def _is_first_right(agreed: Iterable[LineResult], order: Order) -> bool | None:
    if order.wanted_first is None:
        return None
    return any(
        result.key_index == order.wanted_first and result.answer_index == order.entered_first for result in agreed
    )
