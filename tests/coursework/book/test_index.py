"""The Index as a book: from a letter to a term, from "see" to its term, from a term to its code."""

import pytest
from django.urls import reverse

from codesets.models import IndexEntry, System
from coursework.book import index
from tests.shelf import stand_terms

FRACTURE = reverse("index_term", args=["index", "Fracture, traumatic"])


@pytest.fixture
def reader(client, shelf, tia):
    client.force_login(tia)
    return client


def page(client, url: str, **asked: str) -> str:
    answer = client.get(url, asked, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_letter_lists_its_main_terms_and_no_subterm(reader):
    shown = page(reader, reverse("index_letter", args=["index", "F"]))

    assert FRACTURE in shown
    assert "Arthritis" not in shown
    assert "upper end" not in shown


def test_a_term_shows_everything_below_it_with_its_code_as_a_link(reader):
    shown = page(reader, FRACTURE)

    assert "upper end" in shown
    assert f'href="{reverse("code_in_release", args=["FY2026", "S72.00"])}">S72.00-</a>' in shown
    assert "needs more characters" in shown


def test_a_code_that_the_tabular_lacks_is_no_link(reader):
    shown = page(reader, reverse("index_term", args=["index", "Arthritis"]))

    assert "no code of FY2026" in shown


def test_modifiers_stand_in_parentheses_and_manifestations_in_brackets(reader):
    assert "(with chills)" in page(reader, reverse("index_term", args=["index", "Fever"]))
    assert "[<span" in page(reader, reverse("index_term", args=["index", "Arthritis"]))


def test_see_leads_to_the_subterm_that_it_names(reader, shelf):
    spotted = IndexEntry.objects.get(path="Fever › spotted")

    answer = reader.get(reverse("index_jump", args=["index"]), {"term": "Fever, spotted"})

    assert answer.url == f"{reverse('index_term', args=['index', 'Fever › spotted'])}#at-{spotted.position}"


def test_see_also_to_a_term_that_is_not_here_offers_what_comes_near(reader):
    shown = page(reader, reverse("index_jump", args=["index"]), term="Fracture, pathological")

    assert "Terms for “Fracture, pathological”" in shown
    assert FRACTURE in shown


def test_the_first_letters_of_a_term_lead_to_a_choice(reader):
    assert FRACTURE in page(reader, reverse("index_jump", args=["index"]), term="frac")


def test_see_a_table_leads_to_that_table(reader):
    answer = reader.get(reverse("index_jump", args=["index"]), {"term": "Table of Drugs and Chemicals, by drug"})

    assert answer.url == reverse("volume", args=["drugs"])


def test_a_term_that_does_not_exist_gets_a_sentence(reader):
    answer = reader.get(reverse("index_term", args=["index", "Hip"]))

    assert answer.status_code == 404
    assert "“Hip” is not in the Alphabetic Index" in answer.content.decode()


def test_a_book_that_is_not_loaded_says_how_it_comes_here(client, codes, tia):
    client.force_login(tia)

    shown = page(client, reverse("volume", args=["drugs"]))

    assert "The Table of Drugs and Chemicals is not loaded here" in shown
    assert "load_codeset" in shown


def test_a_selection_says_that_it_is_one(reader, shelf):
    release = IndexEntry.objects.get(path="Fever").release
    release.source = "fixtures/codesets: icd10cm-index.csv"
    release.save()

    assert "a selection of 4 headwords" in page(reader, reverse("volume", args=["index"]))


def test_a_site_of_the_neoplasm_table_has_a_column_for_each_behavior(reader):
    shown = page(reader, reverse("index_letter", args=["neoplasms", "B"]))

    assert "Malignant secondary" in shown
    assert "C67.1" in shown
    assert "connective tissue" in shown


def test_a_substance_that_begins_with_a_digit_has_its_letter(reader):
    assert "T60.3X1" in page(reader, reverse("index_letter", args=["drugs", "0-9"]))


def test_a_long_letter_is_cut_by_guide_words():
    guides = index.guides(["Fabry", "Fever", "Fracture"], 2)

    assert [(guide.first, guide.last) for guide in guides] == [("Fabry", "Fever"), ("Fracture", "Fracture")]


def test_a_tree_that_is_too_long_is_cut_at_a_depth_and_says_what_is_below(db, monkeypatch):
    monkeypatch.setattr(index, "MOST_LINES", 3)
    release = stand_terms(
        System.CM_INDEX, {"A": {}, "A › b": {}, "A › b › c": {}, "A › d": {}, "A › d › e": {}, "A › d › e › f": {}}
    )

    lines = index.lines(list(IndexEntry.objects.in_release(release)))

    assert [(line.entry.term, line.more) for line in lines] == [("A", 0), ("b", 1), ("d", 2)]


def test_one_term_further_down_has_a_page_of_its_own(reader):
    shown = page(reader, reverse("index_term", args=["index", "Fracture, traumatic › femur, femoral"]))

    assert "upper end" in shown
    assert "T14.8" not in shown


@pytest.mark.parametrize("volume", ["index", "external-causes", "neoplasms", "drugs"])
@pytest.mark.parametrize("name", ["volume", "index_letter"])
def test_a_page_of_a_volume_costs_a_fixed_number_of_statements(name, volume, reader, django_assert_max_num_queries):
    letter = {"index": "F", "external-causes": "A", "neoplasms": "B", "drugs": "A"}[volume]
    url = reverse(name, args=[volume] if name == "volume" else [volume, letter])

    with django_assert_max_num_queries(14):
        page(reader, url)


def test_a_term_costs_a_fixed_number_of_statements(reader, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        page(reader, FRACTURE)
