"""One world for the table of access: everybody, a chart, a lesson and an exam, and Tia in the middle of each."""

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from codesets.models import Supplied
from coursework.book.models import Mark
from coursework.book.shelf import open_shelf
from coursework.drills.run import start_drill
from coursework.practice import sheet
from coursework.practice.start_attempt import start_attempt
from coursework.practice.submit_attempt import submit_attempt
from quizzes.sitting.start import start_sitting
from tests.clock import NOON
from tests.procedure_books import PROCEDURE_ADDRESSES
from tests.quizzes.conftest import catalogue, form, mock, now  # noqa: F401


def ask(person: User | None, method: str, address: str) -> HttpResponse:
    """What this person gets. What the request did is taken back, so that each begins in the same world."""
    cache.clear()
    client = Client()
    with transaction.atomic():
        if person:
            client.force_login(person)
        answer = getattr(client, method)(address)
        transaction.set_rollback(True)
    return answer


@pytest.fixture
def world(tia, sam, wim, otto, ines, olga, ada):
    return {"tia": tia, "sam": sam, "wim": wim, "otto": otto, "ines": ines, "olga": olga, "ada": ada}


@pytest.fixture
def addresses(world, make_case, lesson, mock, now, evening, shelf, procedure_books):  # noqa: F811
    """The arguments of each address, all about Tia."""
    tia = world["tia"]
    done = start_attempt(make_case("ana"), tia, now=NOON)
    sheet.add_line(done, "N18.4")
    submit_attempt(done, now=NOON)
    attempt = start_attempt(make_case("ben"), tia, now=NOON)
    line = sheet.add_line(attempt, "E11.22")
    sitting = {"public_id": start_sitting(mock, tia, now=now).public_id}
    mark = Mark.objects.create(user=tia, kind=Mark.Kind.NOTE, page="icd10cm/E11.22", text="With its stage")
    drill = {"pk": start_drill(tia, open_shelf(), seed=1, now=NOON).pk}
    on_line = {"pk": attempt.pk, "line": line.pk}
    file = Supplied.objects.create(
        institution=evening.institution, supplied_by=world["ada"], name="order.zip", token="0" * 32, requested_at=NOON
    )
    code, year = {"code": "E11.22"}, {"label": shelf.label}
    index, excludes = {"volume": "index"}, {"number": "I.A.12.a"}
    return {
        "lesson": {"slug": "excludes"},
        "check": {"slug": "excludes", "check_slug": "first"},
        "case": {"slug": "ana"},
        "start_attempt": {"slug": "ana"},
        **{key: {"pk": attempt.pk} for key in ["attempt", "add_line", "undo_remove", "submit_attempt"]},
        **dict.fromkeys(["set_poa", "move_line", "remove_line"], on_line),
        "feedback": {"pk": done.pk},
        "code": code,
        "code_in_release": code | year,
        "tabular_of": year,
        "section": year | {"name": "4"},
        **dict.fromkeys(["volume", "index_jump"], index),
        "index_term": index | {"way": "Fracture, traumatic"},
        "index_letter": index | {"letter": "F"},
        "book_page": {"key": "icd10cm/E11.22"},
        "add_mark": {"kind": "note"},
        **{key: {"pk": mark.pk} for key in ["edit_mark", "remove_mark", "bring_mark_back"]},
        "guideline": excludes,
        "guideline_in_release": excludes | year,
        **PROCEDURE_ADDRESSES,
        **dict.fromkeys(["drill", "next_task", "repeat_drill"], drill),
        **dict.fromkeys(["drill_task", "answer_task"], drill | {"place": 1}),
        **{key: {"pk": mock.pk} for key in ["exam", "start_sitting", "administration_results", "release_scores"]},
        **dict.fromkeys(["sitting", "review_sitting", "submit_sitting", "sitting_receipt"], sitting),
        **dict.fromkeys(["sitting_clock", "sitting_report"], sitting),
        **dict.fromkeys(["sitting_item", "save_answer", "flag_item"], sitting | {"position": 1}),
        "cohort": {"pk": evening.pk},
        **{key: {"pk": file.pk} for key in ["supplied", "load_code_set", "work_now", "discard_supplied"]},
        "account_confirm_email": {"key": "expired"},
        "account_reset_password_from_key": {"uidb36": "1", "key": "expired"},
        **{key: {"pk": 1} for key in ["mfa_remove_webauthn", "mfa_edit_webauthn"]},
    }
