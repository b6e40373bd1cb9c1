"""A laparoscopic removal of the gallbladder, built in the seven columns by keyboard alone; and without script."""

import pytest

from tests.browser.acts import focused, press
from tests.browser.chromium import expect
from tests.browser.test_pages import THEMES, barriers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BUILDER = "/codes/icd10pcs/FY2026/"
TITLE = "Resection of Gallbladder, Percutaneous Endoscopic Approach"


@pytest.fixture
def builder(visit, sam, procedure_books):
    page = visit(sam)
    page.goto("/codes/icd10pcs/")
    return page


def column(page):
    return page.locator("[data-next]")


def choices(page) -> list[str]:
    return [text.split() for text in page.locator("[data-choices] .pcs-choice").all_inner_texts()]


def test_typing_the_seven_characters_builds_the_code_and_enter_opens_it(builder):
    builder.keyboard.type("0FT44ZZ")

    expect(builder.get_by_role("heading", level=2, name="0FT44ZZ")).to_be_visible()
    expect(builder.locator(".pcs-result")).to_contain_text(TITLE)
    expect(builder.locator("#live")).to_contain_text(TITLE)
    assert builder.url.endswith(f"{BUILDER}?so_far=0FT44ZZ")
    press(builder, "Enter")
    expect(builder.get_by_role("heading", level=1)).to_contain_text(f"0FT44ZZ {TITLE}")


def test_arrows_and_enter_choose_and_backspace_goes_back(builder):
    press(builder, "Enter", "Enter")
    expect(column(builder)).to_have_text("Character 3, Operation or type")
    press(builder, "ArrowDown", "Enter")
    expect(column(builder)).to_have_text("Character 4, Body Part")
    press(builder, "4", "ArrowRight")
    expect(column(builder)).to_have_text("Character 6, Device")

    press(builder, "Backspace")
    expect(column(builder)).to_have_text("Character 5, Approach")
    press(builder, "ArrowUp", "Enter", "ArrowLeft")
    expect(column(builder)).to_have_text("Character 5, Approach")

    press(builder, "4", "z", "z")
    expect(builder.locator(".pcs-result")).to_contain_text(TITLE)
    expect(builder.locator("#pcs-open")).to_be_focused()


def test_what_would_lead_to_no_code_is_not_offered_and_typing_it_changes_nothing(builder):
    builder.keyboard.type("0FT40")
    expect(column(builder)).to_have_text("Character 6, Device")
    builder.keyboard.type("Z")
    expect(column(builder)).to_have_text("Character 7, Qualifier")
    assert choices(builder) == [["Z", "No", "Qualifier"]]

    builder.keyboard.type("G")

    expect(builder.get_by_text("G cannot stand here.")).to_be_visible()
    assert builder.url.endswith("so_far=0FT40Z")


def test_the_letter_o_is_answered_with_the_digit(builder):
    builder.keyboard.type("o")

    expect(builder.get_by_text("There is no letter O in ICD-10-PCS; the digit is 0.")).to_be_visible()


def test_the_way_is_kept_in_the_address_and_announced(builder):
    builder.keyboard.type("0FT4")
    expect(builder.locator("#live")).to_have_text("Gallbladder. Character 5, Approach, 2")

    builder.reload()

    expect(column(builder)).to_have_text("Character 5, Approach")
    assert focused(builder) == "a"
    assert choices(builder) == [["0", "Open"], ["4", "Percutaneous", "Endoscopic"]]
    expect(builder.locator(".pcs-choices")).to_contain_text("Entry, by puncture or minor incision")


def test_a_shortcut_of_the_site_still_works_and_no_character_triggers_one(builder):
    builder.keyboard.type("0g")
    expect(column(builder)).to_have_text("Character 2, Body system")

    press(builder, "/")

    assert focused(builder).startswith("search")
    builder.keyboard.type("ft")
    expect(column(builder)).to_have_text("Character 2, Body system")


@pytest.mark.parametrize("theme", THEMES)
def test_the_builder_has_no_barrier_half_way_nor_at_the_end(theme, visit, sam, procedure_books):
    sam.theme = theme
    sam.save()
    page = visit(sam)
    page.goto("/codes/icd10pcs/")

    page.keyboard.type("0FT4x")
    expect(page.get_by_text("X cannot stand here.")).to_be_visible()
    half_way = barriers(page)
    page.keyboard.type("4ZZ")
    expect(page.locator(".pcs-result")).to_be_visible()

    assert (half_way, barriers(page)) == ([], [])


def test_without_script_every_choice_is_a_link(visit, sam, procedure_books):
    page = visit(sam, java_script_enabled=False)
    page.goto("/codes/procedures/terms/Cholecystectomy/")
    page.get_by_role("link", name="Resection, Gallbladder 0FT4").click()

    for choice in ["Percutaneous Endoscopic", "No Device", "No Qualifier"]:
        page.locator(".pcs-choice", has_text=choice).click()

    expect(page.locator(".pcs-result")).to_contain_text(TITLE)
    page.get_by_role("link", name="choose character 5 again").click()
    expect(column(page)).to_have_text("Character 5, Approach")
