"""One save, one row; and every reason for which none is written."""

import json
import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from grading.items import accepts_response
from quizzes import wording
from quizzes.models import SittingEvent
from quizzes.sitting.close import submit_sitting
from quizzes.sitting.log import answers_of
from quizzes.sitting.pages import item_body
from quizzes.sitting.save import (
    AnswerMoved,
    KeyReused,
    NoAnswerToItem,
    NoSuchSlot,
    SittingClosed,
    SlotAnswer,
    save_answer,
)
from tests.quizzes.conftest import browser, move_deadline, save

KEY = "0123456789abcdef"


def post(client, sitting, slot, **body):
    address = reverse("save_answer", args=[sitting.public_id, slot])
    return client.post(address, json.dumps(body), content_type="application/json")


def test_a_save_is_one_row_and_one_statement(sitting, django_assert_num_queries):
    with django_assert_num_queries(1):
        acknowledged = save(sitting, 1, ("a",))

    assert acknowledged.revision == 1
    assert 0 < acknowledged.remaining_ms <= 1_800_000
    assert answers_of(sitting).packed() == {"1": ["a"]}


def test_a_save_over_http_takes_three_statements_and_a_short_answer(sitting, sam, django_assert_num_queries):
    client = browser(sam)

    with django_assert_num_queries(3):
        answer = post(client, sitting, 1, base=0, key=KEY, answer=["a"])

    assert answer.status_code == 200
    assert set(answer.json()) == {"revision", "saved_at", "remaining_ms"}
    assert len(answer.content) <= 300
    assert "no-store" in answer["Cache-Control"]


def test_the_same_key_again_gets_the_first_acknowledgement(sitting):
    first = save(sitting, 1, ("a",), key=KEY)
    save(sitting, 1, ("b",), base=1)

    again = save(sitting, 1, ("a",), key=KEY)

    assert (again.revision, again.saved_at) == (first.revision, first.saved_at)
    assert answers_of(sitting).packed() == {"1": ["b"]}


def test_a_key_stands_for_one_answer_only(sitting):
    save(sitting, 1, ("a",), key=KEY)

    with pytest.raises(KeyReused):
        save(sitting, 2, ("a",), key=KEY)


@pytest.mark.parametrize("base", [0, 7])
def test_a_save_from_another_base_gets_the_stored_answer(sitting, base):
    save(sitting, 1, ("a",))

    with pytest.raises(AnswerMoved) as refusal:
        save(sitting, 1, ("b",), base=base)

    assert (refusal.value.stored.chosen, refusal.value.stored.revision) == (("a",), 1)


def test_a_second_window_gets_409_with_a_sentence(sitting, sam):
    client = browser(sam)
    post(client, sitting, 1, base=0, key=KEY, answer=["a"])

    answer = post(client, sitting, 1, base=0, key="another-window", answer=["c"])

    assert answer.status_code == 409
    assert answer.json()["answer"] == ["a"]
    assert "answered in another window" in answer.json()["sentence"]


def test_an_empty_choice_clears_the_answer(sitting):
    save(sitting, 1, ("a",))
    save(sitting, 1, (), base=1)

    assert answers_of(sitting).answered == 0
    assert SittingEvent.objects.last().kind == "cleared"


def test_a_late_save_is_refused_and_kept_as_evidence_once(sitting):
    move_deadline(sitting, by=timedelta(minutes=-31))

    for key in (KEY, KEY, "another-key"):
        with pytest.raises(SittingClosed):
            save(sitting, 1, ("a",), key=key)

    kept = SittingEvent.objects.get()
    assert (kept.kind, kept.slot, kept.payload) == ("late_refused", 1, {"chosen": ["a"], "base": 0})
    assert answers_of(sitting).answered == 0


def test_many_late_saves_leave_one_row_for_each_item(sitting, sam, now):
    submit_sitting(sitting, now=now)
    client = browser(sam)

    for number in range(30):
        post(client, sitting, number % 2 + 1, base=0, key=f"late-key-{number}", answer=["abc"[number % 2]])

    kept = SittingEvent.objects.filter(kind="late_refused")
    assert [(event.slot, event.payload["chosen"]) for event in kept] == [(1, ["a"]), (2, ["b"])]


