"""The code box by keyboard: into the 7th characters and back, several codes from one list, and what is said of each."""

import pytest

from coursework.practice.start_attempt import start_attempt
from tests.browser.acts import press, swapping
from tests.browser.chromium import Page, expect
from tests.browser.content import inpatient
from tests.browser.test_pages import THEMES, barriers
from tests.clock import NOON
from tests.codesets.excerpt import load_excerpt
from tests.content import CODES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WRIST = [f"S52.501{character}" for character in "ABCDEFGHJKMNPQRS"]
PATH = "Chapter 19 › S50-S59 › S52 › S52.5 › S52.50"


@pytest.fixture
def codes(db):
    return load_excerpt([*CODES, *WRIST])


@pytest.fixture
def page(visit, tia, make_case) -> Page:
    return at_the_code_box(visit(tia), start_attempt(make_case(), tia, now=NOON))


def at_the_code_box(page: Page, attempt) -> Page:
    page.goto(f"/attempts/{attempt.pk}/")
    press(page, "/")
    return page


def look_up(page: Page, words: str, first: str) -> None:
    page.keyboard.type(words)
    expect(page.get_by_role("option").first).to_contain_text(first)


def stands_on(page: Page, code: str) -> None:
    """The one selected row is the one that assistive software is told of."""
    row = page.get_by_role("listbox").get_by_role("option", selected=True)
    expect(row.locator(".code")).to_have_text(code)
    box = page.get_by_role("combobox", name="Add a code")
    expect(box).to_have_attribute("aria-activedescendant", str(row.get_attribute("id")))


def test_the_list_is_a_listbox_of_the_combobox_at_every_step(page):
    box = page.get_by_role("combobox", name="Add a code")
    expect(box).to_have_attribute("aria-expanded", "false")

    look_up(page, "S52.50", "S52.50")
    expect(box).to_have_attribute("aria-expanded", "true")
    codes = page.get_by_role("listbox", name="Codes")
    expect(box).to_have_attribute("aria-controls", str(codes.get_attribute("id")))
    assert box.get_attribute("aria-activedescendant") is None
    press(page, "ArrowDown", "ArrowDown", "ArrowUp")
    stands_on(page, "S52.50")
    press(page, "Escape")

    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("S52.50")
    assert box.get_attribute("aria-activedescendant") is None


def test_a_row_says_in_words_what_a_header_needs_and_where_a_code_stands(page):
    look_up(page, "S52.50", "S52.50")

    expect(page.get_by_role("option").nth(0)).to_contain_text("Needs 6th, 7th character")
    expect(page.get_by_role("option").nth(1)).to_contain_text("Needs 7th character")
    expect(page.get_by_role("option").nth(2)).to_contain_text("Billable")
    expect(page.get_by_role("option").nth(1).locator(".code-option__path")).to_have_text(PATH)


def test_the_right_arrow_opens_all_seventh_characters_and_the_left_one_goes_back_to_the_row(page):
    look_up(page, "radius fracture", "S52.501")
    press(page, "ArrowDown")
    came_from = page.get_by_role("option", selected=True).locator(".code").inner_text()

    press(page, "ArrowRight")
    expect(page.get_by_role("option")).to_have_count(17)
    stands_on(page, came_from)
    press(page, "ArrowLeft")

    expect(page.get_by_role("combobox")).to_have_value("radius fracture")
    stands_on(page, came_from)


def test_a_seventh_character_is_taken_with_arrows_and_enter(page):
    look_up(page, "S52.50", "S52.50")
    press(page, "ArrowDown", "ArrowDown")
    stands_on(page, "S52.501")

    press(page, "ArrowRight")
    expect(page.get_by_role("option")).to_have_count(17)
    press(page, "ArrowRight")
    stands_on(page, "S52.501A")
    press(page, "ArrowDown", "ArrowDown", "ArrowDown")
    stands_on(page, "S52.501D")
    with swapping(page):
        press(page, "Enter")

    expect(page.locator("#sheet .line__code")).to_have_text(["S52.501D"])


def test_enter_on_a_header_opens_what_is_below_it(page):
    look_up(page, "S52.501", "S52.501")

    press(page, "ArrowDown", "Enter")
    stands_on(page, "S52.501A")

    expect(page.locator("#sheet .line__code")).to_have_count(0)


def test_the_side_arrows_belong_to_the_text_unless_the_caret_is_at_its_end(page):
    look_up(page, "S52.501", "S52.501")
    press(page, "ArrowDown", "Home", "ArrowRight", "ArrowRight")

    assert page.evaluate("document.activeElement.selectionStart") == 2
    expect(page.get_by_role("combobox")).to_have_value("S52.501")


@pytest.mark.parametrize("chart", [{}, inpatient()], ids=["outpatient", "inpatient"])
def test_shift_and_enter_take_several_codes_from_one_list(chart, visit, tia, make_case):
    page = at_the_code_box(visit(tia), start_attempt(make_case("ward", **chart), tia, now=NOON))
    look_up(page, "S52.501", "S52.501")
    press(page, "ArrowDown", "ArrowDown")

    with swapping(page):
        press(page, "Shift+Enter")
    expect(page.get_by_role("combobox", name="Add a code")).to_be_focused()
    stands_on(page, "S52.501A")
    press(page, "ArrowDown")
    with swapping(page):
        press(page, "Enter")

    expect(page.locator("#sheet .line__code")).to_have_text(["S52.501A", "S52.501B"])
    expect(page.get_by_role("listbox")).to_have_count(0)


@pytest.mark.parametrize("theme", THEMES)
def test_the_open_list_of_seventh_characters_has_no_barrier(theme, visit, tia, make_case):
    tia.theme = theme
    tia.save()
    page = at_the_code_box(visit(tia), start_attempt(make_case(), tia, now=NOON))
    look_up(page, "S52.501", "S52.501")
    press(page, "ArrowDown", "ArrowDown")

    assert barriers(page) == []
