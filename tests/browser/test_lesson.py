"""A check inside a lesson: answered in place, explained at once."""

import pytest

from coursework.lessons.models import CheckAnswer
from tests.browser.acts import press, swapping
from tests.browser.chromium import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_check_is_answered_by_keyboard_without_a_new_page_and_the_focus_goes_to_the_rule(visit, sam, lesson):
    page = visit(sam)
    page.goto("/learn/excludes/")
    page.evaluate("window.isTheSamePage = true")

    page.get_by_label("Wrong").focus()
    with swapping(page):
        press(page, "Space", "Enter")

    expect(page.locator(".check")).to_contain_text("Not this one")
    expect(page.locator(".check")).to_contain_text("Not this.")
    expect(page.locator(".check")).to_contain_text("This one.")
    expect(page.locator(".check .rule")).to_be_focused()
    assert page.evaluate("window.isTheSamePage === true")
    assert CheckAnswer.objects.get().option == "a"


def test_an_answer_can_be_changed_and_the_explanation_changes_with_it(visit, sam, lesson):
    page = visit(sam)
    page.goto("/learn/excludes/")
    page.get_by_label("Wrong").check()
    with swapping(page):
        page.get_by_role("button", name="Check").click()

    page.get_by_label("Right").check()
    with swapping(page):
        page.get_by_role("button", name="Check again").click()

    expect(page.locator(".check")).not_to_contain_text("Not this one")
    expect(page.locator(".check__why")).to_have_count(1)


def test_nothing_chosen_gets_a_sentence_and_the_focus_stays_in_the_check(visit, sam, lesson):
    page = visit(sam)
    page.goto("/learn/excludes/")

    with swapping(page):
        page.get_by_role("button", name="Check").press("Enter")

    expect(page.locator(".check .field__error")).to_be_visible()
    assert page.evaluate("document.activeElement.closest('.check') !== null")
    assert page.locator("h1").count() == 1
