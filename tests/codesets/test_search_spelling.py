import pytest
from hypothesis import given
from hypothesis import strategies as st

from codesets import search_spelling
from codesets.search_spelling import Vocabulary

KNOWN = ("asthma", "crohn", "chronic", "pneumonia", "gout", "migraine", "migrans", "psoriasis", "cirrhosis")
VOCABULARY = Vocabulary((word, 10) for word in KNOWN)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("athsma", "asthma"),
        ("chron", "crohn"),
        ("pnuemonia", "pneumonia"),
        ("newmonia", "pneumonia"),
        ("guot", "gout"),
        ("migrane", "migraine"),
        ("soriasis", "psoriasis"),
        ("sirosis", "cirrhosis"),
    ],
)
def test_misspelt_word_finds_its_neighbour(typed, meant):
    assert VOCABULARY.corrections(typed)[0] == meant


def test_far_words_are_not_corrected():
    assert VOCABULARY.corrections("xylophone") == []


@given(st.text(alphabet="abc", max_size=6), st.text(alphabet="abc", max_size=6))
def test_edits_are_symmetric_and_zero_only_for_equals(left, right):
    assert search_spelling.edits(left, right) == search_spelling.edits(right, left)
    assert (search_spelling.edits(left, right) == 0) == (left == right)
