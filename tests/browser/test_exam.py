"""The exam runner: by keyboard, through a lost connection, in two tabs, and over the deadline."""

import re
from datetime import timedelta

import pytest

from quizzes.sitting.models import Sitting
from quizzes.sitting.times import slot_order
from tests.browser.acts import answers_in, press, save_state, slot_shown
from tests.browser.chromium import Page, expect
from tests.quizzes.conftest import move_deadline

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OFFLINE = "Not saved yet: no connection. Your work is kept on this device."
SAVED = re.compile(r"^Saved \d\d:\d\d:\d\d$")


def open_item(page: Page, sitting: Sitting, slot: int) -> None:
    """The item of this slot, wherever this sitting shows it."""
    page.goto(f"/exams/sittings/{sitting.public_id}/items/{position_of(sitting, slot)}/")


def position_of(sitting: Sitting, slot: int) -> int:
    return slot_order(sitting.order_seed, sitting.slot_count).index(slot) + 1


def ticked(page: Page) -> list[str]:
    return page.locator("input[name=option]:checked").evaluate_all("inputs => inputs.map(input => input.value)")


def minutes_shown(page: Page) -> int:
    return int(page.locator("[data-clock-text]").inner_text().split(":")[0])


def test_an_exam_is_sat_by_keyboard_alone(visit, sam, sitting):
    page = visit(sam)
    page.goto(f"/exams/sittings/{sitting.public_id}/")
    expect(page.locator("[data-clock-text]")).to_have_text(re.compile(r"^(30:00|29:\d\d)$"))

    press(page, "t")
    expect(page.locator("[data-clock-text]")).to_be_hidden()
    press(page, "t")
    press(page, "f")
    expect(page.get_by_role("button", name="Remove the flag")).to_be_visible()
    for position in range(1, 5):
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Item {position} of 4")
        expect(save_state(page)).to_have_text("All saved")  # the page's script listens
        press(page, "a", "b") if slot_shown(page) == 2 else press(page, "2")
        expect(save_state(page)).to_have_text(SAVED)
        press(page, "]")
    expect(page.get_by_role("heading", level=1)).to_have_text("Review and submit")
    expect(page.get_by_role("link", name="1, answered, flagged")).to_be_visible()

    page.get_by_role("button", name="Submit 4 of 4 answered").focus()
    press(page, "Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Your answers are in")
    assert sorted({slot for slot, _ in answers_in(sitting)}) == [1, 2, 3, 4]


def test_r_leads_to_the_review_and_a_reload_keeps_answers_and_clock(visit, sam, sitting):
    move_deadline(sitting, by=timedelta(minutes=-5, seconds=-30))
    page = visit(sam)
    open_item(page, sitting, 1)
    press(page, "c")
    expect(save_state(page)).to_have_text(SAVED)
    before = ticked(page)

    page.reload()

    assert ticked(page) == before
    expect(page.locator("[data-clock-text]")).to_have_text(re.compile(r"^24:\d\d$"))
    press(page, "r")
    expect(page.get_by_role("heading", level=1)).to_have_text("Review and submit")
    expect(page.get_by_role("button", name="Submit 1 of 4 answered")).to_be_visible()


def test_no_key_submits_an_exam(visit, sam, sitting):
    page = visit(sam)
    page.goto(f"/exams/sittings/{sitting.public_id}/review/")

    press(page, "Enter", "Control+Enter", "]", "r", "Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Review and submit")
    assert Sitting.objects.get().is_open


def test_a_choice_too_many_is_refused_with_a_sentence(visit, sam, sitting):
    page = visit(sam)
    open_item(page, sitting, 2)

    press(page, "a", "b", "c")

    expect(page.get_by_text("You can choose 2. Take one away before you choose another.")).to_be_visible()
    assert len(ticked(page)) == 2


def test_answers_given_without_a_connection_are_all_stored_in_their_order_when_it_is_back(visit, sam, sitting):
    page = visit(sam)
    open_item(page, sitting, 1)
    page.context.set_offline(True)

    for letter in ["a", "b", "c"]:
        press(page, letter)
        expect(save_state(page)).to_have_text(OFFLINE)
    last = ticked(page)
    assert answers_in(sitting) == []
    page.context.set_offline(False)

    expect(save_state(page)).to_have_text(SAVED, timeout=15_000)
    stored = answers_in(sitting)
    assert stored[-1] == (1, last)
    assert [slot for slot, _ in stored] == [1] * len(stored)
    assert len({tuple(chosen) for _, chosen in stored}) == len(stored) >= 2


