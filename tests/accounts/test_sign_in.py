"""A person's pages stay in no browser, and whoever is logged out in the middle of something finds back to a page."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import DatabaseError
from django.urls import reverse

from config import health
from coursework.practice.start_attempt import start_attempt
from tests.clock import NOON

PASSWORD = "a long enough phrase"
SITE = "http://testserver"


@pytest.fixture
def attempt(make_case, tia):
    return start_attempt(make_case(), tia, now=NOON)


@pytest.fixture
def add_line(attempt):
    return reverse("add_line", args=[attempt.pk])


def after_log_in(answer) -> str:
    """Where the log-in that the answer leads to goes on to."""
    to = urlsplit(answer.headers.get("HX-Redirect") or answer.headers["Location"])
    assert to.path == reverse("account_login")
    return parse_qs(to.query)["next"][0]


@pytest.mark.parametrize("name", ["home", "preferences", "cases", "teach", "styleguide", "account_email"])
def test_no_page_of_a_person_stays_in_the_browser(client, tia, name):
    client.force_login(tia)

    assert "no-store" in client.get(reverse(name))["Cache-Control"]


def test_what_a_form_answers_stays_in_no_browser_either(client, tia, attempt):
    client.force_login(tia)

    for address in [reverse("add_line", args=[attempt.pk]), reverse("join")]:
        assert "no-store" in client.post(address)["Cache-Control"]


def test_an_open_page_may_be_kept(client, db):
    assert "Cache-Control" not in client.get(reverse("home"))


def test_a_health_page_asks_nobody_who_they_are(client, tia, monkeypatch, django_assert_num_queries):
    client.force_login(tia)
    monkeypatch.setattr(health, "has_all_migrations", lambda: (_ for _ in ()).throw(DatabaseError))

    with django_assert_num_queries(0):
        assert client.get(reverse("readyz")).status_code == 503


def test_a_form_sent_after_the_log_in_expired_leads_back_to_its_page(client, attempt, add_line):
    answer = client.post(add_line, {"code": "E11.22"}, headers={"Referer": SITE + attempt.get_absolute_url()})

    assert after_log_in(answer) == attempt.get_absolute_url()


def test_the_way_back_ends_on_the_page(client, tia, attempt, add_line):
    answer = client.post(add_line, {"code": "E11.22"}, headers={"Referer": SITE + attempt.get_absolute_url()})

    ended = client.post(answer["Location"], {"login": tia.email, "password": PASSWORD}, follow=True)

    assert ended.status_code == 200
    assert ended.request["PATH_INFO"] == attempt.get_absolute_url()


def test_the_query_of_the_page_is_kept(client, add_line):
    answer = client.post(add_line, headers={"Referer": f"{SITE}/codes/?q=chest+pain#hits"})

    assert after_log_in(answer) == "/codes/?q=chest+pain"


@pytest.mark.parametrize("referer", [None, "https://elsewhere.example/attempts/1/", "http://testserver.example/", "x:"])
def test_without_a_page_of_ours_the_log_in_leads_to_the_start_page(client, add_line, referer):
    answer = client.post(add_line, headers={"Referer": referer} if referer else {})

    assert after_log_in(answer) == reverse("home")


def test_a_page_that_was_asked_for_is_shown_after_the_log_in_as_before(client, attempt):
    answer = client.get(attempt.get_absolute_url(), headers={"Referer": f"{SITE}/"})

    assert after_log_in(answer) == attempt.get_absolute_url()


def test_htmx_is_sent_to_the_log_in_as_a_whole_page(client, attempt, add_line):
    sent = {"Referer": SITE + attempt.get_absolute_url(), "HX-Request": "true"}

    answer = client.post(add_line, {"code": "E11.22"}, headers=sent)

    assert (answer.status_code, answer.content) == (401, b"")
    assert after_log_in(answer) == attempt.get_absolute_url()


def test_an_address_for_forms_that_is_opened_says_so_on_a_page(client, tia, add_line):
    client.force_login(tia)

    answer = client.get(add_line)

    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "This address only takes what a form on another page sends" in answer.content.decode()
