"""Which book an exam allows: said before the start, and held on the server while a sitting takes answers."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from codesets.open_book import Book
from quizzes.forms.models import Administration
from quizzes.forms.schedule import schedule_administration
from quizzes.sitting.close import submit_sitting
from quizzes.sitting.start import start_sitting
from tests.quizzes.conftest import browser, move_deadline

SEARCH, PICKER, TABULAR = reverse("code_search"), reverse("find_codes"), reverse("tabular")
CLOSED = "The code book is closed"


@pytest.fixture
def sits(mock, sam, shelf, now):
    """sits(book) is Sam's browser while he sits an exam that allows this book."""

    def sits(book: Book):
        Administration.objects.filter(pk=mock.pk).update(book=book)
        sits.sitting = start_sitting(mock, sam, now=now)
        return browser(sam)

    return sits


def text(client, address: str, **asked: str) -> str:
    return client.get(address, asked, follow=True).content.decode()


@pytest.mark.parametrize(
    ("book", "words"),
    [
        (Book.WITH_SEARCH, "the code book here with its search"),
        (Book.BOOK_MODE, "without its search, until you submit"),
        (Book.NONE, "No book may be used"),
    ],
)
def test_the_rules_say_before_the_start_which_book_may_be_used(book, words, form, evening, sam, now):
    later = now + timedelta(hours=1)
    exam = schedule_administration(form, evening, opens_at=now, closes_at=later, now=now, book=book)

    assert words in text(browser(sam), exam.get_absolute_url())


def test_an_exam_allows_the_whole_book_unless_somebody_says_otherwise(mock):
    assert mock.book == Book.WITH_SEARCH


@pytest.mark.parametrize("book", [Book.WITH_SEARCH, Book.BOOK_MODE])
def test_the_runner_leads_to_the_book_that_the_exam_allows(book, sits):
    client = sits(book)

    page = text(client, sits.sitting.get_absolute_url())

    assert f'href="{SEARCH}" target="_blank" data-key-action="books"' in page


def test_the_runner_of_an_exam_without_a_book_leads_to_none(sits):
    client = sits(Book.NONE)

    assert 'data-key-action="books"' not in text(client, sits.sitting.get_absolute_url())


def test_an_exam_in_book_mode_takes_the_search_away_and_leaves_the_book(sits):
    client = sits(Book.BOOK_MODE)

    searched = client.get(SEARCH, {"q": "S72.002A"})
    picked = client.get(PICKER, {"q": "S72.002A"})
    tabular = text(client, TABULAR)

    assert (searched.status_code, picked.status_code) == (403, 403)
    assert all("allows the book without its search" in each.content.decode() for each in (searched, picked))
    assert "data-code=" not in picked.content.decode()
    assert "by the rules of your exam" in tabular
    assert 'role="search"' not in tabular


def test_nobody_switches_the_search_on_while_an_exam_says_book_mode(sits):
    client = sits(Book.BOOK_MODE)

    client.post(reverse("book_mode"), {"mode": "off"})

    assert client.get(SEARCH, {"q": "S72.002A"}).status_code == 403


@pytest.mark.parametrize("page", [SEARCH, TABULAR, reverse("code", args=["S72.002A"]), reverse("drills")])
def test_an_exam_without_a_book_closes_every_page_of_it(page, sits):
    answer = sits(Book.NONE).get(page)

    assert answer.status_code == 403
    assert CLOSED in answer.content.decode()
    assert "opens again when you have submitted" in answer.content.decode()


def test_the_picker_says_its_sentence_in_its_own_list(sits):
    answer = sits(Book.NONE).get(PICKER, {"q": "hip"}).content.decode()

    assert "allows no book" in answer
    assert "<html" not in answer


def test_after_submitting_the_book_is_open_again(sits, now):
    client = sits(Book.NONE)

    submit_sitting(sits.sitting, now=now)

    assert client.get(SEARCH, {"q": "S72.002A"}).status_code == 200


def test_after_the_time_the_book_is_open_again_though_nobody_closed_the_sitting(sits):
    client = sits(Book.NONE)

    move_deadline(sits.sitting, by=timedelta(minutes=-40))

    assert client.get(TABULAR).status_code == 200


def test_of_two_exams_at_once_the_stricter_one_rules(sits, form, evening, sam, now):
    client = sits(Book.BOOK_MODE)
    later = now + timedelta(hours=1)
    other = schedule_administration(form, evening, opens_at=now, closes_at=later, now=now, book=Book.NONE)

    start_sitting(other, sam, now=now)

    assert CLOSED in text(client, TABULAR)


def test_the_exam_of_one_student_leaves_the_book_of_another_alone(sits, tia):
    sits(Book.NONE)

    assert browser(tia).get(TABULAR).status_code == 200


@pytest.mark.parametrize("page", [SEARCH, TABULAR, reverse("volume", args=["index"]), PICKER])
def test_the_rule_costs_a_page_of_the_book_one_statement(page, sits):
    client = sits(Book.BOOK_MODE)

    with CaptureQueriesContext(connection) as asked:
        client.get(page, {"q": "S72.002A"})

    assert sum("quizzes_sitting" in each["sql"] for each in asked) == 1


def test_a_page_outside_the_book_asks_for_no_rule(sits):
    client = sits(Book.NONE)

    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("preferences"))

    assert not [each for each in asked if "quizzes_sitting" in each["sql"]]
