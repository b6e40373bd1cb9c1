"""The code for a broken left hip at the first visit, found without a mouse: from the Index, the Tabular, the search."""

import pytest

from tests.browser.acts import press
from tests.browser.chromium import Page, expect
from tests.browser.test_pages import THEMES, barriers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOUND = "S72.002A Fracture of unspecified part of neck of left femur, initial encounter for closed fracture"
MOST_STOPS = 80


def tab_to(page: Page, words: str) -> None:
    """Tab by Tab to the link or field that says so, as somebody without a mouse would."""
    for _ in range(MOST_STOPS):
        press(page, "Tab")
        says = "e => e.labels?.[0]?.innerText || e.innerText"
        if page.evaluate(f"({says})(document.activeElement)").strip().startswith(words):
            return
    pytest.fail(f"{words} cannot be reached with Tab on {page.url}")


def follow(page: Page, *links: str) -> None:
    for words in links:
        tab_to(page, words)
        with page.expect_navigation():
            press(page, "Enter")


@pytest.fixture
def page(visit, tia, shelf) -> Page:
    page = visit(tia)
    page.goto("/keys/")
    with page.expect_navigation():
        press(page, "g", "b")
    return page


def test_from_the_index(page):
    follow(page, "Index")
    tab_to(page, "Go to a term")
    page.keyboard.type("fracture")
    with page.expect_navigation():
        press(page, "Enter")
    follow(page, "S72.00-", "S72.002", "S72.002A")

    expect(page.get_by_role("heading", level=1)).to_have_text(FOUND)


def test_from_the_letters_of_the_index(page):
    follow(page, "Index", "F", "Fracture, traumatic", "S72.00-", "S72.002", "S72.002A")

    expect(page.get_by_role("heading", level=1)).to_have_text(FOUND)


def test_from_the_tabular(page):
    follow(page, "Tabular", "Injury, poisoning", "Injuries to the hip", "S72", "S72.002", "S72.002A")

    expect(page.get_by_role("heading", level=1)).to_have_text(FOUND)


def test_from_the_search(page):
    press(page, "/")
    page.keyboard.type("broken hip left first visit")
    with page.expect_navigation():
        press(page, "Enter")
    follow(page, "S72.002A")

    expect(page.get_by_role("heading", level=1)).to_have_text(FOUND)


@pytest.mark.parametrize("theme", THEMES)
def test_no_page_on_the_way_has_a_barrier(theme, visit, tia, shelf):
    tia.theme = theme
    tia.save()
    page = visit(tia)

    found = {}
    for path in ("tabular/FY2026/S70-S79", "icd10cm/FY2026/S72", "icd10cm/FY2026/S72.002", "drugs/A", "neoplasms"):
        page.goto(f"/codes/{path}/")
        page.locator("details").evaluate_all("all => all.forEach(each => { each.open = true })")
        found[path] = barriers(page)

    assert not any(found.values()), found
