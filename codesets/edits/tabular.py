"""Do the notes of the Tabular List allow these diagnoses together, in this order; which others do they ask for?"""

from collections.abc import Iterator
from itertools import combinations

from codesets.edits import wording
from codesets.edits.encounter import Finding, Kind, Severity
from codesets.edits.notes import Note
from codesets.edits.sequence import is_manifestation
from codesets.edits.sheet import Entry, Line, Sheet, Standing, finding
from codesets.models import NoteKind
from codesets.rules.ranges import Range

ADVICE = {NoteKind.USE_ADDITIONAL: Kind.USE_ADDITIONAL, NoteKind.CODE_ALSO: Kind.CODE_ALSO}


def excludes1(sheet: Sheet) -> Iterator[Finding]:
    """One finding for a pair, by the first note that speaks: from the line above to the one below, else back."""
    lines = [(line, list(_notes(line, NoteKind.EXCLUDES1))) for line in _unlike(sheet)]
    for (one, notes), (other, others_notes) in combinations(lines, 2):
        if note := _excluding(notes, one.entry, other.entry) or _excluding(others_notes, other.entry, one.entry):
            text = wording.excludes(one.code, other.code, note.holder, note.text)
            yield finding(Severity.WARNING, Kind.EXCLUDES1, (one, other), f"Excludes1 at {note.holder}", text)


def code_first(sheet: Sheet) -> Iterator[Finding]:
    lines = _unlike(sheet)
    for at, line in enumerate(lines):
        for note in _notes(line, NoteKind.CODE_FIRST):
            yield from _code_first(line, note, lines[:at], lines[at + 1 :])


def advised(sheet: Sheet) -> Iterator[Finding]:
    """Each thing once, however many notes ask for it; what only sometimes applies is left to the book."""
    lines, said = _unlike(sheet), set[Range]()
    for line in (each for each in lines if each.entry.standing is Standing.BILLABLE):
        for kind, advice in ADVICE.items():
            for note in _notes(line, kind):
                if not _is_advice(note) or said.intersection(note.ranges) or _named(note, lines):
                    continue
                said.update(note.ranges)
                text = wording.advice(line.code, kind.label, wording.sentence_end(note.text))
                yield finding(Severity.INFO, advice, (line,), f"{kind.label} at {note.holder}", text)


def _code_first(line: Line, note: Note, before: list[Line], after: list[Line]) -> Iterator[Finding]:
    if not note.is_about(line.entry.code) or _named(note, before):
        return
    reference, said = f"Code first at {note.holder}", wording.sentence_end(note.text)
    late = None if before and note.names_examples else _named(note, after)
    if late:
        severity = Severity.WARNING if note.has_if else Severity.ERROR
        named = wording.sentence_end(note.text_naming(late.entry.place, late.entry.code))
        text = wording.wrong_order(line.code, late.code, named)
        yield finding(severity, Kind.CODE_FIRST, (line, late), reference, text)
    elif note.is_conditional:
        return
    elif not before:
        if not is_manifestation(line):  # said already
            text = wording.needs_before(line.code, said)
            yield finding(Severity.ERROR, Kind.CODE_FIRST, (line,), reference, text)
    elif not note.is_open:
        text = wording.none_before(line.code, said)
        yield finding(Severity.WARNING, Kind.CODE_FIRST, (line,), reference, text)


def _unlike(sheet: Sheet) -> list[Line]:
    """Diagnoses in sequence, each code once; a repeated one is another finding."""
    return list({line.code: line for line in reversed(sheet.diagnoses)}.values())[::-1]


def _notes(line: Line, kind: NoteKind) -> Iterator[Note]:
    return (note for note in line.entry.notes if note.kind == kind)


def _excluding(notes: list[Note], entry: Entry, other: Entry) -> Note | None:
    """A note above both that excludes the line's own code, too, cannot mean the pair."""
    for note in notes:
        if note.names(other.place, other.code) and not note.names(entry.place, entry.code):
            return note
    return None


def _named(note: Note, lines: list[Line]) -> Line | None:
    return next((line for line in lines if note.names(line.entry.place, line.entry.code)), None)


def _is_advice(note: Note) -> bool:
    return bool(note.ranges) and not note.is_conditional and not note.is_of_section
