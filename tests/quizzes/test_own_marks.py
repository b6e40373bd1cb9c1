"""An exam says whether one's own tabs, notes and highlights are allowed; if not, the book has none while it is sat."""

from datetime import timedelta

import pytest
from django.urls import reverse

from coursework.book.models import Mark
from quizzes.forms.models import Administration
from quizzes.forms.schedule import schedule_administration
from quizzes.sitting.close import submit_sitting
from quizzes.sitting.start import start_sitting
from tests.quizzes.conftest import browser, move_deadline

PAGE = "/codes/external-causes/"
NOTE = "Places come first"


@pytest.fixture
def strict(form, evening, now) -> Administration:
    hour = timedelta(hours=1)
    return schedule_administration(
        form, evening, opens_at=now - hour, closes_at=now + hour, now=now, allows_marks=False
    )


@pytest.fixture
def note(sam, shelf) -> Mark:
    return Mark.objects.create(user=sam, kind=Mark.Kind.NOTE, page="external-causes", text=NOTE)


def shown(user, path: str = PAGE) -> str:
    return browser(user).get(path).content.decode()


def test_the_face_of_an_exam_says_whether_own_marks_are_allowed(mock, strict, sam):
    assert "Allowed. Your tabs, notes and highlights" in shown(sam, reverse("exam", args=[mock.pk]))
    assert "Not allowed. The code book shows none" in shown(sam, reverse("exam", args=[strict.pk]))


def test_as_on_paper_they_stay_unless_the_exam_forbids_them(mock, note, sam, now):
    start_sitting(mock, sam, now=now)

    assert NOTE in shown(sam)


def test_where_they_are_forbidden_the_book_shows_none_and_takes_none(strict, note, sam, now):
    start_sitting(strict, sam, now=now)
    client = browser(sam)
    asked = [client.get(reverse(name)) for name in ("marks", "export_marks")]
    asked += [client.get(reverse("edit_mark", args=[note.pk]))]
    asked += [client.post(reverse("add_mark", args=["note"]), {"at": PAGE, "text": "New"})]
    asked += [client.post(reverse(name, args=[note.pk]), {"at": PAGE}) for name in ("edit_mark", "remove_mark")]

    assert NOTE not in shown(sam)
    assert "allow no tabs, notes or highlights of your own" in shown(sam)
    assert {answer.status_code for answer in asked} == {403}
    assert not any(NOTE in answer.content.decode() for answer in asked)
    assert list(Mark.objects.values_list("text", "removed_at")) == [(NOTE, None)]


def test_of_two_exams_the_stricter_one_counts(mock, strict, note, sam, now):
    start_sitting(mock, sam, now=now)
    start_sitting(strict, sam, now=now)

    assert NOTE not in shown(sam)


def test_they_are_back_when_the_exam_is_submitted(strict, note, sam, now):
    submit_sitting(start_sitting(strict, sam, now=now), now=now)

    assert NOTE in shown(sam)


def test_they_are_back_when_its_time_is_over_whether_it_was_closed_or_not(strict, note, sam, now):
    move_deadline(start_sitting(strict, sam, now=now), by=-timedelta(hours=3))

    assert NOTE in shown(sam)


def test_the_rule_holds_for_who_sits_and_for_nobody_else(strict, note, sam, tia, now):
    start_sitting(strict, tia, now=now)

    assert NOTE in shown(sam)
