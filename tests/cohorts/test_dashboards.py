"""What a student sees next, and what an instructor sees of a class."""

from datetime import timedelta

from django.urls import reverse

from cohorts.dashboards.student import next_steps
from coursework.practice import sheet
from coursework.practice.start_attempt import start_attempt
from coursework.practice.submit_attempt import submit_attempt
from quizzes.models import SittingScore
from quizzes.sitting.close import submit_sitting
from quizzes.sitting.start import start_sitting
from tests.clock import NOON
from tests.quizzes.conftest import catalogue, form, mock, move_deadline, now, save  # noqa: F401
from tests.quizzes.content import right_options


def titles(user, at) -> list[str]:
    return [step.title for step in next_steps(user, now=at)]


def coded(case, user):
    attempt = start_attempt(case, user, now=NOON)
    sheet.add_line(attempt, "N18.4")
    submit_attempt(attempt, now=NOON)
    return attempt


def page(client, user, name: str, *args) -> str:
    client.force_login(user)
    return client.get(reverse(name, args=args)).content.decode()


def test_a_newcomer_begins_with_a_chart_not_with_an_exam(make_case, mock, tia, now):  # noqa: F811
    make_case()

    assert titles(tia, now)[0] == "Chart: A visit in autumn"


def test_a_running_exam_stands_before_everything(make_case, mock, tia, now):  # noqa: F811
    start_attempt(make_case(), tia, now=NOON)
    start_sitting(mock, tia, now=now)

    first, second, *_ = titles(tia, now)
    assert first.startswith("Exam in progress")
    assert second.startswith("Chart in progress")


def test_what_is_done_is_not_proposed_again(make_case, lesson, tia):
    coded(make_case(), tia)

    assert titles(tia, NOON) == ["Lesson: Excludes notes"]


def test_the_start_page_names_where_points_are_lost(client, make_case, tia):
    coded(make_case(), tia)

    assert "Missed diagnoses" in page(client, tia, "home")


def test_a_visitor_reads_what_this_is(client, db):
    shown = client.get(reverse("home")).content.decode()

    assert "Make an account" in shown
    assert "not reviewed by a credentialed coder" in shown


def test_an_instructor_sees_the_score_and_leads_to_the_feedback(client, make_case, ines, tia, sam, evening):
    attempt = coded(make_case(), tia)

    shown = page(client, ines, "cohort", evening.pk)

    assert reverse("feedback", args=[attempt.pk]) in shown
    assert "Sam" in shown


def test_the_class_page_and_the_report_round_in_the_same_way(client, ines, tia, evening, mock, now):  # noqa: F811
    submit_sitting(start_sitting(mock, tia, now=now), now=now)
    SittingScore.objects.update(earned_milli=2000, possible_milli=3000)

    page_of_class = page(client, ines, "cohort", evening.pk)
    page_of_exam = page(client, ines, "administration_results", mock.pk)

    assert "66.6\N{NO-BREAK SPACE}%" in page_of_class
    assert "66.6\N{NO-BREAK SPACE}%" in page_of_exam


def test_the_class_page_closes_what_is_over_and_shows_its_score(client, ines, tia, evening, mock, now):  # noqa: F811
    sitting = start_sitting(mock, tia, now=now)
    for slot in (1, 2):
        save(sitting, slot, right_options(slot))
    move_deadline(sitting, by=timedelta(minutes=-31))

    shown = page(client, ines, "cohort", evening.pk)

    assert "50\N{NO-BREAK SPACE}%" in shown
    sitting.refresh_from_db()
    assert (sitting.state, sitting.closed_at) == ("lapsed", sitting.deadline_at)


def test_another_class_is_not_in_the_list(client, ines, olga, evening, morning):
    shown = page(client, ines, "teach")

    assert "Evening class" in shown
    assert "Morning class" not in shown


def test_a_cohort_page_costs_the_same_for_one_student_and_for_many(
    client, make_case, ines, tia, sam, evening, django_assert_max_num_queries
):
    case = make_case()
    for student in (tia, sam):
        coded(case, student)
    client.force_login(ines)

    with django_assert_max_num_queries(14):
        client.get(reverse("cohort", args=[evening.pk]))
