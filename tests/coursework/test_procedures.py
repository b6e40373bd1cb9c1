"""The ICD-10-PCS builder without script, table and code pages, and the Index that leads into them."""

import pytest
from django.urls import reverse, reverse_lazy

from codesets.models import Code, Release, System

pytestmark = pytest.mark.django_db
BUILDER = "/codes/icd10pcs/FY2026/"
JUMP, TERM = "/codes/procedures/go/", "/codes/procedures/terms/Extraction/"


@pytest.fixture
def book(client, tia, procedure_books):
    """book(address) is the page as Tia reads it."""
    client.force_login(tia)
    return lambda address: client.get(address, follow=True).content.decode()


def offered(page: str) -> list[str]:
    """The characters that the current column offers."""
    return [part.partition('"')[0] for part in page.split('data-value="')[1:]]


def test_without_an_edition_the_newest_tables_open(client, tia, procedure_books):
    client.force_login(tia)

    assert client.get("/codes/icd10pcs/").url == BUILDER


def test_each_choice_is_an_address_and_only_what_leads_to_a_code_is_offered(book):
    assert offered(book(BUILDER)) == ["0"]
    assert offered(book(f"{BUILDER}?so_far=0F")) == ["B", "T"]
    assert offered(book(f"{BUILDER}?so_far=0FT4")) == ["0", "4"]
    assert offered(book(f"{BUILDER}?so_far=0FT40Z")) == ["Z"]
    assert f"{BUILDER}?so_far=0FT44" in book(f"{BUILDER}?so_far=0FT4")


def test_a_table_has_its_own_address_its_definition_and_its_rows(book):
    page = book(f"{BUILDER}0FT/")

    assert "Resection, Hepatobiliary System and Pancreas" in page
    assert "Cutting out or off, without replacement, all of a body part. Includes: Total nephrectomy" in page
    assert "Includes: Duodenal ampulla, Hepatopancreatic ampulla." in page
    assert "Table 0FT as printed" in page
    assert "Definitions: FY2021" in page


def test_the_finished_code_shows_its_title(book):
    page = book(f"{BUILDER}?so_far=0ft44zz")

    assert "Resection of Gallbladder, Percutaneous Endoscopic Approach" in page
    assert reverse("pcs_code", args=["FY2026", "0FT44ZZ"]) in page
    assert offered(page) == []


def test_a_finished_code_that_the_list_lacks_is_said_to_be_refused(book):
    assert "a claim of that year is refused" in book(f"{BUILDER}?so_far=0FT00ZZ")


def test_what_cannot_follow_is_said_and_cut_off(book):
    page = book(f"{BUILDER}?so_far=0FT4X")

    assert "X cannot follow 0FT4 in this year’s tables." in page
    assert offered(page) == ["0", "4"]


def test_a_code_that_the_tables_make_but_the_list_lacks_is_no_valid_code(book):
    page = book(f"{BUILDER}0FT00ZZ/")

    assert "The tables make 0FT00ZZ, but the list of ICD-10-PCS FY2026 does not hold it" in page
    assert "Not in the list" in page


def test_a_code_of_the_list_that_no_loaded_row_makes_says_of_which_year_the_tables_are(book):
    page = book(f"{BUILDER}10D10ZZ/")

    assert "no row of the loaded tables makes it. They are FY2026, tables of FY2025." in page


def test_without_the_list_of_the_year_nobody_calls_the_code_valid(book):
    Code.objects.filter(release__system=System.ICD10PCS).delete()
    Release.objects.filter(system=System.ICD10PCS).delete()

    page = book(f"{BUILDER}0FT44ZZ/")

    assert "The list of codes of FY2026 is not loaded" in page
    assert ">Valid<" not in page


def test_a_code_page_says_what_each_character_means_and_what_leads_here(book):
    page = book(f"{BUILDER}0ft44zz/")

    assert "Entry, by puncture or minor incision" in page
    assert "Made by row 2 of 3 of table 0FT" in page
    assert "Resection › Gallbladder" in page
    assert "Valid since before the oldest list that is loaded" in page


@pytest.mark.parametrize(("address", "sentence"), [
    ("0FT4XZZ/", "neither its list nor its tables hold it"),
    ("00B/", "There is no table 00B among the 2 tables of ICD-10-PCS Tables FY2026, tables of FY2025"),
])  # fmt: skip
def test_what_is_not_there_gets_a_sentence(client, tia, procedure_books, address, sentence):
    client.force_login(tia)

    answer = client.get(BUILDER + address)

    assert answer.status_code == 404
    assert sentence in answer.content.decode()


def test_an_edition_that_is_not_loaded_is_not_there(client, tia, procedure_books):
    client.force_login(tia)

    assert client.get("/codes/icd10pcs/FY2024/").status_code == 404


def test_with_nothing_loaded_the_page_names_the_file_and_who_loads_it(client, tia):
    client.force_login(tia)

    page = client.get("/codes/icd10pcs/").content.decode()

    assert "No ICD-10-PCS tables yet" in page
    assert "icd10pcs_tables_2026.xml" in page
    assert reverse("code_sets") in page


def test_the_index_leads_into_the_tables(book):
    page = book(reverse("index_letter", args=["procedures", "C"]))

    assert "Resection, Gallbladder 0FT4" in page
    assert "Excision, Gallbladder 0FB4" in page
    assert f'href="{BUILDER}0FJ44ZZ/"' in page
    assert "Abdominal esophagus" not in page


def test_a_reference_that_ends_in_a_code_goes_on_in_the_builder(client, book):
    answer = client.get(JUMP, {"term": "Resection, Gallbladder 0FT4"})

    assert answer.url == f"{BUILDER}?so_far=0FT4"


def test_a_reference_without_a_code_leads_to_its_main_term(client, book):
    assert f"{JUMP}?term=Extraction" in book(reverse("index_letter", args=["procedures", "A"]))
    assert client.get(JUMP, {"term": "Extraction"}).url == f"{TERM}#at-6"


def test_a_reference_in_other_words_offers_the_terms_with_its_first_word(book):
    assert TERM in book(f"{JUMP}?term=Extraction with qualifier Diagnostic")


def test_a_letter_without_terms_is_not_offered(client, book):
    assert reverse("index_letter", args=["procedures", "Q"]) not in book(reverse("volume", args=["procedures"]))
    assert client.get(reverse("index_letter", args=["procedures", "Q"])).status_code == 404


def test_a_word_of_the_key_says_which_value_it_stands_for(book):
    assert "<em>use</em> Esophagus, Lower" in book(reverse("index_letter", args=["procedures", "A"]))


def test_a_main_term_shows_everything_below_it(book):
    page = book(TERM)

    assert "Retained" in page
    assert f"{BUILDER}?so_far=10D1" in page


@pytest.mark.parametrize("address", [reverse_lazy("index_letter", args=["procedures", "C"]), TERM])
def test_each_page_of_the_index_costs_a_fixed_number_of_statements(book, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(13):
        book(address)


@pytest.mark.parametrize(("address", "most"), [
    ("", 9), ("0FT/", 11), ("?so_far=0FT44ZZ", 12), ("0FT44ZZ/", 15),
])  # fmt: skip
def test_each_page_costs_a_fixed_number_of_statements(book, address, most, django_assert_max_num_queries):
    with django_assert_max_num_queries(most):
        book(BUILDER + address)
