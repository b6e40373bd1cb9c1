"""Book mode: the book as on paper, without its search, until its reader switches it off again."""

import pytest
from django.test import Client
from django.urls import reverse

SEARCH = reverse("code_search")


@pytest.fixture
def reader(client, shelf, tia):
    client.force_login(tia)
    return client


@pytest.fixture
def client_of_sam(sam):
    client = Client()
    client.force_login(sam)
    return client


def switch(client, mode: str, page: str = SEARCH):
    return client.post(reverse("book_mode"), {"mode": mode}, headers={"referer": f"http://testserver{page}"})


def shown(client, address: str, **asked: str) -> str:
    return client.get(address, asked, follow=True).content.decode()


def test_no_page_of_the_book_has_a_search_box_in_book_mode(reader):
    pages = [reverse("volume", args=["index"]), reverse("tabular"), reverse("tables"), reverse("guidelines")]
    before = [shown(reader, page) for page in pages]

    switch(reader, "on")

    assert all('role="search"' in page for page in before)
    assert not [page for page in pages if 'role="search"' in shown(reader, page)]


def test_the_switch_leads_back_to_the_page_that_was_open(reader):
    tabular = reverse("tabular")

    assert switch(reader, "on", tabular).url == tabular


def test_in_book_mode_a_search_finds_nothing_and_says_why(reader):
    switch(reader, "on")

    page = shown(reader, SEARCH, q="S72.002A")

    assert "its search is off" in page
    assert "Switch book mode off" in page
    assert reverse("code", args=["S72.002A"]) not in page


def test_in_book_mode_a_term_is_still_found_by_its_first_letters(reader):
    switch(reader, "on")

    page = shown(reader, reverse("index_jump", args=["index"]), term="frac")

    assert "Fracture, traumatic" in page


def test_switched_off_the_search_is_back(reader):
    switch(reader, "on")
    switch(reader, "off")

    assert "S72.002A" in shown(reader, SEARCH, q="S72.002A")


def test_the_switch_is_each_readers_own(reader, client_of_sam):
    switch(reader, "on")

    assert 'role="search"' in shown(client_of_sam, SEARCH)


def test_ones_own_switch_leaves_the_picker_of_charts_alone(reader):
    switch(reader, "on")

    assert "S72.002A" in shown(reader, reverse("find_codes"), q="S72.002A")
