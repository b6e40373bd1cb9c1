"""What the notes of the Tabular List say about codes together."""

import pytest

from codesets.edits import wording
from codesets.edits.check import book_on, check
from codesets.edits.encounter import Kind, Severity
from tests.codesets.edits.claims import found, pairs, visit
from tests.codesets.groupers.stays import NOVEMBER

CODES = [
    "E11.9", "E10.9", "E11.22", "E08.9", "N39.0", "N30.00", "F32.9", "F33.9", "J44.9", "J45.909", "I10",
    "I11.0", "I50.9", "N18.4", "D63.1", "G30.9", "F02.80", "R65.20", "A41.9", "T50.1X5A", "T50.1X1A", "E87.6",
    "D64.9", "Z79.4", "N13.8", "N40.1", "I12.9", "K25.4", "E84.0", "R73.9",
]  # fmt: skip


@pytest.fixture(autouse=True)
def release(excerpt):
    return excerpt(CODES)


@pytest.mark.parametrize("codes", [("E11.9", "E10.9"), ("N39.0", "N30.00"), ("F32.9", "F33.9"), ("F33.9", "F32.9")])
def test_an_excludes1_pair_is_a_warning_with_note_and_exception(codes):
    (pair,) = found(visit(*codes), Kind.EXCLUDES1)

    assert (pair.severity, pair.codes) == (Severity.WARNING, codes)
    assert pair.reference.startswith("Excludes1 at ")
    assert "“" in pair.text
    assert "two unrelated conditions" in pair.text


@pytest.mark.parametrize("codes", [("J44.9", "J45.909"), ("I10", "I11.0"), ("E11.9", "Z79.4")])
def test_codes_that_no_note_parts_are_no_pair(codes):
    assert found(visit(*codes), Kind.EXCLUDES1) == []


def test_a_note_of_a_block_or_chapter_excludes_too():
    (pair,) = found(visit("R73.9", "E11.9"), Kind.EXCLUDES1)

    assert pair.reference == "Excludes1 at R73"


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (("D63.1", "N18.4"), [("error", ("D63.1", "N18.4"))]),
        (("N18.4", "D63.1"), []),
        (("N18.4", "I12.9"), [("error", ("N18.4", "I12.9"))]),  # "any associated", and it is there
        (("N18.4",), []),
        (("E08.9",), [("error", ("E08.9",))]),  # nothing before it
        (("E84.0", "E08.9"), []),
        (("J44.9", "E08.9"), []),  # "such as": the cause may be another
        (("I10", "D63.1"), [("warning", ("D63.1",))]),  # the only cause that the note names is absent
        (("I10", "R65.20", "A41.9"), [("error", ("R65.20", "A41.9"))]),
        (("N13.8", "N40.1"), [("warning", ("N13.8", "N40.1"))]),  # "if applicable"
        (("I10", "N13.8", "N40.1"), []),  # then the cause may be the one before
        (("I50.9",), []),
        (("I50.9", "I11.0"), [("error", ("I50.9", "I11.0"))]),
        (("T50.1X5A", "E87.6"), [("error", ("T50.1X5A",))]),
        (("E87.6", "T50.1X5A", "D64.9"), []),  # the nature stands before it
        (("T50.1X1A", "K25.4"), []),  # a poisoning comes first
    ],
)
def test_code_first_is_about_order_and_about_what_is_missing(codes, expected):
    assert pairs(visit(*codes), Kind.CODE_FIRST) == expected


def test_the_finding_quotes_the_line_that_matters():
    (order,) = found(visit("F02.80", "G30.9"), Kind.CODE_FIRST)

    assert order.reference == "Code first at F02"
    assert order.text == (
        "G30.9 stands after F02.80, whose note says: code first the underlying physiological condition, such as: "
        "Alzheimer's (G30.-). Put G30.9 before it."
    )


def test_where_a_note_has_no_lead_each_of_its_lines_stands_for_itself():
    (order,) = found(visit("I50.9", "I11.0"), Kind.CODE_FIRST)

    assert order.text == (
        "I11.0 stands after I50.9, whose note says: code first heart failure due to hypertension (I11.0). "
        "Put I11.0 before it."
    )


def test_use_additional_is_advice_until_one_of_its_codes_is_there():
    (advice,) = found(visit("E11.9"), Kind.USE_ADDITIONAL)

    assert (advice.severity, advice.reference) == (Severity.INFO, "Use additional code at E11")
    assert found(visit("E11.9", "Z79.4"), Kind.USE_ADDITIONAL) == []


def test_the_same_advice_is_given_once():
    assert len(found(visit("E11.22", "E11.9", "N18.4"), Kind.USE_ADDITIONAL)) == 1


def test_without_notes_the_book_says_so(release):
    release.notes.all().delete()
    book = book_on(NOVEMBER)

    assert not {each.kind for each in check(visit("E11.9", "E10.9"), book)} & {Kind.EXCLUDES1, Kind.USE_ADDITIONAL}
    assert list(book.notices) == [wording.NO_NOTES]


def test_a_header_gets_no_advice():
    assert found(visit("E11.2"), Kind.USE_ADDITIONAL) == []
