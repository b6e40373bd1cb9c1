"""A drill from its start to its summary: one task a page, its time, the way through the book."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from coursework.drills import results, run
from coursework.drills.models import Drill, DrillStep
from tests.clock import NOON
from tests.coursework.drills.conftest import after, right_answer
from tests.quizzes.conftest import browser


def answer_all(drill: Drill, *, wrong: set[int] = frozenset(), seconds: int = 20) -> None:
    """Each task takes so many seconds, and reading each answer a minute."""
    for place in range(1, len(drill.tasks) + 1):
        run.show_task(drill, place, now=after(place * 80 - 80))
        typed = "Z99.9" if place in wrong else right_answer(drill, place)
        run.give_answer(drill, place, typed, now=after(place * 80 - 80 + seconds))


def page(client, address: str) -> str:
    return client.get(address, follow=True).content.decode()


def task_url(drill: Drill, place: int, name: str = "drill_task") -> str:
    return reverse(name, args=[drill.pk, place])


def test_a_drill_has_ten_tasks_where_the_books_give_that_many(drill):
    assert len(drill.tasks) == run.TASKS


def test_a_drill_shows_one_task_and_not_its_answer(drill, tia):
    shown = page(browser(tia), drill.get_absolute_url())

    assert "Task 1 of 10" in shown
    assert right_answer(drill, 1) not in shown


def test_starting_switches_book_mode_on(books, tia):
    client = browser(tia)

    client.post(reverse("start_drill"))

    assert "Book mode" in page(client, reverse("tabular"))
    assert 'role="search"' not in page(client, reverse("tabular"))


def test_without_a_book_there_is_a_sentence_and_no_drill(client, tia):
    client.force_login(tia)

    answer = client.post(reverse("start_drill"), follow=True)

    assert "there is nothing to find" in answer.content.decode()
    assert not Drill.objects.exists()


def test_after_the_answer_comes_the_way_through_the_book(drill, tia):
    client = browser(tia)

    client.post(task_url(drill, 1, "answer_task"), {"answer": "Z99.9"})
    shown = page(client, task_url(drill, 1))

    assert "Task 1 of 10: not found" in shown
    assert right_answer(drill, 1) in shown
    assert all(step.url in shown for step in drill.task(1).way)


def test_an_empty_answer_is_asked_for_again_and_a_pass_counts_as_missed(drill, tia):
    client = browser(tia)

    empty = client.post(task_url(drill, 1, "answer_task"), {"answer": " "})
    client.post(task_url(drill, 1, "answer_task"), {"answer": "", "pass": "1"})

    assert empty.status_code == 422
    assert "“What did you find?” is empty" in empty.content.decode()
    assert DrillStep.objects.get(kind=run.ANSWERED).is_right is False


def test_the_first_answer_to_a_task_counts(drill):
    run.give_answer(drill, 1, "Z99.9", now=after(5))
    run.give_answer(drill, 1, right_answer(drill, 1), now=after(6))

    assert DrillStep.objects.get(kind=run.ANSWERED).typed == "Z99.9"


def test_a_task_that_was_not_shown_takes_no_answer(drill, tia):
    client = browser(tia)

    answer = client.post(task_url(drill, 2, "answer_task"), {"answer": "R50.9"})

    assert answer.status_code == 404
    assert client.get(task_url(drill, 2)).status_code == 404
    assert not DrillStep.objects.filter(kind=run.ANSWERED).exists()


def test_the_next_task_comes_once_however_often_it_is_asked_for(drill, tia):
    client = browser(tia)
    run.give_answer(drill, 1, "Z99.9", now=after(5))

    for _ in range(2):
        client.post(reverse("next_task", args=[drill.pk]))

    assert drill.steps.filter(kind=run.SHOWN).count() == 2
    assert "Task 2 of 10" in page(client, drill.get_absolute_url())


def test_reading_an_answer_costs_no_time(drill):
    answer_all(drill, seconds=20)

    progress = results.progress_of(drill)

    assert {each.seconds for each in progress.done} == {20}
    assert progress.median_seconds == 20


def test_the_summary_counts_what_was_found_and_shows_the_way_to_what_was_missed(drill, tia):
    answer_all(drill, wrong={3}, seconds=65)

    shown = page(browser(tia), drill.get_absolute_url())

    assert "9 of 10 found" in shown
    assert "Median time 1:05" in shown
    assert shown.count('class="way"') == 1
    assert drill.task(3).way[0].url in shown


def test_the_same_tasks_can_be_run_again(drill, tia):
    answer_all(drill)

    browser(tia).post(reverse("repeat_drill", args=[drill.pk]))

    again = Drill.objects.exclude(pk=drill.pk).get()
    assert [again.task(place) for place in range(1, 11)] == [drill.task(place) for place in range(1, 11)]


def test_the_last_drills_are_listed_and_an_open_one_goes_on(drill, tia):
    answer_all(drill, wrong={1, 2})
    run.repeat_drill(drill, now=NOON)

    shown = page(browser(tia), reverse("drills"))

    assert "8 of 10 found" in shown
    assert "not finished, 0 of 10 answered" in shown


def test_the_list_of_drills_costs_the_same_for_one_and_for_many(drill, tia, django_assert_max_num_queries):
    for _ in range(4):
        run.repeat_drill(drill, now=NOON)
    client = browser(tia)

    with django_assert_max_num_queries(7):
        client.get(reverse("drills"))


def test_a_task_costs_a_fixed_number_of_statements(drill, tia, django_assert_max_num_queries):
    client = browser(tia)
    client.get(task_url(drill, 1))  # from here on what is looked up is for this drill

    with django_assert_max_num_queries(5):
        client.get(task_url(drill, 1))


@pytest.mark.parametrize(("model", "field"), [(Drill, "seed"), (DrillStep, "place")])
def test_what_happened_in_a_drill_is_never_changed(model, field, drill):
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        model.objects.update(**{field: 3})
