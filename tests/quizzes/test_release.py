"""The results that an instructor sees, and the release of the scores."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from accounts.models import AuditEntry, Membership
from accounts.roles import Role
from quizzes.bank.load import load_items
from quizzes.forms.schedule import schedule_administration
from quizzes.models import Administration, Sitting, SittingEvent, SittingScore
from quizzes.scoring import views
from quizzes.scoring.late import late_answers
from quizzes.scoring.release import release_scores
from quizzes.scoring.results import results_of
from quizzes.sitting.close import submit_sitting
from quizzes.sitting.save import NoSuchSlot, SittingClosed
from quizzes.sitting.start import ExamNotOpen, start_sitting
from tests.clock import NOON
from tests.quizzes.conftest import browser, save
from tests.quizzes.content import content, right_options


def test_the_release_is_written_down_once(mock, ines, now):
    assert release_scores(mock, ines, now=now)
    assert not release_scores(mock, ines, now=now)

    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.act, entry.detail["administration"]) == (ines, "release_scores", mock.pk)
    mock.refresh_from_db()
    assert (mock.state, mock.released_by, mock.released_at) == ("released", ines, now)


def test_a_release_without_time_and_actor_is_refused_by_the_database(mock):
    with pytest.raises(IntegrityError), transaction.atomic():
        Administration.objects.update(state="released")


def test_the_table_lists_every_student_with_state_and_score(mock, sitting, sam, tia, now):
    for slot in (1, 4):
        save(sitting, slot, right_options(slot))
    submit_sitting(sitting, now=now)

    rows = {row[0]: row[1:] for row in results_of(mock).students.rows}

    percent = "50\N{NO-BREAK SPACE}% · below the cut"
    assert rows["Sam"] == ("Submitted", "2 of 4", percent, "0\N{NO-BREAK SPACE}%", "100\N{NO-BREAK SPACE}%")
    assert rows["Tia"] == ("Not started", "–", "–", "–", "–")


def test_facility_is_the_share_of_points_and_staff_do_not_count(mock, sitting, tia, ines, now):
    for user, slots in ((sitting.user, (1, 2)), (tia, (1,)), (ines, (3, 4))):
        own = start_sitting(mock, user, now=now)
        for slot in slots:
            save(own, slot, right_options(slot))
        submit_sitting(own, now=now)

    assert [row[2] for row in results_of(mock).items.rows] == ["1.00", "0.50", "0.00", "0.00"]
    assert "Ines" not in {row[0] for row in results_of(mock).students.rows}


def test_the_results_page_costs_the_same_for_one_student_and_for_many(
    mock, sam, tia, ines, now, django_assert_max_num_queries
):
    for user in (sam, tia):
        submit_sitting(start_sitting(mock, user, now=now), now=now)
    client = browser(ines)

    with django_assert_max_num_queries(15):
        page = client.get(reverse("administration_results", args=[mock.pk])).content.decode()

    assert "Release the scores of 2 students" in page
    assert "The window is still open" in page


def test_a_proctor_sees_the_exam_and_may_not_read_or_release_scores(mock, olga, evening):
    Membership.objects.create(
        user=olga, cohort=evening, institution=evening.institution, role=Role.PROCTOR, joined_at=NOON
    )
    client = browser(olga)

    assert client.get(reverse("administration_results", args=[mock.pk])).status_code == 403
    assert client.post(reverse("release_scores", args=[mock.pk])).status_code == 403


def test_another_class_does_not_know_the_exam(mock, wim, otto):
    for user in (wim, otto):
        assert browser(user).get(reverse("administration_results", args=[mock.pk])).status_code == 404


def test_the_results_list_what_came_after_the_end(mock, sitting, ines, now):
    submit_sitting(sitting, now=now)
    for slot, chosen in ((1, ("a",)), (2, ("a", "b")), (2, ("c",))):
        with pytest.raises(SittingClosed):
            save(sitting, slot, chosen)

    page = browser(ines).get(reverse("administration_results", args=[mock.pk])).content.decode()

    assert [row[:3] for row in late_answers(mock, ines).rows] == [
        ("Sam", "1 · knee-right-side", "M17.11"),
        ("Sam", "2 · diabetes-and-kidney", "E11.22, N18.31"),
    ]
    assert "2 answers came after the time" in page


def test_results_without_a_late_answer_say_nothing_of_them(mock, sitting, ines):
    page = browser(ines).get(reverse("administration_results", args=[mock.pk])).content.decode()

    assert "came after" not in page


def test_nobody_starts_once_the_keys_can_be_read(mock, sitting, sam, tia, ines, now):
    submit_sitting(sitting, now=now)
    release_scores(mock, ines, now=now)

    answer = browser(tia).post(reverse("start_sitting", args=[mock.pk]))

    assert answer.status_code == 409
    assert "it can no longer be started" in answer.content.decode()
    assert not Sitting.objects.filter(user=tia).exists()
    assert "Read the rules and start" not in browser(tia).get(reverse("exams")).content.decode()


def test_a_start_that_read_the_exam_before_its_release_is_refused_as_well(mock, tia, ines, now):
    read_before = Administration.objects.get()
    release_scores(mock, ines, now=now)

    with pytest.raises(ExamNotOpen):
        start_sitting(read_before, tia, now=now)


def test_who_started_before_the_release_goes_on(mock, sitting, sam, ines, now):
    release_scores(mock, ines, now=now)

    assert browser(sam).post(reverse("start_sitting", args=[mock.pk])).url == sitting.get_absolute_url()


def test_a_withdrawn_exam_is_nowhere_to_be_found(mock, sitting, sam, ines):
    Administration.objects.update(state="withdrawn")
    student, own = browser(sam), [sitting.public_id]

    pages = ["sitting", "review_sitting", "sitting_receipt", "sitting_clock", "sitting_report"]
    assert {student.get(reverse(name, args=own)).status_code for name in pages} == {404}
    assert student.get(reverse("sitting_item", args=[*own, 1])).status_code == 404
    assert student.post(reverse("submit_sitting", args=own)).status_code == 404
    assert student.post(reverse("start_sitting", args=[mock.pk])).status_code == 404
    assert browser(ines).get(reverse("administration_results", args=[mock.pk])).status_code == 404
    assert browser(ines).post(reverse("release_scores", args=[mock.pk])).status_code == 404


def test_a_withdrawn_exam_takes_no_answer(sitting):
    Administration.objects.update(state="withdrawn")

    with pytest.raises(NoSuchSlot):
        save(sitting, 1, ("a",))
    assert SittingEvent.objects.count() == 0


def test_one_run_scores_every_sitting_by_the_keys_of_its_opening(mock, sitting, tia, ines, now):
    """The key of item 4 is corrected between two sittings, after the release."""
    later, rows = start_sitting(mock, tia, now=now), content()["items"]
    for own in (sitting, later):
        save(own, 4, ("a",))
    submit_sitting(sitting, now=now)
    release_scores(mock, ines, now=now)
    rows[3]["options"][0]["right"], rows[3]["options"][1]["right"] = False, True

    assert load_items(mock.form.blueprint.institution, rows).keys == 1
    submit_sitting(later, now=now)

    first, second = SittingScore.objects.order_by("pk")
    assert (first.run, first.items, first.earned_milli) == (second.run, second.items, second.earned_milli)
    assert first.earned_milli == 1000


def test_a_run_that_opens_later_takes_the_corrected_key(mock, evening, catalogue, now):
    rows = content()["items"]
    rows[3]["options"][0]["right"], rows[3]["options"][1]["right"] = False, True
    load_items(catalogue, rows)

    again = schedule_administration(mock.form, evening, opens_at=now, closes_at=mock.closes_at, now=now)

    assert again.current_run.keys["4"] != mock.current_run.keys["4"]
    assert {slot for slot in "123" if again.current_run.keys[slot] == mock.current_run.keys[slot]} == set("123")


def test_a_class_too_large_for_sqlite_is_warned_about_there_and_only_there(db):
    warned = views.seats_warning(31)

    assert bool(warned) == (connection.vendor == "sqlite")
    assert views.seats_warning(30) == ""
