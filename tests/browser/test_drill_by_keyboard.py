"""A find-it drill by keyboard alone: the term in the Index of the second tab, the code into the field of the first."""

import re

import pytest

from codesets.open_book import Book
from coursework.book.shelf import open_shelf
from coursework.drills.models import Drill
from coursework.drills.run import start_drill
from quizzes.forms.models import Administration
from tests.browser.acts import press
from tests.browser.chromium import Page, expect
from tests.browser.test_book_by_keyboard import follow
from tests.browser.test_pages import THEMES, barriers
from tests.clock import NOON

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def heading(page: Page):
    return page.get_by_role("heading", level=1)


def send(page: Page, key: str) -> None:
    with page.expect_navigation():
        press(page, key)


def test_a_drill_is_run_by_keyboard(visit, tia, shelf):
    page = visit(tia)
    page.goto("/codes/drills/")
    follow(page, "Start a drill")
    drill = Drill.objects.get()
    expect(page.locator("[data-clock-text]")).to_have_text(re.compile(r"^0:\d\d$"))

    for place in range(1, len(drill.tasks) + 1):
        expect(heading(page)).to_have_text(f"Task {place} of {len(drill.tasks)}")
        page.keyboard.type(drill.task(place).answer.lower().replace(".", ""))
        send(page, "Enter")
        expect(heading(page)).to_have_text(f"Task {place} of {len(drill.tasks)}: found")
        send(page, "]" if place == len(drill.tasks) else "Enter")

    expect(heading(page)).to_have_text(f"{len(drill.tasks)} of {len(drill.tasks)} found")


def test_k_opens_the_book_in_book_mode_beside_the_task_and_t_hides_the_clock(visit, tia, shelf):
    page = visit(tia)
    page.goto("/codes/drills/")
    follow(page, "Start a drill")
    press(page, "Tab")  # out of the field, where letters are letters

    press(page, "t")
    expect(page.locator("[data-clock-text]")).to_be_hidden()
    with page.context.expect_page() as opened:
        press(page, "k")

    book = opened.value
    expect(book.get_by_text("Book mode is on")).to_be_visible()
    expect(book.get_by_role("searchbox")).to_have_count(0)


def test_k_opens_the_book_that_an_exam_allows(visit, sam, sitting, shelf):
    Administration.objects.update(book=Book.BOOK_MODE)
    page = visit(sam)
    page.goto(f"/exams/sittings/{sitting.public_id}/items/1/")

    with page.context.expect_page() as opened:
        press(page, "k")

    expect(opened.value.get_by_text("by the rules of your exam")).to_be_visible()


def test_a_drill_is_run_without_script(visit, tia, shelf):
    page = visit(tia, java_script_enabled=False)
    page.goto("/codes/drills/")

    page.get_by_role("button", name="Start a drill").click()
    page.get_by_role("button", name="Pass").click()

    expect(heading(page)).to_contain_text("Task 1 of")
    expect(page.locator(".way li").first).to_be_visible()
    page.get_by_role("button", name="Next task").click()
    expect(heading(page)).to_contain_text("Task 2 of")


@pytest.mark.parametrize("theme", THEMES)
def test_no_page_of_a_drill_or_of_book_mode_has_a_barrier(theme, visit, tia, shelf):
    tia.theme = theme
    tia.save()
    drill = start_drill(tia, open_shelf(), seed=1, now=NOON)
    page = visit(tia)
    found = {}

    page.goto(drill.get_absolute_url())
    found["task"] = barriers(page)
    press(page, "Enter")
    expect(page.get_by_text("is empty").first).to_be_visible()
    found["error"] = barriers(page)
    for place in range(1, len(drill.tasks) + 1):
        page.get_by_role("button", name="Pass").click()
        found["answer"] = barriers(page) if place == 1 else found["answer"]
        press(page, "]")
        expect(heading(page)).not_to_contain_text(f"Task {place} of")
    found["summary"] = barriers(page)
    page.goto("/codes/drills/")
    page.get_by_role("button", name="Start a drill").click()
    page.goto("/codes/")
    found["book mode"] = barriers(page)

    assert not any(found.values()), found
