"""The frame of every page, and the pages of the site itself."""

import re

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User

OPEN_PAGES = ["account_login", "account_signup", "account_reset_password", "styleguide", "keyboard"]
OWN_PAGES = ["preferences", "join", "mfa_index", "usersessions_list", "account_email", "account_logout"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client):
    user = User.objects.create_user("reader@example.org", "five plain unlike words", name="Reader", theme="dark")
    client.force_login(user)
    return user


@pytest.mark.parametrize("name", OPEN_PAGES)
def test_an_open_page_has_one_heading_and_the_landmarks(client, name):
    page = client.get(reverse(name)).content.decode()

    assert page.count("<h1") == 1
    assert '<main id="main"' in page
    assert 'class="skip-link" href="#main"' in page
    assert 'role="status"' in page


@pytest.mark.parametrize("name", OWN_PAGES)
def test_an_own_page_has_one_heading_and_its_readers_theme(client, reader, name):
    answer = client.get(reverse(name))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count("<h1") == 1
    assert 'data-theme="dark"' in page


@pytest.mark.parametrize("name", [*OPEN_PAGES, *OWN_PAGES])
def test_no_id_stands_twice_on_a_page(client, reader, name):
    page = client.get(reverse(name), follow=True).content.decode()

    ids = re.findall(r'\sid="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids))


def test_the_switch_for_single_keys_reaches_the_page(client, reader):
    User.objects.filter(pk=reader.pk).update(uses_single_keys=False)

    assert 'data-single-keys="off"' in client.get(reverse("preferences")).content.decode()


def test_an_unknown_address_says_what_to_do_next(client):
    answer = client.get("/nothing-here/")

    assert answer.status_code == 404
    assert "Page not found" in answer.content.decode()


def test_the_page_for_our_own_fault_needs_no_context():
    page = render_to_string("500.html")

    assert page.count("<h1") == 1
    assert "What was saved before is safe" in page


def test_the_expired_form_shows_what_was_typed():
    page = render_to_string("403_csrf.html", {"typed": [("note", "first line\nsecond line")]})

    assert "first line\nsecond line" in page


def test_a_page_that_still_loads_says_so():
    page = render_to_string("404.html", {"loading": "ICD-10-CM is still loading."})

    assert "ICD-10-CM is still loading." in page
