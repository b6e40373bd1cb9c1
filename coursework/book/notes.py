"""The notes of a page in groups of one kind and one source, each with what its kind asks of a coder."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.safestring import SafeString

from codesets.models import CodeNote, HeldNote, NoteKind
from coursework.book import wording
from coursework.book.links import Links


@dataclass(frozen=True)
class NoteGroup:
    heading: str
    source: str
    lines: list[SafeString]
    meaning: str
    section: str


def held_groups(held: Iterable[HeldNote], links: Links) -> list[NoteGroup]:
    """Own notes first, then inherited ones with where they come from."""
    grouped = groupby(held, key=lambda each: (each.note.kind, each.source))
    return [group(kind, [each.text for each in found], links, source) for (kind, source), found in grouped]


def own_groups(notes: Iterable[CodeNote], links: Links) -> list[NoteGroup]:
    grouped = groupby(notes, key=lambda note: note.kind)
    return [group(kind, [note.text for note in found], links) for kind, found in grouped]


def group(kind: str, texts: list[str], links: Links, source: str = "") -> NoteGroup:
    heading = NoteKind(kind).label
    meaning, section = wording.NOTES[NoteKind(kind)]
    first, *others = texts
    # The Tabular prints "Use additional code to identify:" in one; the heading says the beginning already.
    said = "code" if heading.endswith("code") else ""
    lines = [first.removeprefix(said).lstrip(" ,"), *others]
    return NoteGroup(heading, source, [links.text(line) for line in lines], meaning, section)
