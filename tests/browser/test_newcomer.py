"""From the landing page to a first graded chart, as somebody does who comes with nothing but a join code."""

import re

import pytest

from tests.browser.acts import find_and_add, press
from tests.browser.chromium import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_newcomer_joins_a_class_and_reads_why_each_line_of_a_first_chart_is_right_or_missed(
    visit, evening, make_case
):
    make_case("first", title="Three month review", worked=1)
    page = visit()

    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="Make an account").click()
    page.get_by_label("Your name").fill("Nora")
    page.get_by_label("E-mail").fill("nora@example.org")
    page.get_by_label("Password").fill("plum orbit candle tuesday")
    page.get_by_role("button", name="Make the account").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nora")

    page.get_by_role("link", name="Join with the code from your instructor").click()
    page.get_by_label("Join code").fill("k7-maple")
    page.get_by_role("button", name="Join the cohort").click()
    expect(page.get_by_text("You have joined Evening class.")).to_be_visible()

    page.get_by_role("navigation", name="Site", exact=True).get_by_role("link", name="Practise").click()
    page.get_by_role("link", name="Three month review").click()
    page.get_by_role("button", name="Start coding").click()
    expect(page.locator(".line__code")).to_have_text(["E11.22"])
    expect(page.get_by_text("Given", exact=True)).to_be_visible()

    page.get_by_label("Add a code").click()
    find_and_add(page, "chronic kidney disease stage 4", "N18.4")
    page.get_by_role("button", name="Submit 2 codes").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Three month review: feedback")
    expect(page.get_by_text("You left out 1 diagnosis that the chart supports.")).to_be_visible()
    found = page.locator(".verdict", has_text="N18.4")
    expect(found).to_contain_text("Right")
    missed = page.locator(".verdict", has_text="Z79.4")
    expect(missed).to_contain_text("Missed")
    expect(missed).to_contain_text("The note says so.")
    expect(missed).to_contain_text("Guideline I.C.4.a")

    missed.get_by_role("link", name=re.compile("Show")).click()

    expect(page.locator("mark", has_text="Type 2 diabetes")).to_be_in_viewport()
    press(page, "Home")
    assert page.locator("mark :target").count() == 1
