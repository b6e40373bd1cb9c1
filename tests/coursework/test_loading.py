"""A pack is loaded whole or not at all, and loading it again writes nothing."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from coursework.authoring.load_cases import load_cases
from coursework.authoring.models import Pack
from coursework.authoring.read_pack import ContentError, read_pack
from coursework.cases.models import Case, CaseVersion, KeyLine
from tests.clock import NOON
from tests.content import HEADER, INPATIENT, case_text, key_line, pack_of


@pytest.fixture
def pack(codes, db) -> Pack:
    return pack_of()


def without(mapping: dict, name: str) -> dict:
    return {key: value for key, value in mapping.items() if key != name}


def test_loading_twice_writes_nothing(pack, django_assert_num_queries):
    load_cases([case_text()], pack, now=NOON)
    before = list(KeyLine.objects.values())

    assert load_cases([case_text()], pack, now=NOON) == 0
    assert list(KeyLine.objects.values()) == before


def test_a_changed_text_is_a_new_version(pack):
    load_cases([case_text()], pack, now=NOON)
    load_cases([case_text(title="Another title")], pack, now=NOON)

    assert Case.objects.get().current.number == 2
    assert CaseVersion.objects.count() == 2


def test_a_changed_key_is_a_new_revision_of_the_same_version(pack):
    load_cases([case_text()], pack, now=NOON)
    load_cases([case_text(key=[key_line("E11.22"), key_line("N18.4")])], pack, now=NOON)

    assert Case.objects.get().current.number == 1
    assert Case.objects.get().current.current_key.revision == 2


def test_a_reworded_rationale_is_updated_and_the_old_one_kept(pack):
    load_cases([case_text()], pack, now=NOON)
    lines = [key_line("E11.22", role="first_listed", rationale="Better words."), key_line("N18.4"), key_line("Z79.4")]
    load_cases([case_text(key=lines)], pack, now=NOON)

    key = Case.objects.get().current.current_key
    assert key.revision == 1
    assert key.lines.first().rationale == "Better words."
    assert key.earlier_notes[0]["E11.22"] == "The note says so."


def test_a_case_that_is_gone_is_archived_and_kept(pack):
    load_cases([case_text("ana"), case_text("ben")], pack, now=NOON)
    load_cases([case_text("ana")], pack, now=NOON)

    assert Case.objects.get(slug="ben").archived_at == NOON


def test_a_renamed_case_keeps_its_history(pack):
    load_cases([case_text("ana")], pack, now=NOON)
    number = Case.objects.get().pk
    load_cases([case_text("ana-follow-up", was="ana")], pack, now=NOON)

    assert Case.objects.get(slug="ana-follow-up").pk == number


@pytest.mark.parametrize("field", sorted(HEADER))
def test_a_case_without_a_field_of_its_header_is_refused(pack, field):
    with pytest.raises(ContentError, match=f"The header lacks {field}"):
        load_cases([case_text(header=without(HEADER, field))], pack, now=NOON)


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
def test_a_line_that_cannot_be_proved_is_refused(pack, line, sentence):
    with pytest.raises(ContentError, match=sentence):
        load_cases([case_text(key=[key_line("E11.22"), line])], pack, now=NOON)

    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("line", "sentence"),
    [(key_line("Z79.4", poa="Y"), "Z79.4 is exempt"), (key_line("N18.4"), "N18.4 needs a POA indicator")],
)
def test_a_poa_indicator_against_the_exempt_list_is_refused(pack, line, sentence):
    with pytest.raises(ContentError, match=sentence):
        load_cases([case_text(header=INPATIENT, key=[key_line("E11.22", poa="Y"), line])], pack, now=NOON)


def test_a_date_that_the_header_does_not_declare_is_refused(pack):
    text = case_text()
    text["documents"][0]["text"] += "\nSeen again on 3 Jan 2026."

    with pytest.raises(ContentError, match="3 Jan 2026"):
        load_cases([text], pack, now=NOON)


def test_a_date_outside_every_release_is_refused_with_what_is_loaded(pack):
    header = HEADER | {"starts_on": date(2024, 1, 3)}

    with pytest.raises(ContentError, match="No ICD-10-CM release is loaded for 3 Jan 2024"):
        load_cases([case_text(header=header)], pack, now=NOON)


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ([key_line("E11.22", role="chief"), key_line("N18.4")], "The role 'chief' is not known"),
        ([key_line("E11.22"), key_line("N18.4"), key_line("R07.9")], "lists R07.9 as right and as forbidden"),
        (
            [key_line("E11.22"), key_line("N18.4", modifiers=["59"])],
            "N18.4 has modifiers, which a chart cannot",
        ),
        ([key_line("E11.22"), key_line("N18.4", poa="maybe")], "The POA indicator 'maybe' is not known"),
    ],
)
def test_a_key_that_the_scorer_cannot_read_is_refused(pack, key, sentence):
    with pytest.raises(ContentError, match=sentence):
        load_cases([case_text(key=key)], pack, now=NOON)


@pytest.mark.parametrize("written", ["March 4, 2024", "03/04/2024", "2024-03-04", "4 Mar 2024", "31 Feb 2025"])
def test_a_date_is_found_however_it_is_written(pack, written):
    text = case_text()
    text["documents"][0]["text"] += f"\nSeen on {written}."

    with pytest.raises(ContentError, match=f"note says {written}"):
        load_cases([text], pack, now=NOON)


def test_another_pack_of_the_same_institution_archives_nothing_and_takes_no_slug(pack):
    load_cases([case_text("ana")], pack, now=NOON)
    other = Pack.objects.create(institution=pack.institution, namespace="acme", slug="track", title="Acme")

    load_cases([case_text("ben")], other, now=NOON)
    assert Case.objects.get(slug="ana").archived_at is None

    with pytest.raises(ContentError, match="another pack has a case ana"):
        load_cases([case_text("ana"), case_text("ben")], other, now=NOON)


@pytest.mark.parametrize(
    ("file", "text", "sentence"),
    [
        ("pack.yaml", "title: No namespace", "namespace is missing"),
        ("cases/a.yaml", "", "a.yaml is not a list of named fields"),
        ("cases/a.yaml", "slug: a", "a.yaml: title is missing"),
        ("items/a.yaml", "slug: a", "a.yaml is not a list of items"),
        ("items/a.yaml", "- {slug: a, kind: single, stem: Why}", "options is missing, or is not a list"),
        ("exams/a.yaml", "title: [", "a.yaml is not readable YAML"),
        ("lessons/a.md", "No front matter", "needs front matter"),
    ],
)
def test_a_file_of_the_wrong_shape_is_refused_with_its_name(tmp_path, file, text, sentence):
    (tmp_path / "pack.yaml").write_text("{namespace: tests, slug: a, title: A}")
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text(text)

    with pytest.raises(ContentError, match=sentence):
        read_pack(tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE coursework_keyline SET code = 'A00.0'",
        "UPDATE coursework_caseversion SET title = 'x'",
        "UPDATE coursework_chartdocument SET text = 'x'",
    ],
)
def test_what_was_shown_and_what_is_right_cannot_be_changed(pack, change):
    load_cases([case_text()], pack, now=NOON)

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
