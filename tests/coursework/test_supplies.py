"""HCPCS Level II in the code book: sections with our headings, codes with their own dates, modifiers."""

from datetime import date

import pytest

from codesets.models import Code

pytestmark = pytest.mark.django_db
EDITION = "/codes/hcpcs/October-2025/"


@pytest.fixture
def book(client, tia, procedure_books):
    client.force_login(tia)
    return lambda address="": client.get(EDITION + address, follow=True).content.decode()


def test_without_an_edition_the_newest_one_opens(client, tia, procedure_books):
    client.force_login(tia)

    assert client.get("/codes/hcpcs/").url == EDITION


def test_sections_have_our_headings_and_how_much_is_in_them(book):
    page = book()

    assert "Drugs not taken by mouth and chemotherapy" in page
    assert "2 codes" in page
    assert "2 modifiers" in page


def test_a_section_lists_its_codes_with_their_titles(book):
    page = book("J/")

    assert "Injection, ceftriaxone sodium, per 250 mg" in page
    assert "E0601" not in page


def test_modifiers_stand_on_a_page_of_their_own(book):
    assert 'id="RT"' in book("modifiers/")
    assert 'id="RT"' not in book("J/")


def test_a_code_says_since_when_it_is_in_force_and_what_medicare_covers(book):
    Code.objects.filter(code="J0696").update(valid_to=date(2025, 11, 30), particulars={"coverage": "D"})

    page = book("j0696/")

    assert "since 1 Jan 1990, ended 30 Nov 2025" in page
    assert "Special coverage instructions apply" in page


def test_coverage_that_the_file_does_not_state_is_not_made_up(book):
    assert "not stated in the loaded file" in book("J0696/")


@pytest.mark.parametrize("address", ["Z/", "J9999/", "RT/"])
def test_what_is_no_code_of_level_ii_is_not_there(client, tia, procedure_books, address):
    client.force_login(tia)

    assert client.get(EDITION + address).status_code == 404


def test_with_nothing_loaded_the_page_says_so(client, tia):
    client.force_login(tia)

    assert "No HCPCS Level II yet" in client.get("/codes/hcpcs/").content.decode()


@pytest.mark.parametrize(("address", "most"), [("", 10), ("J/", 9), ("modifiers/", 9), ("J0696/", 10)])
def test_each_page_costs_a_fixed_number_of_statements(book, address, most, django_assert_max_num_queries):
    with django_assert_max_num_queries(most):
        book(address)
