"""The chart workspace without a mouse: every act has its key, and the focus is always somewhere on purpose."""

import pytest

from coursework.practice import sheet
from coursework.practice.start_attempt import start_attempt
from tests.browser.acts import codes_on, find_and_add, focused, press, swapping
from tests.browser.chromium import expect
from tests.browser.content import inpatient
from tests.clock import NOON

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def attempt(make_case, tia):
    return start_attempt(make_case("ward", **inpatient()), tia, now=NOON)


@pytest.fixture
def written(attempt):
    """The sheet with two lines on it."""
    for code in ["E11.22", "N18.4"]:
        sheet.add_line(attempt, code)
    return attempt


def test_a_whole_chart_is_coded_and_submitted_by_keyboard_alone(visit, tia, attempt):
    page = visit(tia)
    page.goto(f"/attempts/{attempt.pk}/")

    press(page, "/")
    assert focused(page) == "code-box"
    for words, code in [("stage 4 kidney", "N18.4"), ("diabetic chronic kidney", "E11.22")]:
        find_and_add(page, words, code)
        expect(page.locator("select[data-poa]").last).to_be_focused()
        press(page, "y")
        expect(page.locator("#code-box")).to_be_focused()
    assert [line.poa for line in attempt.lines.all()] == ["Y", "Y"]

    with swapping(page):
        press(page, "Tab", "j", "j", "Alt+ArrowUp")
    expect(page.locator(".line__code")).to_have_text(["E11.22", "N18.4"])
    expect(page.locator("[data-line]").first).to_be_focused()
    press(page, "Control+Enter")
    expect(page.get_by_role("button", name="Submit 2 codes")).to_be_focused()
    press(page, "Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("feedback")
    attempt.refresh_from_db()
    assert attempt.state == "submitted"


def test_a_line_is_removed_and_brought_back_by_two_keys(visit, tia, written):
    page = visit(tia)
    page.goto(f"/attempts/{written.pk}/")

    with swapping(page):
        press(page, "j", "j", "k", "x")
    expect(page.locator(".line__code")).to_have_text(["N18.4"])
    press(page, "u")

    expect(page.locator(".line__code")).to_have_text(["E11.22", "N18.4"])


ACTS = {
    "moving a line": ["j", "j", "Alt+ArrowUp"],
    "moving it first": ["j", "j", "p"],
    "removing a line": ["j", "x"],
    "removing the last line": ["j", "j", "x"],
    "choosing a POA indicator": ["j", "Tab", "n"],
    "adding what is no code": ["/", *"nothing", "Enter"],
    "adding a code twice": ["/", *"N18.4", "Enter"],
}


@pytest.mark.parametrize("act", ACTS)
def test_after_a_part_of_the_page_changed_the_focus_is_still_on_the_sheet(act, visit, tia, written):
    page = visit(tia)
    page.goto(f"/attempts/{written.pk}/")

    with swapping(page):
        press(page, *ACTS[act])

    assert page.evaluate("document.activeElement.closest('#sheet') !== null"), focused(page)


def test_undo_keeps_the_focus_on_the_sheet(visit, tia, written):
    page = visit(tia)
    page.goto(f"/attempts/{written.pk}/")
    with swapping(page):
        page.get_by_role("button", name="Remove N18.4").click()

    with swapping(page):
        page.get_by_role("button", name="Undo the last removal").press("Enter")

    assert codes_on(page) == ["E11.22", "N18.4"]
    assert page.evaluate("document.activeElement.closest('#sheet') !== null"), focused(page)


def test_no_single_key_acts_while_somebody_types_words(visit, tia, written):
    page = visit(tia)
    page.goto(f"/attempts/{written.pk}/")
    page.get_by_label("Add a code").click()

    page.keyboard.type("xjkpu1g?")

    assert page.get_by_label("Add a code").input_value() == "xjkpu1g?"
    assert codes_on(page) == ["E11.22", "N18.4"]
    assert page.url.endswith(f"/attempts/{written.pk}/")


def test_whoever_switched_single_keys_off_is_never_surprised_by_one(visit, tia, written):
    tia.uses_single_keys = False
    tia.save()
    page = visit(tia)
    page.goto(f"/attempts/{written.pk}/")

    press(page, "j", "x", "p", "?", "g", "b", "/")

    assert focused(page) == "body"
    assert codes_on(page) == ["E11.22", "N18.4"]
    assert not page.get_by_role("dialog").is_visible()
    assert page.url.endswith(f"/attempts/{written.pk}/")


def test_the_question_mark_shows_the_keys_over_the_chart_and_escape_gives_the_chart_back(visit, tia, written):
    page = visit(tia)
    page.goto(f"/attempts/{written.pk}/")

    press(page, "?")
    expect(page.get_by_role("dialog")).to_contain_text("Next code line")
    press(page, "Escape")

    expect(page.get_by_role("dialog")).to_be_hidden()
    assert page.url.endswith(f"/attempts/{written.pk}/")
