"""Loading the bank and the forms: the same text writes nothing, every change makes exactly one new row."""

import copy

import pytest
from django.db import IntegrityError, transaction

from quizzes.bank.load import Loaded, UnloadableItem, load_items
from quizzes.forms.load import UnloadableForm, load_form
from quizzes.forms.schedule import schedule_administration
from quizzes.models import Blueprint, ExamForm, FormItem, Item, ItemKey, ItemVersion
from tests.quizzes.content import content


@pytest.fixture
def rows():
    return copy.deepcopy(content()["items"])


def test_loading_twice_writes_nothing(catalogue, rows, django_assert_max_num_queries):
    first = load_items(catalogue, rows)

    with django_assert_max_num_queries(3):
        second = load_items(catalogue, rows)

    assert (first, second) == (Loaded(4, 4, 4), Loaded(0, 0, 0))


def test_a_changed_stem_makes_a_new_version_and_the_old_one_stays(catalogue, rows):
    load_items(catalogue, rows)
    rows[0]["stem"] += " Choose the billable code."

    assert load_items(catalogue, rows) == Loaded(0, 1, 1)
    assert [version.number for version in Item.objects.get(slug="knee-right-side").versions.all()] == [1, 2]


def test_a_changed_key_makes_a_new_key_of_the_same_text(catalogue, rows):
    load_items(catalogue, rows)
    rows[3]["options"][0]["right"], rows[3]["options"][1]["right"] = False, True

    assert load_items(catalogue, rows) == Loaded(0, 0, 1)
    assert [key.key["right"] for key in ItemKey.objects.filter(item_version__item__slug="insulin-by-type-2")] == [
        ["a"],
        ["b"],
    ]


def test_a_changed_reason_makes_a_new_key_with_the_same_hash_of_what_is_right(catalogue, rows):
    load_items(catalogue, rows)
    rows[0]["rule"] = "Report the side that the chart documents."

    assert load_items(catalogue, rows) == Loaded(0, 0, 1)
    first, second = ItemKey.objects.filter(item_version__item__slug="knee-right-side")
    assert first.key_hash == second.key_hash
    assert first.notes_hash != second.notes_hash


def test_the_body_holds_nothing_of_the_key(catalogue, rows):
    load_items(catalogue, rows)

    assert "SEALED" not in str(list(ItemVersion.objects.values_list("body", flat=True)))
    assert "right" not in {name for version in ItemVersion.objects.all() for name in version.body["options"][0]}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"stem": ""}, "Item knee-right-side: The item has no stem; write the question."),
        ({"rule": None}, "Item knee-right-side: it has no rule; add one."),
        ({"kind": "essay"}, "The item kind 'essay' is not known"),
    ],
)
def test_an_item_that_cannot_be_read_gets_one_sentence(catalogue, rows, change, sentence):
    rows[0] |= change

    with pytest.raises(UnloadableItem, match=sentence):
        load_items(catalogue, rows)
    assert Item.objects.count() == 0


def test_two_items_of_one_slug_are_refused(catalogue, rows):
    with pytest.raises(UnloadableItem, match="two items have this slug"):
        load_items(catalogue, rows + rows[:1])


def test_loading_a_form_twice_gives_the_same_form(form, catalogue, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        again = load_form(catalogue, content()["exam"])

    assert again == form
    assert (form.slot_count, form.slots.count()) == (4, 4)


def test_a_form_that_was_never_scheduled_is_rewritten(form, catalogue):
    shorter = content()["exam"] | {"items": ["knee-right-side", "heart-and-hypertension"], "minutes": 10}

    rewritten = load_form(catalogue, shorter)

    assert (Blueprint.objects.count(), ExamForm.objects.count(), FormItem.objects.count()) == (1, 1, 2)
    assert rewritten.blueprint.minutes == 10


def test_a_frozen_form_stays_and_the_change_makes_the_next_number(mock, catalogue):
    longer = content()["exam"] | {"minutes": 60}

    changed = load_form(catalogue, longer)

    assert changed.blueprint.number == 2
    assert mock.form.slots.count() == 4
    assert ExamForm.objects.get(pk=mock.form_id).blueprint.minutes == 30


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"items": ["no-such-item"]}, "Exam tiny-mock: there is no item no-such-item; load it first or take it out."),
        ({"cut": 70}, "Exam tiny-mock: the cut is 70; write a share from 0 to 1, like 0.70."),
        ({"minutes": None}, "Exam tiny-mock: it has no minutes; add one."),
        (
            {"domains": [{"slug": "conventions", "title": "C"}]},
            "belongs to diagnosis-coding, which is none of its domains",
        ),
    ],
)
def test_an_exam_that_cannot_be_read_gets_one_sentence(form, catalogue, change, sentence):
    with pytest.raises(UnloadableForm, match=sentence):
        load_form(catalogue, content()["exam"] | change)


def test_a_window_that_closes_before_it_opens_is_refused_by_the_database(form, evening, now):
    with pytest.raises(IntegrityError), transaction.atomic():
        schedule_administration(form, evening, opens_at=now, closes_at=now, now=now)