def test_nobody_is_sent_on_while_an_answer_waits_for_the_connection(visit, sam, sitting):
    page = visit(sam)
    open_item(page, sitting, 1)
    here = page.url
    page.context.set_offline(True)

    press(page, "a", "]")

    expect(save_state(page)).to_have_text(OFFLINE)
    assert page.url == here
    page.context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).not_to_have_text(f"Item {position_of(sitting, 1)} of 4")
    assert [slot for slot, _ in answers_in(sitting)] == [1]


def test_a_closed_tab_keeps_its_answer_until_the_exam_is_opened_again(visit, sam, sitting):
    page = visit(sam)
    context = page.context
    open_item(page, sitting, 1)
    context.set_offline(True)
    press(page, "a", "c")
    expect(save_state(page)).to_have_text(OFFLINE)
    last = ticked(page)
    page.close()
    context.set_offline(False)
    assert answers_in(sitting) == []

    page = context.new_page()
    page.goto(f"/exams/sittings/{sitting.public_id}/review/")

    expect(save_state(page)).to_have_text(SAVED)
    assert answers_in(sitting)[-1] == (1, last)


def test_tabs_that_wait_for_the_connection_side_by_side_lose_nothing_when_they_are_closed(visit, sam, sitting):
    page = visit(sam)
    context = page.context
    tabs = {1: page, 3: context.new_page(), 4: context.new_page()}
    for slot, tab in tabs.items():
        open_item(tab, sitting, slot)
    context.set_offline(True)
    waiting = {}
    for slot, tab in tabs.items():
        tab.bring_to_front()
        press(tab, "a")
        expect(save_state(tab)).to_have_text(OFFLINE)
        waiting[slot] = ticked(tab)
    for tab in tabs.values():
        tab.close()
    context.set_offline(False)

    page = context.new_page()
    page.goto(f"/exams/sittings/{sitting.public_id}/review/")

    expect(save_state(page)).to_have_text(SAVED)
    assert dict(answers_in(sitting)) == waiting


def test_the_stale_one_of_two_tabs_is_told_and_shown_what_is_stored(visit, sam, sitting):
    stale = visit(sam)
    open_item(stale, sitting, 1)
    newer = stale.context.new_page()
    open_item(newer, sitting, 1)
    press(newer, "a")
    expect(save_state(newer)).to_have_text(SAVED)
    stored = answers_in(sitting)

    press(stale, "b")

    expect(stale.get_by_text("This item was answered in another window.")).to_be_visible()
    assert (1, ticked(stale)) == stored[0]
    assert answers_in(sitting) == stored
    press(stale, "b")
    expect(save_state(stale)).to_have_text(SAVED)
    assert answers_in(sitting)[1:] == [(1, ticked(stale))]


def test_at_the_deadline_the_page_says_that_time_is_up_and_nothing_looks_like_an_error(visit, sam, sitting):
    page = visit(sam)
    open_item(page, sitting, 1)
    press(page, "a")
    expect(save_state(page)).to_have_text(SAVED)
    move_deadline(sitting, by=timedelta(seconds=3) - (sitting.deadline_at - sitting.started_at))
    page.reload()

    expect(page.get_by_role("heading", level=1)).to_have_text("Time is up", timeout=15_000)

    assert page.locator(".notice--danger, .field__error, [role=alert]").count() == 0
    assert "error" not in page.get_by_role("main").inner_text().lower()


def test_after_the_deadline_the_receipt_names_the_time_and_counts_the_answers(visit, sam, sitting):
    page = visit(sam)
    open_item(page, sitting, 1)
    press(page, "a")
    expect(save_state(page)).to_have_text(SAVED)
    move_deadline(sitting, by=-timedelta(minutes=31))

    press(page, "]")

    expect(page.get_by_role("heading", level=1)).to_have_text("Your answers are in")
    expect(page.get_by_text("Time is up. Your answers were saved at")).to_be_visible()
    expect(page.get_by_text("1 of 4", exact=True)).to_be_visible()
