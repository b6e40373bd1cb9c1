"""The margin of the book: words are highlighted by mouse and by keyboard, found again, and said to be gone."""

import pytest

from codesets.models import GuidelineSection
from coursework.book.models import Mark
from tests.browser.acts import press, swapping
from tests.browser.chromium import Page, expect
from tests.browser.test_book_by_keyboard import tab_to
from tests.browser.test_pages import THEMES, barriers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SECTION = "/codes/guidelines/I.A.12.a/"
SELECT_A_LINE = "getSelection().selectAllChildren(document.querySelector('.guideline > p'))"


@pytest.fixture
def page(visit, tia, shelf) -> Page:
    page = visit(tia)
    page.goto(SECTION)
    return page


def test_selected_words_are_highlighted_and_found_again(page):
    page.evaluate(SELECT_A_LINE)
    with swapping(page):
        page.get_by_role("button", name="Highlight selected words").click()
    painted = page.locator(".own-highlight").all_inner_texts()

    page.reload()

    assert "".join(painted).startswith("A type 1 Excludes note is a pure excludes note.")
    expect(page.locator(".own-highlight").first).to_be_visible()
    assert page.locator(".own-highlight").all_inner_texts() == painted


def test_a_line_is_highlighted_by_keyboard_alone_and_the_focus_stays(page):
    tab_to(page, "Highlight line by line")
    press(page, "Enter")
    page.evaluate("document.querySelector('h1').tabIndex = -1; document.querySelector('h1').focus()")
    tab_to(page, "Highlight")
    with swapping(page):
        press(page, "Enter")

    expect(page.locator(".own-highlight").first).to_be_visible()
    assert page.evaluate("document.activeElement.className") == "highlight-line"
    expect(page.locator("#live")).to_have_text("Highlight kept.")


def test_words_that_a_new_text_no_longer_has_are_said_to_be_gone(page, tia):
    Mark.objects.create(user=tia, kind="highlight", page="guidelines/I.A.12.a", text="A type 1 Excludes note")
    GuidelineSection.objects.filter(number="I.A.12.a").update(text="Rewritten from the first word to the last.")

    page.reload()

    expect(page.get_by_text("No longer on this page.")).to_be_visible()
    expect(page.locator(".own-highlight")).to_have_count(0)


def test_of_the_same_words_those_with_the_same_surroundings_are_painted(page, tia):
    text = "Code first the cause. Then the stage.\n\nCode first the wound. Then the germ."
    GuidelineSection.objects.filter(number="I.A.12.a").update(text=text)
    Mark.objects.create(
        user=tia, kind="highlight", page="guidelines/I.A.12.a", text="Code first", after=" the wound. Then"
    )

    page.reload()

    expect(page.locator(".guideline > p", has_text="wound").locator(".own-highlight")).to_have_text("Code first")
    expect(page.locator(".own-highlight")).to_have_count(1)


def test_a_tab_and_a_note_are_put_removed_and_brought_back_without_leaving_the_page(page):
    page.get_by_text("Put a tab here").click()
    page.get_by_label("Label of the tab").fill("Excludes1")
    with swapping(page):
        page.get_by_role("button", name="Put the tab").click()
    expect(page.get_by_role("navigation", name="My tabs").get_by_text("Excludes1")).to_be_visible()
    with swapping(page):
        page.get_by_role("button", name="Remove: Excludes1").click()
    expect(page.get_by_role("link", name="Excludes1")).to_have_count(0)
    with swapping(page):
        page.get_by_role("button", name="Undo the last removal").click()

    expect(page.get_by_role("navigation", name="My tabs").get_by_text("Excludes1")).to_be_visible()


def test_without_script_a_tab_and_a_note_are_left_all_the_same(visit, tia, shelf):
    page = visit(tia, java_script_enabled=False)
    page.goto(SECTION)
    page.get_by_text("Write a note").click()
    page.get_by_label("Note", exact=True).fill("Not coded here")
    page.get_by_role("button", name="Keep the note").click()

    expect(page.locator(".mark--note")).to_contain_text("Not coded here")
    expect(page.get_by_role("button", name="Highlight selected words")).to_have_count(0)


@pytest.mark.parametrize("theme", THEMES)
def test_a_full_margin_has_no_barrier(theme, visit, tia, shelf):
    tia.theme = theme
    tia.save()
    for kind, text in (("tab", "Excludes1"), ("note", "Not coded here"), ("highlight", "Excludes note")):
        Mark.objects.create(user=tia, kind=kind, page="guidelines/I.A.12.a", text=text)
    page = visit(tia)

    page.goto(SECTION)
    page.locator("details").evaluate_all("all => all.forEach(each => { each.open = true })")
    page.get_by_role("button", name="Highlight line by line").click()
    margin = barriers(page)
    page.goto("/codes/marks/")

    assert (margin, barriers(page)) == ([], [])
