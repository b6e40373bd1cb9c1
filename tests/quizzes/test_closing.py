"""A sitting ends once, with the same result whoever closes it and whenever."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from quizzes.forms.schedule import schedule_administration
from quizzes.models import Administration, Sitting, SittingEvent, SittingResult, SittingScore
from quizzes.sitting.close import close_if_overdue, close_overdue, submit_sitting
from quizzes.sitting.log import answers_of
from quizzes.sitting.start import ExamNotOpen, start_sitting
from quizzes.tasks import close_overdue as close_overdue_task
from tests.quizzes.conftest import browser, move_deadline, save
from tests.quizzes.content import right_options, wrong_options

PAST_GRACE = timedelta(minutes=-31)
CLOSERS = {
    "submit": lambda sitting, now: submit_sitting(sitting, now=now),
    "a page": lambda sitting, now: close_if_overdue(sitting, now=now),
    "sweep": lambda sitting, now: close_overdue(now=now),
    "a late sweep": lambda sitting, now: close_overdue(now=now + timedelta(days=3)),
    "command": lambda sitting, now: call_command("close_overdue"),
    "task": lambda sitting, now: close_overdue_task(),
}


def row_of(sitting):
    sitting.refresh_from_db()
    score = sitting.scores.get()
    return (sitting.state, sitting.closed_at, sitting.close_reason, sitting.result.answers, score.earned_milli)


@pytest.mark.parametrize("closer", CLOSERS)
def test_after_the_time_everybody_closes_with_the_same_result(closer, sitting, now):
    save(sitting, 1, right_options(1))
    save(sitting, 2, wrong_options(2))
    move_deadline(sitting, by=PAST_GRACE)

    CLOSERS[closer](sitting, now)

    assert row_of(sitting) == ("lapsed", sitting.deadline_at, "time", {"1": ["a"], "2": ["c"]}, 1000)


def test_a_submit_closes_at_its_own_time(sitting):
    at = sitting.started_at + timedelta(minutes=5)

    submit_sitting(sitting, now=at)

    sitting.refresh_from_db()
    assert (sitting.state, sitting.closed_at, sitting.close_reason) == ("submitted", at, "submitted")


def test_a_submit_within_the_grace_is_closed_by_the_clock(sitting):
    submit_sitting(sitting, now=sitting.deadline_at + timedelta(seconds=5))

    sitting.refresh_from_db()
    assert (sitting.state, sitting.closed_at) == ("lapsed", sitting.deadline_at)


def test_a_second_submit_changes_nothing(sitting, now):
    save(sitting, 1, right_options(1))
    submit_sitting(sitting, now=now)
    before = row_of(sitting)

    submit_sitting(sitting, now=now + timedelta(minutes=1))

    assert row_of(sitting) == before
    assert SittingEvent.objects.filter(kind="submitted").count() == 1


def test_the_sweep_leaves_running_sittings_alone(sitting, now):
    assert close_overdue(now=now) == 0
    sitting.refresh_from_db()
    assert sitting.is_open


def test_the_result_equals_the_fold_of_the_log(sitting, now):
    save(sitting, 1, ("b",))
    save(sitting, 1, ("a",), base=1)
    save(sitting, 3, ("c",))
    save(sitting, 3, (), base=1)
    submit_sitting(sitting, now=now)

    result = SittingResult.objects.get()

    assert result.answers == answers_of(sitting).packed() == {"1": ["a"]}
    assert result.last_event == SittingEvent.objects.last()
    assert len(result.digest) == 64


def test_every_right_answer_makes_full_marks_and_none_makes_zero(sitting, tia, now):
    for slot in range(1, 5):
        save(sitting, slot, right_options(slot))
    submit_sitting(sitting, now=now)
    submit_sitting(start_sitting(sitting.administration, tia, now=now), now=now)

    full, empty = SittingScore.objects.order_by("-earned_milli")

    assert (full.earned_milli, full.possible_milli, full.passed) == (4000, 4000, True)
    assert (empty.earned_milli, empty.possible_milli, empty.passed) == (0, 4000, False)
    assert full.domains == {"conventions": [2000, 2000, 2], "diagnosis-coding": [2000, 2000, 2]}


def test_a_close_without_a_score_is_healed_by_the_next_sweep(sitting, now):
    submit_sitting(sitting, now=now)
    SittingScore.objects.all().delete()

    close_overdue(now=now)

    assert SittingScore.objects.get().sitting == sitting


def test_a_close_takes_the_same_statements_for_one_sitting_and_for_three(
    sitting, tia, wim, now, django_assert_max_num_queries
):
    for user in (tia, wim):
        start_sitting(sitting.administration, user, now=now)
    later = now + timedelta(hours=1)

    with django_assert_max_num_queries(14):
        assert close_overdue(now=later) == 3


def test_submit_and_score_take_at_most_ten_statements(sitting, sam, django_assert_max_num_queries):
    client = browser(sam)

    with django_assert_max_num_queries(12):  # ten, and the savepoint that stands for BEGIN in a test
        client.post(reverse("submit_sitting", args=[sitting.public_id]))


def test_a_finished_sitting_is_one_row_for_each_answer_and_four_more(sitting, now):
    for slot in range(1, 5):
        save(sitting, slot, right_options(slot))
    submit_sitting(sitting, now=now)

    models = [Sitting, SittingEvent, SittingResult, SittingScore]
    assert sum(model.objects.count() for model in models) == 4 + 4


def test_a_start_outside_the_window_is_refused(mock, sam):
    for moment in (mock.opens_at - timedelta(seconds=1), mock.closes_at):
        with pytest.raises(ExamNotOpen):
            start_sitting(mock, sam, now=moment)


def test_a_second_start_gives_the_same_sitting_also_after_the_window(mock, sam, now, sitting):
    assert start_sitting(mock, sam, now=now + timedelta(minutes=3)) == sitting
    assert start_sitting(mock, sam, now=mock.closes_at + timedelta(days=1)) == sitting


def test_finish_by_ends_every_sitting_with_the_window(form, evening, sam, now):
    end = now + timedelta(minutes=10)
    exam = schedule_administration(
        form, evening, opens_at=now, closes_at=end, now=now, window_policy=Administration.WindowPolicy.FINISH_BY
    )

    assert start_sitting(exam, sam, now=now).deadline_at == end


def test_later_exam_minutes_move_no_running_clock(sitting):
    Administration.objects.update(seconds_allowed=60)

    before = sitting.deadline_at
    sitting.refresh_from_db()

    assert sitting.deadline_at == before


def test_one_person_has_one_open_sitting(sitting):
    other = Sitting.objects.get(pk=sitting.pk)
    other.pk, other.number, other.public_id = None, 2, "00000000-0000-4000-8000-000000000000"

    with pytest.raises(IntegrityError), transaction.atomic():
        other.save()


def test_the_sweep_task_closes_what_nobody_looks_at(sitting):
    move_deadline(sitting, by=PAST_GRACE)

    assert close_overdue_task() == 1
    assert timezone.now() > Sitting.objects.get().closed_at