def test_a_late_save_of_what_the_item_does_not_have_is_not_kept(sitting, sam, now):
    submit_sitting(sitting, now=now)

    assert post(browser(sam), sitting, 1, base=0, key=KEY, answer=["x" * 40]).status_code == 422
    assert not SittingEvent.objects.filter(kind="late_refused").exists()


def test_a_save_within_the_grace_counts(sitting):
    move_deadline(sitting, by=timedelta(minutes=-30, seconds=-5))

    assert save(sitting, 1, ("a",)).remaining_ms == 0


def test_a_save_after_the_submit_gets_410_with_a_sentence(sitting, sam, now):
    submit_sitting(sitting, now=now)

    answer = post(browser(sam), sitting, 1, base=0, key=KEY, answer=["a"])

    assert answer.status_code == 410
    assert "arrived too late" in answer.json()["sentence"]
    assert answer.json()["receipt"] == reverse("sitting_receipt", args=[sitting.public_id])


def test_the_clock_of_the_client_decides_nothing(sitting, sam):
    answer = post(browser(sam), sitting, 1, base=0, key=KEY, answer=["a"], at="1999-01-01T00:00:00Z")

    assert answer.status_code == 200
    assert SittingEvent.objects.get().client_at.year == 1999


def test_nobody_saves_into_the_sitting_of_another(sitting, tia):
    with pytest.raises(NoSuchSlot):
        save_answer(sitting.public_id, tia.pk, SlotAnswer(1, 0, KEY, ("a",)))
    assert post(browser(tia), sitting, 1, base=0, key=KEY, answer=["a"]).status_code == 404
    assert SittingEvent.objects.count() == 0


@pytest.mark.parametrize("slot", [0, 5])
def test_a_slot_that_the_form_does_not_have_is_not_there(sitting, slot):
    with pytest.raises(NoSuchSlot):
        save(sitting, slot, ("a",))


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"base": 0, "key": KEY, "answer": "a"},
        {"base": 0, "key": KEY, "answer": [1]},
        {"base": 0, "key": KEY, "answer": ["a", "a"]},
        {"base": -1, "key": KEY, "answer": ["a"]},
        {"base": "0", "key": KEY, "answer": ["a"]},
        {"base": 0, "key": "short", "answer": ["a"]},
        {"base": 0, "key": "k" * 41, "answer": ["a"]},
        {"base": 0, "key": "viewed 1", "answer": ["a"]},
        {"base": 10**20, "key": KEY, "answer": ["a"]},
        {"base": 0, "key": KEY, "answer": ["zzz"]},
        {"base": 0, "key": KEY, "answer": ["a", "b"]},
        {"base": 0, "key": KEY, "answer": ["a\x00"]},
        {"base": 0, "key": "\x00" * 10, "answer": ["a"]},
        {"base": 0, "key": KEY, "answer": ["\ud800"]},
    ],
)
def test_what_is_no_answer_of_any_kind_gets_422(sitting, sam, body):
    answer = post(browser(sam), sitting, 1, **body)

    assert (answer.status_code, answer.json()["sentence"]) == (422, wording.BAD_SHAPE)
    assert SittingEvent.objects.count() == 0


@pytest.mark.parametrize(
    "body", [" ", "[]", "[" * 200_000, "[" * 15_000, b"\xff\xfe", '{"base": ' + "9" * 5000 + "}", " " * 3_000_000]
)
def test_a_body_that_is_no_json_of_ours_gets_422(sitting, sam, body):
    address = reverse("save_answer", args=[sitting.public_id, 1])

    answer = browser(sam).post(address, body, content_type="application/json")

    assert (answer.status_code, answer.json()["sentence"]) == (422, wording.BAD_SHAPE)


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "x", 5, "9" * 5000])
def test_a_clock_that_no_calendar_knows_is_not_kept(sitting, sam, at):
    assert post(browser(sam), sitting, 1, base=0, key=KEY, answer=["a"], at=at).status_code == 200
    assert SittingEvent.objects.get().client_at is None


