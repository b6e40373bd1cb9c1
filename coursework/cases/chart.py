"""A chart document as blocks of text with marked words. Pure: the evidence comes in as quotations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

HEADING = re.compile(r"[A-Z][A-Z0-9 /&,()'-]{2,60}(\([^)]*\))?:?")  # PLAN, or PROBLEM LIST (carried over)


@dataclass(frozen=True)
class Span:
    """Words of a document that carry evidence; `label` says which line they support, `anchor` is their address."""

    start: int
    end: int
    label: str
    anchor: str = ""


@dataclass(frozen=True)
class Piece:
    """A run of text; `labels` names the lines it is evidence for, `starts` the marks that begin here."""

    text: str
    labels: tuple[str, ...] = ()
    starts: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Block:
    """A heading or a line of the document."""

    is_heading: bool
    pieces: tuple[Piece, ...]


def locate(text: str, quotes: Iterable[tuple[str, str, str]]) -> list[Span]:
    """Find each (label, anchor, quotation). One that is not in the text gives no span; the loader refuses those."""
    spans = []
    for label, anchor, quote in quotes:
        start = text.find(quote)
        if start >= 0:
            spans.append(Span(start, start + len(quote), label, anchor))
    return spans


def blocks(text: str, spans: Iterable[Span] = ()) -> list[Block]:
    """The document line by line, empty lines left out, each line cut where a mark begins or ends."""
    marked = sorted(spans, key=lambda span: (span.start, span.end))
    found = []
    offset = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            pieces = tuple(cut(text, offset, offset + len(line.rstrip()), marked))
            found.append(Block(bool(HEADING.fullmatch(line.strip())), pieces))
        offset += len(line)
    return found


def cut(text: str, start: int, end: int, spans: list[Span]) -> Iterator[Piece]:
    edges = {edge for span in spans for edge in (span.start, span.end) if start < edge < end}
    points = sorted({start, end} | edges)
    for left, right in pairwise(points):
        here = [span for span in spans if span.start <= left and right <= span.end]
        labels = tuple(dict.fromkeys(span.label for span in here))
        yield Piece(text[left:right], labels, tuple(span for span in here if span.start == left))
