"""What the whole of FY2026 alone can show. One file, so that one process loads and indexes it, and takes it away."""

import pytest
from django.core.management import call_command

from codesets import search, search_index, search_measure
from codesets.loaders import load
from codesets.models import Code, CodeNote, Release
from tests.codesets.conftest import official, read_official
from tests.codesets.excerpt import LOADED_AT, whole_tabular
from tests.codesets.test_order_file import CM_2025, CM_2026
from tests.codesets.test_search_measure import LISTS


@pytest.fixture(scope="module")
def loaded_once(django_db_setup, django_db_blocker):
    """About 6 s. What other tests load stays as small as they ask for."""
    with django_db_blocker.unblock():
        release = load.load(whole_tabular(), source="simple-icd-10-cm", now=LOADED_AT).release
        yield release
        release.delete()


@pytest.fixture
def icd10cm(loaded_once, db) -> Release:
    """FY2026 in full, ready."""
    return loaded_once


def test_whole_release_holds_the_official_numbers(icd10cm):
    codes = Code.objects.in_release(icd10cm)

    assert codes.count() == 98_186
    assert codes.billable().count() == 74_719
    assert codes.filter(poa_exempt=True).count() == 38_349
    assert CodeNote.objects.filter(release=icd10cm).count() == 26_952


def test_command_says_what_is_loaded_and_shows_progress_on_stderr(icd10cm, capsys, monkeypatch):
    monkeypatch.setattr(search_index, "open_index", lambda releases: None)

    call_command("load_codeset", "icd10cm", from_package=True)

    said = capsys.readouterr()
    assert "ICD-10-CM FY2026, 1 Oct 2025 to 30 Sep 2026: was loaded already, nothing was written.\n" in said.out
    assert "Reading icd10cm" in said.err


def test_a_second_source_of_the_same_year_revises_no_title(icd10cm):
    found = load.plan(read_official(CM_2026))

    assert found is not None
    assert found.added == found.deleted == found.revised == found.reinstated == ()


def test_dry_run_prints_what_would_change(icd10cm, capsys):
    call_command("load_codeset", str(official(CM_2025)), dry_run=True)

    assert "ICD-10-CM FY2025, from icd10cm_order_2025.txt: 97,584 rows, 74,260 billable codes.\n" in (
        capsys.readouterr().out
    )
    assert Release.objects.ready("icd10cm").get() == icd10cm


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("type 2 diabetes with ckd", "E11.22"),
        ("copd exacerbation", "J44.1"),
        ("htn", "I10"),
        ("e1122", "E11.22"),
        ("E11.2", "E11.2"),
        ("athsma", "J45.909"),
        ("broken wrist left", "S62.102A"),
        ("pneumonia", "J18.9"),
        ("chest pain", "R07.9"),
        ("uti", "N39.0"),
        ("afib", "I48.91"),
        ("hip fracture", "S72.009A"),
        ("kidney stone", "N20.0"),
        ("sepsis", "A41.9"),
        ("heart failure", "I50.9"),
        ("diabetes", "E11.9"),
        ("anaemia", "D64.9"),
        ("110", "I10"),
        ("gestational diabetes", "O24.419"),
    ],
)
def test_what_coders_type_finds_the_code_first(icd10cm, query, first):
    assert search.find(query).results[0].code == first


def test_pregnancy_and_newborn_codes_come_only_when_asked_for(icd10cm):
    assert not {hit.code[0] for hit in search.find("anemia", limit=50).results} & {"O", "P"}
    assert {hit.code[0] for hit in search.find("anemia third trimester").results} == {"O"}


def test_later_encounters_come_only_when_asked_for(icd10cm):
    assert not any(hit.code.endswith("S") for hit in search.find("left wrist fracture").results)
    assert search.find("left wrist fracture sequela").results[0].code.endswith("S")


def test_words_may_be_partial_and_in_any_order(icd10cm):
    codes = [hit.code for hit in search.find("neurop diab type 2").results]

    assert "E11.40" in codes


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("left frozen shoulder", "M75.02"),
        ("right hip fracture subsequent encounter", "S72.001D"),
        ("left clavicle fracture sequela", "S42.002S"),
        ("r knee pain", "M25.561"),
        ("stage 3 bedsore left heel", "L89.623"),
        ("gall bladder stones", "K80.20"),
        ("failure respiratory acute", "J96.00"),
        ("cirrhosis with ascites alcoholic", "K70.31"),
        ("hypertensive ckd stage 5", "I12.0"),
        ("diabet", "E11.9"),
        ("asth", "J45.909"),
    ],
)
def test_sides_encounters_and_unfinished_words_are_understood(icd10cm, query, first):
    assert search.find(query).results[0].code == first


def test_the_development_list_is_as_long_as_promised_and_answered_well(icd10cm):
    wanted = [each for each in search_measure.read(LISTS[0]) if each.kind not in ("procedure", "supply or drug")]
    outcomes = search_measure.evaluate(wanted, search_measure.engine(search_measure.ready_index()))
    everything = search_measure.scores(outcomes)[-1]

    assert everything.queries >= 300
    assert everything.hit_1 >= 0.90
    assert everything.hit_5 >= 0.95
