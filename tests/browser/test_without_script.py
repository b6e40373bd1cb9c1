"""The same acts with JavaScript switched off: full pages, nothing lost but clock, picker and autosave."""

import pytest

from coursework.practice.start_attempt import start_attempt
from tests.browser.acts import answers_in, codes_on, slot_shown
from tests.browser.chromium import expect
from tests.browser.content import inpatient
from tests.clock import NOON
from tests.quizzes.content import right_options

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plain(visit):
    """plain(sam): a page on which no script runs."""
    return lambda user: visit(user, java_script_enabled=False)


def test_a_check_is_answered_and_explained(plain, sam, lesson):
    page = plain(sam)
    page.goto("/learn/excludes/")

    page.get_by_label("Right").check()
    page.get_by_role("button", name="Check").click()

    assert page.url.endswith("/learn/excludes/#check-first")
    expect(page.locator(".check")).to_contain_text("This one.")
    expect(page.get_by_label("Right")).to_be_checked()


def test_a_chart_is_coded_and_graded(plain, tia, make_case):
    attempt = start_attempt(make_case("ward", **inpatient()), tia, now=NOON)
    page = plain(tia)
    page.goto(f"/attempts/{attempt.pk}/")

    for code in ["n18.4", "E1122", "z79.4"]:
        page.get_by_label("Add a code").fill(code)
        page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("button", name="Move E11.22 up").click()
    assert codes_on(page) == ["E11.22", "N18.4", "Z79.4"]
    for code in ["E11.22", "N18.4"]:
        line = page.locator("[data-line]", has_text=code)
        line.get_by_label("POA").select_option("Y")
        line.get_by_role("button", name="Set").click()
    page.get_by_role("button", name="Submit 3 codes").click()

    expect(page.get_by_text("Every line agrees with the key.")).to_be_visible()
    expect(page.locator(".verdict")).to_have_count(3)


def test_a_code_that_does_not_exist_gets_a_sentence_and_stays_in_the_box(plain, tia, make_case):
    attempt = start_attempt(make_case(), tia, now=NOON)
    page = plain(tia)
    page.goto(f"/attempts/{attempt.pk}/")

    page.get_by_label("Add a code").fill("E11.22X")
    page.get_by_role("button", name="Add", exact=True).click()

    expect(page.get_by_text("“E11.22X” is not an ICD-10-CM code of FY2026.")).to_be_visible()
    expect(page.get_by_label("Add a code")).to_have_value("E11.22X")


def test_an_exam_is_sat_flagged_reviewed_and_submitted(plain, sam, sitting):
    page = plain(sam)
    page.goto(f"/exams/sittings/{sitting.public_id}/")
    expect(page.locator(".clock")).to_contain_text("left, until")

    page.get_by_role("button", name="Flag for review").click()
    expect(page.get_by_role("button", name="Remove the flag")).to_be_visible()
    for _ in range(4):
        for chosen in right_options(slot_shown(page)):
            page.locator(f"input[name=option][value={chosen}]").check()
        page.get_by_role("button", name="Next", exact=True).last.click()
    page.get_by_role("button", name="Submit 4 of 4 answered").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Your answers are in")
    assert len(answers_in(sitting)) == 4
