"""One table of shortcuts: no clash, nothing that a browser or a system owns."""

import re
from collections import Counter

import pytest
from django.urls import reverse

from kit.keyboard import PLACE_TITLES, SHORTCUTS, Place, for_scripts

WORKING_SURFACES = (Place.WORKSPACE, Place.EXAM)


def keys_in(*places):
    return [key for shortcut in SHORTCUTS if shortcut.where in places for key in shortcut.keys]


@pytest.mark.parametrize("place", Place)
def test_no_key_stands_for_two_things_in_one_place(place):
    counted = Counter(keys_in(place))

    assert counted
    assert [key for key, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("place", WORKING_SURFACES)
def test_what_works_everywhere_is_not_taken_by_a_working_surface(place):
    first_keys = {key.split()[0] for key in keys_in(Place.EVERYWHERE)}

    assert first_keys & set(keys_in(place)) == set()


def test_no_shortcut_is_owned_by_browsers_or_systems():
    owned = re.compile(r"Alt\+\w$|Mod\+\d$|F\d+$")

    assert [key for key in keys_in(*Place) if owned.search(key)] == []


def test_no_letter_of_an_exam_option_does_anything_else_in_the_exam():
    others = [key for s in SHORTCUTS if s.where == Place.EXAM and s.action != "choose" for key in s.keys]

    assert set(others) & set("abcde123456789") == set()


def test_alternatives_are_named_to_assistive_software_but_sequences_are_not():
    aria = {shortcut.action: shortcut.aria for shortcut in SHORTCUTS}

    assert aria["check"] == "Control+Enter Meta+Enter"
    assert aria["go-exams"] == ""


@pytest.mark.django_db
def test_the_page_of_keys_shows_the_whole_table(client):
    page = client.get(reverse("keyboard")).content.decode()

    assert all(title in page for title in PLACE_TITLES.values())
    assert all(shortcut.does in page for shortcut in SHORTCUTS)


@pytest.mark.django_db
def test_every_page_carries_the_table_that_the_handlers_read(client):
    page = client.get(reverse("account_login")).content.decode()

    assert '<script id="keyboard-table" type="application/json">' in page
    assert len(for_scripts()) == len(SHORTCUTS)


def test_no_key_submits_a_chart():
    check = next(shortcut for shortcut in SHORTCUTS if shortcut.action == "check")

    assert check.gives_focus
