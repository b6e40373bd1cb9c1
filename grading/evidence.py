"""Did the learner mark the words that support a line (rule R16)? Reported, and scored only where the case says so."""

from collections.abc import Iterable
from dataclasses import dataclass

LONGEST = 60  # words; whoever marks the whole page has found nothing
TIMES_LONGER = 3
CHARACTERS_OF_A_WORD = 6  # with its blank, where the text is not at hand


@dataclass(frozen=True, slots=True)
class Span:
    """Characters from `start` up to `end` of one document, and how many words they are."""

    document: str
    start: int
    end: int
    words: int


def span_in(document: str, start: int, end: int, text: str = "") -> Span:
    """Words are counted in the text and never taken from whoever marked them; without the text, by their length."""
    return Span(
        document, start, end, len(text[start:end].split()) if text else -(-(end - start) // CHARACTERS_OF_A_WORD)
    )


def is_right_evidence(marked: Iterable[Span], accepted: Iterable[Span]) -> bool:
    """Rule R16 reads: not longer than 3 × the accepted span, and not than 60 words either. An accepted span that is
    longer than 60 words itself may be marked in its own length, so that the key's own words are always right. Several
    marks together are held to the accepted spans together."""
    marks, wanted = list(marked), list(accepted)
    is_found = any(_overlaps(mark, right) and _is_short(mark.words, right.words) for mark in marks for right in wanted)
    return is_found and _is_short(sum(mark.words for mark in marks), sum(right.words for right in wanted))


def _overlaps(span: Span, right: Span) -> bool:
    return span.document == right.document and span.start < right.end and right.start < span.end


def _is_short(words: int, right: int) -> bool:
    return words <= max(right, min(TIMES_LONGER * right, LONGEST))
