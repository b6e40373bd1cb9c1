import pytest
from hypothesis import given
from hypothesis import strategies as st

from codesets import search_words
from codesets.search_words import SYNONYMS
from tests.codesets.excerpt import whole_tabular

VOCABULARY = [
    (word, 10, search_words.letter_mask(word)) for word in ("asthma", "crohn", "chronic", "pneumonia", "gout")
]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("athsma", "asthma"), ("chron", "crohn"), ("pnuemonia", "pneumonia"), ("guot", "gout")],
)
def test_misspelt_word_finds_its_neighbour(typed, meant):
    assert search_words.corrections(typed, VOCABULARY)[0] == meant


def test_far_words_are_not_corrected():
    assert search_words.corrections("xylophone", VOCABULARY) == []


@pytest.mark.parametrize(("british", "american"), [("anaemia", "anemia"), ("oedema", "edema"), ("tumour", "tumor")])
def test_british_spelling_reads_as_american(british, american):
    assert search_words.words(british) == search_words.words(american)


def test_default_titles_are_the_bare_condition():
    assert search_words.bare("Pneumonia, unspecified organism") == search_words.bare("pneumonia")
    assert search_words.bare("Type 2 diabetes mellitus without complications") == search_words.bare("diabetes type 2")
    assert search_words.bare("Other asthma") != search_words.bare("asthma")


def test_longest_phrase_is_taken_first():
    groups = search_words.split_phrases(["acute", "kidney", "injury", "cause"])

    assert [words for words, _ in groups] == [["acute", "kidney", "injury"], ["cause"]]


@given(st.text(alphabet="abc", max_size=6), st.text(alphabet="abc", max_size=6))
def test_edits_are_symmetric_and_zero_only_for_equals(left, right):
    assert search_words.edits(left, right) == search_words.edits(right, left)
    assert (search_words.edits(left, right) == 0) == (left == right)


@given(st.text(max_size=40))
def test_any_text_gives_plain_words(text):
    assert all(word.isascii() and word == word.lower() for word in search_words.words(text))


def test_every_synonym_has_a_reason_and_a_real_billable_code():
    billable = {row.code for row in whole_tabular().codes if row.billable}
    rows = list(search_words.synonyms().values())

    assert all(row.reason and row.means for row in rows)
    assert [row.term for row in rows if row.code and row.code.replace(".", "") not in billable] == []


def test_no_term_stands_twice_in_the_fixture():
    assert len(search_words.synonyms()) == len(SYNONYMS.read_text(encoding="utf-8").splitlines()) - 1
