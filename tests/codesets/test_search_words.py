import pytest
from hypothesis import given
from hypothesis import strategies as st

from codesets import search_words


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("anaemia", "anemia"),
        ("oedema", "edema"),
        ("tumour", "tumor"),
        ("metastases", "metastasis"),
        ("stage II", "stage 2"),
        ("type i", "type 1"),
        ("2nd degree", "second degree"),
        ("Crohn's", "crohn"),
    ],
)
def test_two_writings_read_the_same(typed, written):
    assert search_words.words(typed) == search_words.words(written)


def test_a_letter_is_a_name_after_what_is_lettered():
    assert search_words.content_words("a stroke") == ("stroke",)
    assert search_words.content_words("hepatitis A") == ("hepatitis", "a")


def test_default_titles_are_the_bare_condition():
    assert search_words.bare("Pneumonia, unspecified organism") == search_words.bare("pneumonia")
    assert search_words.bare("Type 2 diabetes mellitus without complications") == search_words.bare("diabetes type 2")
    assert search_words.bare("Chronic kidney disease, stage 3a") != search_words.bare("chronic kidney disease")
    assert search_words.bare("Other asthma") != search_words.bare("asthma")


def test_what_is_denied_is_another_word():
    assert "ascites" not in search_words.content_words("cirrhosis without ascites")
    assert "third" in search_words.content_words("Preterm labor without delivery, third trimester")


@pytest.mark.parametrize(
    ("typed", "words", "side", "encounter"),
    [
        ("left wrist fracture", ("wrist", "fracture"), "left", ""),
        ("fx wrist L, subsequent encounter", ("fx", "wrist"), "left", "subsequent"),
        ("R knee sprain first visit", ("knee", "sprain"), "right", "initial"),
        ("hip fracture late effect", ("hip", "fracture"), "", "sequela"),
        ("b/l knee pain", ("knee", "pain"), "bilateral", ""),
        ("sequela", ("sequela",), "", ""),
        ("left", ("left",), "", ""),
    ],
)
def test_side_and_encounter_are_taken_from_the_words(typed, words, side, encounter):
    assert search_words.asked(typed) == search_words.Asked(words, side, encounter)


def test_a_title_tells_its_side_and_encounter():
    title = "Unspecified sprain of left wrist, subsequent encounter"

    assert (search_words.side(title), search_words.encounter(title)) == ("left", "subsequent")
    assert search_words.core(title)[0] == ["sprain", "wrist"]


@given(st.text(max_size=40))
def test_any_text_gives_plain_words(text):
    assert all(word.isascii() and word == word.lower() for word in search_words.words(text))
