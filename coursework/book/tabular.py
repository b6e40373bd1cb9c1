"""The Tabular List below a code or a section: every code down to its 6th character, notes in place, 7th characters."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models.functions import Length

from codesets.models import Code, CodeNote, HeldNote, NoteKind, Section
from coursework.book.links import Links
from coursework.book.notes import NoteGroup, own_groups

COMPLETE = 7
SEVENTH = re.compile(r"([0-9A-Z]): (.+)", re.DOTALL)


@dataclass(frozen=True)
class Row:
    """One code of the Tabular as printed: its depth below the top of the page, and its own notes."""

    code: Code
    depth: int
    notes: list[NoteGroup]


@dataclass(frozen=True)
class Below:
    """What stands below one code, and the notes of it all."""

    codes: list[Code]
    notes: list[CodeNote]
    finished: list[Code]

    def rows(self, top: Code, links: Links) -> list[Row]:
        return rows_of(self.codes, self.notes, links, top=len(top.code))


def below(code: Code) -> Below:
    """Codes with a 7th character are not printed one by one: `finished` are those directly below this code."""
    # A range, because an index serves it on both engines; every character of a code is at most Z.
    under = Code.objects.filter(
        release_id=code.release_id, code__gt=code.code, code__lte=code.code.ljust(COMPLETE, "Z")
    )
    codes = list(under.annotate(length=Length("code")).filter(length__lt=COMPLETE))
    notes = notes_of(codes)
    finished = code.children.annotate(length=Length("code"))
    return Below(codes, notes, list(finished.filter(length=COMPLETE)))


def notes_of(codes: Sequence[Code]) -> list[CodeNote]:
    release = codes[0].release_id if codes else None
    return list(CodeNote.objects.filter(release=release, holder__in=[each.code for each in codes]))


def rows_of(codes: Iterable[Code], notes: Iterable[CodeNote], links: Links, *, top: int) -> list[Row]:
    held: dict[str, list[CodeNote]] = defaultdict(list)
    for note in notes:
        held[note.holder].append(note)
    return [Row(code, max(len(code.code) - top - 1, 0), own_groups(held[code.code], links)) for code in codes]


def without_choices(held: Iterable[HeldNote], code: Code, below: Below) -> list[HeldNote]:
    """Of a list of 7th characters what is still open: nothing where a table shows it, its own on a finished code."""
    own = code.code[-1] if len(code.code) == COMPLETE else ""
    if not (own or below.finished):
        return list(held)
    lists = ((each, each.kind == NoteKind.SEVENTH_CHARACTER and SEVENTH.fullmatch(each.text)) for each in held)
    return [each for each, found in lists if not found or found[1] == own]


def seventh_meanings(held: Iterable[HeldNote]) -> dict[str, str]:
    """Character → what it says, from the list that governs the code."""
    found = (SEVENTH.fullmatch(each.text) for each in held if each.kind == NoteKind.SEVENTH_CHARACTER)
    return {match[1]: match[2] for match in found if match}


def notes_of_section(section: Section) -> list[CodeNote]:
    return list(CodeNote.objects.filter(release_id=section.release_id, holder=section.name))
