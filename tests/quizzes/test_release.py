"""The results that an instructor sees, and the release of the scores."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from accounts.models import AuditEntry, Membership
from accounts.roles import Role
from quizzes.models import Administration
from quizzes.scoring import views
from quizzes.scoring.release import release_scores
from quizzes.scoring.results import results_of
from quizzes.sitting.close import submit_sitting
from quizzes.sitting.start import start_sitting
from tests.clock import NOON
from tests.quizzes.conftest import browser, save
from tests.quizzes.content import right_options


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


def test_a_class_too_large_for_sqlite_is_warned_about_there_and_only_there(db):
    warned = views.seats_warning(31)

    assert bool(warned) == (connection.vendor == "sqlite")
    assert views.seats_warning(30) == ""
