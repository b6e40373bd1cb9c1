"""The MS-DRGs in the code book: by category and kind, and one DRG with its weight, stay and family."""

import pytest

pytestmark = pytest.mark.django_db
EDITION = "/codes/ms-drg/FY2026/"


@pytest.fixture
def book(client, tia, procedure_books):
    client.force_login(tia)
    return lambda address="": client.get(EDITION + address, follow=True).content.decode()


def test_without_a_year_the_newest_one_opens(client, tia, procedure_books):
    client.force_login(tia)

    assert client.get("/codes/ms-drg/").url == EDITION


def test_categories_have_our_headings_and_how_many_drgs_they_hold(book):
    page = book()

    assert "Circulatory system" in page
    assert "3 DRGs" in page


def test_a_category_lists_its_drgs_by_kind_with_weight_and_stay(book):
    page = book("mdc/05/")

    assert "Medical" in page
    assert "Heart failure and shock with MCC" in page
    assert "1.2838" in page
    assert "Surgical" not in page


def test_what_is_grouped_beside_all_categories_has_an_address_too(book):
    assert "Principal diagnosis invalid as discharge diagnosis" in book("mdc/none/")


def test_a_drg_shows_its_figures_and_its_family(book):
    page = book("291/")

    assert "3.8 days" in page
    assert "5.0 days" in page
    assert "The family, by severity" in page
    assert f'href="{EDITION}293/"' in page
    assert f'href="{EDITION}871/"' not in page


def test_a_drg_that_pays_nothing_says_so(book):
    assert "none: it pays nothing" in book("998/")


@pytest.mark.parametrize("address", ["290/", "mdc/99/"])
def test_what_is_not_in_the_year_is_not_there(client, tia, procedure_books, address):
    client.force_login(tia)

    assert client.get(EDITION + address).status_code == 404


def test_with_nothing_loaded_the_page_says_so(client, tia):
    client.force_login(tia)

    assert "No MS-DRG weights yet" in client.get("/codes/ms-drg/").content.decode()


@pytest.mark.parametrize(("address", "most"), [("", 9), ("mdc/05/", 9), ("291/", 10)])
def test_each_page_costs_a_fixed_number_of_statements(book, address, most, django_assert_max_num_queries):
    with django_assert_max_num_queries(most):
        book(address)
