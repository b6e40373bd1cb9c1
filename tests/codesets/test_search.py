from datetime import date

import pytest

from codesets import search
from codesets.loaders import load, packages
from codesets.models import NoRelease, Release, System
from tests.codesets.excerpt import LOADED_AT


@pytest.fixture
def supplies(db) -> Release:
    (edition,) = packages.packaged(System.HCPCS)[1]
    return load.load(edition, source="facts", now=LOADED_AT).release


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


def test_header_comes_with_what_it_needs_and_its_children_follow(icd10cm):
    header, *children = search.find("s52.50").results

    assert (header.code, header.billable, header.needs) == ("S52.50", False, "Needs 6th, 7th character")
    assert all(child.code.startswith("S52.50") for child in children)


def test_a_hit_shows_where_it_stands(icd10cm):
    assert search.find("J18.9").results[0].path == "Chapter 10 › J09-J18 › J18"


def test_pregnancy_and_newborn_codes_come_only_when_asked_for(icd10cm):
    assert not {hit.code[0] for hit in search.find("anemia", limit=50).results} & {"O", "P"}
    assert {hit.code[0] for hit in search.find("anemia third trimester").results} == {"O"}


def test_later_encounters_come_only_when_asked_for(icd10cm):
    assert not any(hit.code.endswith("S") for hit in search.find("left wrist fracture").results)
    assert search.find("left wrist fracture sequela").results[0].code.endswith("S")


def test_words_may_be_partial_and_in_any_order(icd10cm):
    codes = [hit.code for hit in search.find("neurop diab type 2").results]

    assert "E11.40" in codes


def test_nonsense_finds_nothing(icd10cm):
    assert search.find("qqqqzzzz xxyyxxyy").results == []
    assert search.find("  ").results == []
    assert search.find("?!*() AND title:[").results is not None


def test_without_a_date_the_newest_release_is_named(icd10cm):
    assert search.find("htn").release == "FY2026"


def test_a_date_outside_is_refused_with_the_sentence(icd10cm):
    with pytest.raises(NoRelease, match="No ICD-10-CM release is loaded for 3 Jan 2024"):
        search.find("htn", on=date(2024, 1, 3))


def test_nothing_loaded_is_said(nothing_loaded):
    with pytest.raises(NoRelease, match="No ICD-10-CM release is loaded"):
        search.find("htn")


def test_a_search_takes_one_statement(icd10cm, django_assert_num_queries):
    search.find("htn")

    with django_assert_num_queries(1):
        search.find("type 2 diabetes with ckd")


def test_retired_release_is_never_found(nothing_loaded, excerpt):
    excerpt(["E11.22"])

    assert search.find("pneumonia").results == []
    assert search.find("type 2 diabetes with ckd").results[0].code == "E11.22"


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


def test_a_term_without_a_default_code_is_answered_with_a_warning(icd10cm):
    found = search.find("urosepsis")

    assert "nonspecific" in found.warning
    assert "I.C.1.d.1.a.ii" in found.warning
    assert search.find("sepsis").warning == ""


def test_one_box_finds_diagnoses_and_supplies(nothing_loaded, excerpt, supplies):
    excerpt(["Z99.3", "E11.22"])

    found = search.find("wheelchair")

    assert found.results[0].code == "Z99.3"
    assert ("hcpcs", "K0001") in {(hit.system, hit.code) for hit in found.results}
    assert found.releases == {"icd10cm": "FY2026", "hcpcs": supplies.label}


def test_a_supply_is_written_without_a_dot(nothing_loaded, excerpt, supplies):
    excerpt(["Z99.3"])

    assert search.find("j3490").results[0].code == "J3490"


def test_a_chart_that_asks_for_diagnoses_gets_no_supplies(nothing_loaded, excerpt, supplies):
    excerpt(["Z99.3"])

    assert {hit.system for hit in search.find("wheelchair", systems=("icd10cm",)).results} == {"icd10cm"}


def test_supplies_are_left_out_on_a_date_that_they_do_not_cover(nothing_loaded, excerpt, supplies):
    excerpt(["Z99.3"])

    assert search.find("wheelchair", on=date(2026, 8, 1)).releases == {"icd10cm": "FY2026"}
    with pytest.raises(NoRelease, match="No HCPCS Level II release is loaded for 1 Aug 2026"):
        search.find("wheelchair", on=date(2026, 8, 1), systems=("hcpcs",))
