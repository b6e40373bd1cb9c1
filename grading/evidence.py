"""Did the learner mark the words that support a line (rule R16)? Reported, and scored only where the case says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

LONGEST = 60  # words; whoever marks the whole page has found nothing
TIMES_LONGER = 3


@dataclass(frozen=True, slots=True)
class Span:
    """Characters from `start` up to `end` of one document, and how many words they are."""

    document: str
    start: int
    end: int
    words: int


def is_right_evidence(marked: Iterable[Span], accepted: Iterable[Span]) -> bool:
    wanted = list(accepted)
    return any(_overlaps(span, right) and _is_short(span, right) for span in marked for right in wanted)


def _overlaps(span: Span, right: Span) -> bool:
    return span.document == right.document and span.start < right.end and right.start < span.end


def _is_short(span: Span, right: Span) -> bool:
    return span.words <= min(TIMES_LONGER * right.words, LONGEST)
