"""A lesson shows live codes, asks, and explains."""

from django.urls import reverse

from coursework.lessons import markdown
from coursework.lessons.models import CheckAnswer, Lesson
from tests.clock import NOON

E1122 = markdown.CodeReference("E11.22", "Type 2 diabetes mellitus with diabetic CKD", True, "/codes/E11.22/")


def html(body: str) -> str:
    return "".join(part.html for part in markdown.parts(body, {"E11.22": E1122}))


def test_a_code_reference_becomes_a_link_with_its_title():
    page = html("See {icd10cm:E11.22}.")

    assert 'href="/codes/E11.22/"' in page
    assert "Type 2 diabetes mellitus with diabetic CKD" in page


def test_a_header_is_said_to_be_not_billable():
    header = markdown.CodeReference("E11.2", "Kidney complications", False, "/codes/E11.2/")

    assert "not billable" in markdown.parts("{icd10cm:E11.2}", {"E11.2": header})[0].html


def test_what_an_author_pastes_cannot_run():
    page = html("<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>")

    assert "<script" not in page
    assert "<img" not in page
    assert 'href="javascript' not in page


def test_checks_stand_where_the_author_put_them():
    parts = markdown.parts("One.\n\n```check a\nstem: x\n```\n\nTwo.", {})

    assert [part.check for part in parts] == ["", "a", ""]


def test_an_answer_is_explained_and_counts_as_done(client, lesson, tia):
    client.force_login(tia)

    answer = client.post(reverse("check", args=["excludes", "first"]), {"option": "b"}, follow=True)

    assert "This one." in answer.content.decode()
    assert "1 of 1 sections done" in answer.content.decode()
    assert CheckAnswer.objects.get().is_right


def test_an_answer_without_a_choice_gets_a_sentence(client, lesson, tia):
    client.force_login(tia)

    answer = client.post(reverse("check", args=["excludes", "first"]))

    assert answer.status_code == 422
    assert "Choose one of the answers" in answer.content.decode()


def test_explanations_are_not_on_the_page_before_the_answer(client, lesson, tia):
    client.force_login(tia)

    page = client.get(lesson.get_absolute_url()).content.decode()

    assert "This one." not in page
    assert "Not this." not in page


def test_the_page_says_that_no_credentialed_coder_has_reviewed_it(client, lesson, tia):
    client.force_login(tia)

    assert "Not reviewed by a credentialed coder" in client.get(lesson.get_absolute_url()).content.decode()


def test_the_list_counts_what_each_learner_has_done(lesson, tia, sam):
    CheckAnswer.objects.create(
        check_in_lesson=lesson.checks.get(), user=tia, option="a", is_right=False, answered_at=NOON
    )

    assert Lesson.objects.with_progress(tia).get().answered_count == 1
    assert Lesson.objects.with_progress(sam).get().answered_count == 0