@pytest.mark.parametrize(
    "fields",
    [
        {"base": "9" * 20},
        {"base": "9" * 5000},
        {"base": "-1"},
        {"key": "\x00" * 10},
        {"option": ["zzz"]},
        {"option": ["a\x00"]},
    ],
)
def test_a_form_that_is_no_answer_comes_back_with_a_sentence(sitting, sam, fields):
    sent = {"base": "0", "key": KEY, "option": ["a"]} | fields

    answer = browser(sam).post(reverse("save_answer", args=[sitting.public_id, 1]), sent)

    assert answer.status_code == 422
    assert wording.BAD_SHAPE in answer.content.decode()
    assert SittingEvent.objects.count() == 0


@pytest.mark.parametrize("slot", [1, 2])
@pytest.mark.parametrize("chosen", [(), ("a",), ("d",), ("a", "b"), ("b", "d"), ("a", "b", "c"), ("e",), ("a", "e")])
def test_the_save_takes_what_the_grading_calls_an_answer(sitting, slot, chosen):
    body = item_body(sitting, slot)

    try:
        taken = bool(save(sitting, slot, chosen))
    except NoAnswerToItem:
        taken = False

    assert taken == accepts_response(body["kind"], body, {"chosen": list(chosen)})


def test_the_form_refuses_a_third_choice_with_a_sentence(sitting, sam):
    fields = {"base": "0", "key": uuid.uuid4().hex, "option": ["a", "b", "c"]}

    answer = browser(sam).post(reverse("save_answer", args=[sitting.public_id, 2]), fields)

    assert answer.status_code == 422
    assert "You can choose 2." in answer.content.decode()
    assert answers_of(sitting).answered == 0


def test_the_form_of_an_older_page_shows_the_stored_answer(sitting, sam):
    save(sitting, 1, ("a",))
    fields = {"base": "0", "key": uuid.uuid4().hex, "option": ["b"]}

    answer = browser(sam).post(reverse("save_answer", args=[sitting.public_id, 1]), fields)

    assert answer.status_code == 409
    assert "answered in another window" in answer.content.decode()
    assert 'value="a" checked' in answer.content.decode()


def test_every_link_of_a_page_that_came_back_leads_where_it_should(sitting, sam):
    client, fields = browser(sam), {"base": "0", "key": uuid.uuid4().hex, "option": ["a", "b", "c"]}

    for name in ("save_answer", "flag_item"):
        page = client.post(reverse(name, args=[sitting.public_id, 2]), fields).content.decode()
        links = re.findall(r'(?:href|action|data-(?:next|back|review))="([^"#]*/exams/[^"]*|\.\.[^"]*)"', page)
        assert len(links) >= 4
        assert not [link for link in links if link.startswith("..")]
        assert {client.get(link).status_code for link in links} <= {200, 302, 405}


def test_going_on_without_a_change_writes_no_answer(sitting, sam):
    save(sitting, 1, ("a",))
    fields = {"base": "1", "key": uuid.uuid4().hex, "option": ["a"]}

    answer = browser(sam).post(reverse("save_answer", args=[sitting.public_id, 1]), fields)

    assert answer.status_code == 302
    assert SittingEvent.objects.count() == 1


def test_a_flag_is_set_and_taken_away_and_keeps_the_answer_of_its_form(sitting, sam):
    client, address = browser(sam), reverse("flag_item", args=[sitting.public_id, 1])

    client.post(address, {"flag": "1", "base": "0", "key": uuid.uuid4().hex, "option": ["a"]})
    flagged = answers_of(sitting).of(1)
    client.post(address, {"flag": "0"})

    assert (flagged.is_flagged, flagged.chosen) == (True, ("a",))
    assert not answers_of(sitting).of(1).is_flagged
