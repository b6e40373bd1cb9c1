from datetime import date

import pytest

from codesets import search
from codesets.loaders import load, packages
from codesets.models import NoRelease, Release, System
from tests.codesets.excerpt import LOADED_AT


@pytest.fixture
def release(excerpt) -> Release:
    return excerpt(["E11.22", "I10", "J18.9", "S52.501A", "S52.502A"])


@pytest.fixture
def supplies(db) -> Release:
    (edition,) = packages.packaged(System.HCPCS)[1]
    return load.load(edition, source="facts", now=LOADED_AT).release


def test_header_comes_with_what_it_needs_and_its_children_follow(release):
    header, *children = search.find("s52.50").results

    assert (header.code, header.billable, header.needs) == ("S52.50", False, "Needs 6th, 7th character")
    assert all(child.code.startswith("S52.50") for child in children)


def test_a_hit_shows_where_it_stands(release):
    assert search.find("J18.9").results[0].path == "Chapter 10 › J09-J18 › J18"


def test_nonsense_finds_nothing(release):
    assert search.find("qqqqzzzz xxyyxxyy").results == []
    assert search.find("  ").results == []
    assert search.find("?!*() AND title:[").results is not None


def test_without_a_date_the_newest_release_is_named(release):
    assert search.find("htn").release == "FY2026"


def test_a_date_outside_is_refused_with_the_sentence(release):
    with pytest.raises(NoRelease, match="No ICD-10-CM release is loaded for 3 Jan 2024"):
        search.find("htn", on=date(2024, 1, 3))


def test_nothing_loaded_is_said(db):
    with pytest.raises(NoRelease, match="No ICD-10-CM release is loaded"):
        search.find("htn")


def test_a_search_takes_one_statement(release, django_assert_num_queries):
    search.find("htn")

    with django_assert_num_queries(1):
        search.find("type 2 diabetes with ckd")


def test_retired_release_is_never_found(excerpt):
    excerpt(["E11.22"])

    assert search.find("pneumonia").results == []
    assert search.find("type 2 diabetes with ckd").results[0].code == "E11.22"


def test_a_term_without_a_default_code_is_answered_with_a_warning(release):
    found = search.find("urosepsis")

    assert "nonspecific" in found.warning
    assert "I.C.1.d.1.a.ii" in found.warning
    assert search.find("sepsis").warning == ""


def test_one_box_finds_diagnoses_and_supplies(excerpt, supplies):
    excerpt(["Z99.3", "E11.22"])

    found = search.find("wheelchair")

    assert [(hit.system, hit.code) for hit in found.results[:2]] == [("hcpcs", "K0001"), ("icd10cm", "Z99.3")]
    assert found.releases == {"icd10cm": "FY2026", "hcpcs": supplies.label}


def test_a_supply_is_written_without_a_dot(excerpt, supplies):
    excerpt(["Z99.3"])

    assert search.find("j3490").results[0].code == "J3490"


def test_a_chart_that_asks_for_diagnoses_gets_no_supplies(excerpt, supplies):
    excerpt(["Z99.3"])

    assert {hit.system for hit in search.find("wheelchair", systems=("icd10cm",)).results} == {"icd10cm"}


def test_supplies_are_left_out_on_a_date_that_they_do_not_cover(excerpt, supplies):
    excerpt(["Z99.3"])

    assert search.find("wheelchair", on=date(2026, 8, 1)).releases == {"icd10cm": "FY2026"}
    with pytest.raises(NoRelease, match="No HCPCS Level II release is loaded for 1 Aug 2026"):
        search.find("wheelchair", on=date(2026, 8, 1), systems=("hcpcs",))
