"""What the notes of the whole Tabular List mean, and how many of them can be read."""

from itertools import groupby

import pytest

from codesets.edits import notes
from codesets.models import CodeNote, NoteKind
from codesets.rules import ranges
from tests.codesets.excerpt import whole_tabular


@pytest.fixture(scope="module")
def book() -> dict[str, list[notes.Note]]:
    rows = [CodeNote(holder=row.holder, kind=row.kind, text=row.text) for row in whole_tabular().others[0]]
    return {holder: notes.read(held) for holder, held in groupby(rows, key=lambda note: note.holder)}


def of(book, holder: str, kind: NoteKind) -> list[notes.Note]:
    return [note for note in book[holder] if note.kind == kind]


def test_nearly_every_excludes1_note_is_read(book):
    found = [note for held in book.values() for note in held if note.kind == NoteKind.EXCLUDES1]

    assert len(found) == 5_407
    assert sum(bool(note.ranges) for note in found) / len(found) >= 0.965
    assert sum(len(note.ranges) for note in found) == 5_668


@pytest.mark.parametrize(
    ("text", "held", "not_held"),
    [
        ("cystitis (N30.-)", ["N3000"], ["N390"]),
        ("gout (M1A.-, M10.-)", ["M1A00X0", "M109"], ["M119"]),
        ("poisoning, if applicable (T36-T65 with fifth or sixth character 1-4)", ["T39011A"], ["T39015A"]),
        ("poisoning due to salicylates, if applicable (T39.0-, with sixth character 1-4)", ["T39012A"], ["T39016A"]),
        ("certain localized infections - see body system-related chapters", [], ["A419"]),
        ("Henoch (-Schönlein) purpura (D69.0)", ["D690"], ["D691"]),
    ],
)
def test_references_are_read_as_the_book_writes_them(text, held, not_held):
    found = notes.references(text)

    assert all(any(each.holds(code) for each in found) for code in held)
    assert not any(each.holds(code) for each in found for code in not_held)


def test_a_lead_takes_the_lines_below_it(book):
    (note,) = of(book, "F02", NoteKind.CODE_FIRST)

    assert note.lines[0] == "the underlying physiological condition, such as:"
    assert note.names(ranges.place("G309"), "G309")
    assert (note.is_open, note.is_conditional) == (True, False)
    assert note.text_naming("G309", "G309") == ("the underlying physiological condition, such as: Alzheimer's (G30.-)")


@pytest.mark.parametrize(
    ("holder", "is_conditional"), [("D631", False), ("I50", True), ("A41", True), ("N18", True), ("R297", False)]
)
def test_a_note_that_may_not_apply_is_conditional(book, holder, is_conditional):
    assert {note.is_conditional for note in of(book, holder, NoteKind.CODE_FIRST)} == {is_conditional}


def test_the_note_on_adverse_effects_is_about_them_alone(book):
    (note,) = of(book, "T36-T50", NoteKind.CODE_FIRST)

    assert note.is_about("T501X5A")
    assert not note.is_about("T501X1A")
    assert not note.is_about("T501X6A")
