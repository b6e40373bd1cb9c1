"""A pack is loaded whole or not at all, and loading it again writes nothing."""

from datetime import date

import pytest

from accounts.models import Institution
from coursework.authoring.load_cases import load_cases
from coursework.authoring.read_pack import ContentError
from coursework.cases.models import Case, CaseVersion, KeyLine
from tests.clock import NOON
from tests.content import HEADER, INPATIENT, case_text, key_line


@pytest.fixture
def catalogue(codes, db) -> Institution:
    return Institution.objects.catalogue()


def without(mapping: dict, name: str) -> dict:
    return {key: value for key, value in mapping.items() if key != name}


def test_loading_twice_writes_nothing(catalogue, django_assert_num_queries):
    load_cases([case_text()], catalogue, now=NOON)
    before = list(KeyLine.objects.values())

    assert load_cases([case_text()], catalogue, now=NOON) == 0
    assert list(KeyLine.objects.values()) == before


def test_a_changed_text_is_a_new_version(catalogue):
    load_cases([case_text()], catalogue, now=NOON)
    load_cases([case_text(title="Another title")], catalogue, now=NOON)

    assert Case.objects.get().current.number == 2
    assert CaseVersion.objects.count() == 2


def test_a_changed_key_is_a_new_revision_of_the_same_version(catalogue):
    load_cases([case_text()], catalogue, now=NOON)
    load_cases([case_text(key=[key_line("E11.22"), key_line("N18.4")])], catalogue, now=NOON)

    assert Case.objects.get().current.number == 1
    assert Case.objects.get().current.current_key.revision == 2


def test_a_reworded_rationale_is_updated_and_the_old_one_kept(catalogue):
    load_cases([case_text()], catalogue, now=NOON)
    lines = [key_line("E11.22", role="first_listed", rationale="Better words."), key_line("N18.4"), key_line("Z79.4")]
    load_cases([case_text(key=lines)], catalogue, now=NOON)

    key = Case.objects.get().current.current_key
    assert key.revision == 1
    assert key.lines.first().rationale == "Better words."
    assert key.earlier_notes[0]["E11.22"] == "The note says so."


def test_a_case_that_is_gone_is_archived_and_kept(catalogue):
    load_cases([case_text("ana"), case_text("ben")], catalogue, now=NOON)
    load_cases([case_text("ana")], catalogue, now=NOON)

    assert Case.objects.get(slug="ben").archived_at == NOON


def test_a_renamed_case_keeps_its_history(catalogue):
    load_cases([case_text("ana")], catalogue, now=NOON)
    number = Case.objects.get().pk
    load_cases([case_text("ana-follow-up", was="ana")], catalogue, now=NOON)

    assert Case.objects.get(slug="ana-follow-up").pk == number


@pytest.mark.parametrize("field", sorted(HEADER))
def test_a_case_without_a_field_of_its_header_is_refused(catalogue, field):
    with pytest.raises(ContentError, match=f"The header lacks {field}"):
        load_cases([case_text(header=without(HEADER, field))], catalogue, now=NOON)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (key_line("E11.2"), "E11.2 is a heading"),
        (key_line("X00.00"), "X00.00 is not a code"),
        (key_line("E1122"), "E1122 is not a code"),
        (key_line("N18.4", rationale=""), "has no rationale"),
        (key_line("N18.4", guideline="see book"), "cites no section"),
        (key_line("N18.4", evidence=[]), "points to no words"),
        (key_line("N18.4", evidence=[{"document": "note", "quote": "dialysis"}]), "does not stand in note"),
    ],
)
def test_a_line_that_cannot_be_proved_is_refused(catalogue, line, sentence):
    with pytest.raises(ContentError, match=sentence):
        load_cases([case_text(key=[key_line("E11.22"), line])], catalogue, now=NOON)

    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("line", "sentence"),
    [(key_line("Z79.4", poa="Y"), "Z79.4 is exempt"), (key_line("N18.4"), "N18.4 needs a POA indicator")],
)
def test_a_poa_indicator_against_the_exempt_list_is_refused(catalogue, line, sentence):
    with pytest.raises(ContentError, match=sentence):
        load_cases([case_text(header=INPATIENT, key=[key_line("E11.22", poa="Y"), line])], catalogue, now=NOON)


def test_a_date_that_the_header_does_not_declare_is_refused(catalogue):
    text = case_text()
    text["documents"][0]["text"] += "\nSeen again on 3 Jan 2026."

    with pytest.raises(ContentError, match="3 Jan 2026"):
        load_cases([text], catalogue, now=NOON)


def test_a_date_outside_every_release_is_refused_with_what_is_loaded(catalogue):
    header = HEADER | {"starts_on": date(2024, 1, 3)}

    with pytest.raises(ContentError, match="No ICD-10-CM release is loaded for 3 Jan 2024"):
        load_cases([case_text(header=header)], catalogue, now=NOON)
