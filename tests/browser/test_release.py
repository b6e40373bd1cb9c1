"""The instructor sees both results and releases the scores; before that no key leaves the server."""

import pytest

from coursework.practice import sheet
from coursework.practice.start_attempt import start_attempt
from coursework.practice.submit_attempt import submit_attempt
from quizzes.sitting.close import submit_sitting
from tests.browser.chromium import expect
from tests.clock import NOON
from tests.quizzes.conftest import save
from tests.quizzes.content import right_options

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SEALED = "SEALED"  # in every text of the items that belongs to the key


@pytest.fixture
def chart_submitted(make_case, sam):
    attempt = start_attempt(make_case(), sam, now=NOON)
    sheet.add_line(attempt, "E11.22")
    submit_attempt(attempt, now=NOON)
    return attempt


@pytest.fixture
def exam_submitted(sitting, now):
    for slot in range(1, 5):
        save(sitting, slot, right_options(slot))
    submit_sitting(sitting, now=now)
    return sitting


def test_the_instructor_reads_both_results_and_releases_the_scores_that_the_student_then_reads(
    visit, ines, sam, chart_submitted, exam_submitted
):
    teacher, student = visit(ines), visit(sam)
    teacher.goto("/teach/")
    teacher.get_by_role("link", name="Evening class").first.click()
    row = teacher.get_by_role("row", name="Sam")
    expect(row).to_contain_text("%")

    row.get_by_role("link").first.click()
    expect(teacher.get_by_role("heading", level=1)).to_contain_text("feedback")
    expect(teacher.get_by_text("What Sam submitted on")).to_be_visible()
    teacher.go_back()
    teacher.get_by_role("main").get_by_role("link", name="Tiny mock").first.click()
    expect(teacher.get_by_role("row", name="Sam")).to_contain_text("4 of 4")
    expect(teacher.get_by_role("row", name="Sam")).to_contain_text("pass")
    teacher.get_by_role("button", name="Release the scores of 1 student").click()
    expect(teacher.get_by_text("The scores are released. Students see them now")).to_be_visible()

    student.goto("/exams/")
    student.get_by_role("link", name="report").first.click()
    expect(student.get_by_role("main")).to_contain_text("4 points, 100 %")
    expect(student.get_by_text("Pass", exact=True).first).to_be_visible()
    assert SEALED in student.content()


def test_before_the_release_no_page_of_the_student_carries_a_word_of_the_key(visit, sam, sitting):
    page = visit(sam)
    address = f"/exams/sittings/{sitting.public_id}"
    before = ["/exams/", *(f"{address}/items/{position}/" for position in range(1, 5)), f"{address}/review/"]

    sources = [page.goto(path).text() for path in before]
    page.get_by_role("button", name="Submit 0 of 4 answered").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your answers are in")
    sources += [page.content(), page.goto(f"{address}/report/").text()]
    expect(page.get_by_text("The scores are not released yet.")).to_be_visible()

    assert [text for text in sources if SEALED in text] == []
