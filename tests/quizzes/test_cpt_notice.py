"""An item with CPT numbers carries the owner's notice while it is answered."""

import pytest
from django.urls import reverse

from codesets.wording import cpt_notice
from quizzes.bank.load import load_items
from quizzes.forms.load import load_form
from quizzes.forms.models import ExamForm
from quizzes.sitting.start import start_sitting
from tests.quizzes.content import content


@pytest.fixture
def form(catalogue) -> ExamForm:
    """The form of the tests, with its items marked."""
    marked = [{**item, "needs": "cpt"} for item in content()["items"]]
    load_items(catalogue, marked)
    return load_form(catalogue, content()["exam"])


def test_the_runner_shows_the_notice_of_the_items_year(client, mock, tia, now):
    sitting = start_sitting(mock, tia, now=now)
    client.force_login(tia)

    page = client.get(reverse("sitting_item", args=[sitting.public_id, 1])).text

    assert cpt_notice(2025) in page
