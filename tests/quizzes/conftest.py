"""A small form of real items, given to the evening class for an hour around now."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Institution
from quizzes.bank.load import load_items
from quizzes.forms.load import load_form
from quizzes.forms.models import Administration, ExamForm
from quizzes.forms.schedule import schedule_administration
from quizzes.sitting.models import Sitting
from quizzes.sitting.save import Acknowledgement, SlotAnswer, save_answer
from quizzes.sitting.start import start_sitting
from tests.quizzes.content import content


def save(sitting: Sitting, slot: int, chosen: tuple[str, ...], base: int = 0, key: str = "") -> Acknowledgement:
    answer = SlotAnswer(slot, base, key or uuid.uuid4().hex, chosen)
    return save_answer(sitting.public_id, sitting.user_id, answer)


def move_deadline(sitting: Sitting, *, by: timedelta) -> None:
    """Moves the whole sitting in time, as the database's clock cannot be moved."""
    names = ("started_at", "deadline_at", "accepts_until")
    Sitting.objects.filter(pk=sitting.pk).update(**{name: getattr(sitting, name) + by for name in names})
    sitting.refresh_from_db()


def browser(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def catalogue(db) -> Institution:
    return Institution.objects.catalogue()


@pytest.fixture
def form(catalogue) -> ExamForm:
    loaded = content()
    load_items(catalogue, loaded["items"])
    return load_form(catalogue, loaded["exam"])


@pytest.fixture
def now(db):
    """The present: a save compares with the database's own clock."""
    return timezone.now()


@pytest.fixture
def mock(form, evening, now) -> Administration:
    hour = timedelta(hours=1)
    return schedule_administration(form, evening, opens_at=now - hour, closes_at=now + hour, now=now)


@pytest.fixture
def sitting(mock, sam, now) -> Sitting:
    return start_sitting(mock, sam, now=now)
