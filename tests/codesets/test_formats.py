import pytest
from hypothesis import given
from hypothesis import strategies as st

from codesets import formats
from codesets.formats import Correction

CODES = {"E1122", "O0900", "I10", "S52501A", "Y93I1", "Y9311", "T07XXXA"}
typed = st.text(alphabet="eE1I0O.S5-2 \tYx93aA", max_size=12)


def test_dot_blanks_and_case_do_not_matter():
    assert formats.normalise(" e11.22 ", CODES.__contains__).code == "E1122"


def test_what_was_typed_is_taken_when_it_is_a_code():
    assert formats.normalise("Y93.11", CODES.__contains__).code == "Y9311"
    assert formats.normalise("Y93.I1", CODES.__contains__).code == "Y93I1"


def test_zero_for_the_letter_o_is_corrected_and_told():
    found = formats.normalise("009.00", CODES.__contains__)

    assert found.code == "O0900"
    assert found.corrections == (Correction(place=1, typed="0", taken="O"),)


def test_letters_inside_are_read_as_digits():
    assert formats.normalise("IIO", CODES.__contains__).code == "I10"
    assert formats.normalise("S52.5O1A", CODES.__contains__).code == "S52501A"


def test_two_possible_readings_correct_nothing():
    found = formats.normalise("11O", {"I10", "I1O"}.__contains__)

    assert found.code == "11O"
    assert found.corrections == ()


def test_an_unknown_code_stays_as_typed():
    assert formats.normalise("E11.O", CODES.__contains__).code == "E11O"


def test_header_names_the_characters_it_lacks():
    assert formats.missing_characters("S52.50", 7) == (6, 7)
    assert formats.missing_characters("E11.22", 5) == ()


def test_seventh_character_fills_empty_places_with_x():
    assert formats.with_seventh("T07", "A") == "T07XXXA"


def test_shape_tells_a_code_from_a_word():
    assert formats.has_shape("QA0.0101")
    assert not formats.has_shape("hip")


def test_a_word_without_digit_is_no_beginning_of_a_code():
    assert formats.beginnings("co") == []
    assert formats.beginnings("e11.2") == ["E112"]


@pytest.mark.parametrize(
    ("typed", "meant"), [("0ft4", "0FT4"), ("OFT4", "0FT4"), ("xw0", "XW0"), ("10D00Z1", "10D00Z1")]
)
def test_the_beginning_of_a_procedure_code_is_understood(typed, meant):
    assert formats.beginnings(typed)[-1] == meant


@given(typed)
def test_normalising_twice_changes_nothing(text):
    once = formats.normalise(text, CODES.__contains__)

    assert formats.normalise(once.code, CODES.__contains__).code == once.code


@given(typed)
def test_a_correction_always_ends_at_a_code(text):
    found = formats.normalise(text, CODES.__contains__)

    assert not found.corrections or found.code in CODES


@given(st.text(max_size=20))
def test_stripping_is_idempotent_on_any_text(text):
    assert formats.strip(formats.strip(text)) == formats.strip(text)


@given(st.sampled_from(sorted(CODES)))
def test_dotting_and_stripping_are_inverse(code):
    assert formats.strip(formats.dotted(code)) == code
    assert formats.dotted(formats.dotted(code)) == formats.dotted(code)
