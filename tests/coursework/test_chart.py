"""Marking words in a chart never changes the text of the chart."""

from hypothesis import given
from hypothesis import strategies as st

from coursework.cases.chart import Span, blocks, locate

NOTE = "HISTORY\nAcute kidney injury, treated.\n\nASSESSMENT AND PLAN\nKidney injury resolved."


def words(found) -> list[tuple[str, tuple[str, ...]]]:
    return [(piece.text, piece.labels) for block in found for piece in block.pieces]


def test_headings_and_lines_are_told_apart():
    assert [block.is_heading for block in blocks(NOTE)] == [True, False, True, False]


def test_the_quoted_words_are_marked_with_their_line():
    found = blocks(NOTE, locate(NOTE, [("1", "a", "kidney injury")]))

    assert words(found)[1:4] == [("Acute ", ()), ("kidney injury", ("1",)), (", treated.", ())]


def test_overlapping_marks_carry_both_labels():
    found = blocks(NOTE, locate(NOTE, [("1", "a", "Acute kidney"), ("2", "b", "kidney injury")]))

    assert ("kidney", ("1", "2")) in words(found)


def test_a_quotation_that_is_not_there_marks_nothing():
    assert locate(NOTE, [("1", "a", "heart failure")]) == []


@given(st.text("AB c\n", max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=5))
def test_the_text_survives_any_marks(text, edges):
    spans = [Span(min(edge), max(edge), str(number)) for number, edge in enumerate(edges)]

    shown = "\n".join("".join(piece.text for piece in block.pieces) for block in blocks(text, spans))

    assert shown == "\n".join(line.rstrip() for line in text.splitlines() if line.strip())
