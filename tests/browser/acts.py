"""What visitors do more than once, and what they look at."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.browser.chromium import Locator, Page, expect

SWAPPING = ".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added"


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def focused(page: Page) -> str:
    """The id of what has the focus, or its tag."""
    return page.evaluate("document.activeElement.id || document.activeElement.tagName.toLowerCase()")


def codes_on(page: Page) -> list[str]:
    """The codes on the sheet, in their order."""
    return page.locator("#sheet .line__code").all_inner_texts()


def find_and_add(page: Page, words: str, code: str) -> None:
    """Words into the code box, the first suggestion by ↓ and Enter."""
    page.keyboard.type(words)
    first = page.get_by_role("option").first
    expect(first).to_contain_text(code)
    press(page, "ArrowDown", "Enter")
    expect(page.locator("#sheet .line__code").last).to_have_text(code)


@contextmanager
def swapping(page: Page) -> Iterator[None]:
    """Waits for the part of the page that the act changes, until it is in place and has its focus."""
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        yield
    expect(page.locator(SWAPPING)).to_have_count(0)


def save_state(page: Page) -> Locator:
    return page.locator("[data-save-state]")


def option(page: Page, text: str) -> Locator:
    return page.locator(".option-row", has_text=text).locator("input")


def slot_shown(page: Page) -> int:
    return int(page.locator("answer-outbox").get_attribute("data-slot") or 0)


def answers_in(sitting: Any) -> list[tuple[int, list[str]]]:
    """The answers in the log, in the order in which they were written."""
    events = sitting.events.filter(kind="answered").order_by("pk")
    return [(event.slot, event.payload["chosen"]) for event in events]
