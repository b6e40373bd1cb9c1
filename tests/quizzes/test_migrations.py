"""Rows of an earlier program, after its migrations."""

from importlib import import_module

from django.apps import apps

from quizzes.bank.load import load_items
from quizzes.models import ScoreRun, SittingScore
from quizzes.sitting.close import submit_sitting
from tests.quizzes.content import content

pin_keys = import_module("quizzes.migrations.0004_pin_keys_of_runs").pin_keys


def corrected() -> list[dict]:
    rows = content()["items"]
    rows[3]["options"][0]["right"], rows[3]["options"][1]["right"] = False, True
    return rows


def test_a_run_without_scores_is_pinned_to_the_newest_keys(mock, catalogue):
    at_opening = mock.current_run.keys
    load_items(catalogue, corrected())
    ScoreRun.objects.update(keys={})

    pin_keys(apps, None)

    pinned = ScoreRun.objects.get().keys
    assert {slot for slot in pinned if pinned[slot] != at_opening[slot]} == {"4"}


def test_a_run_with_scores_is_pinned_to_the_keys_of_its_first(sitting, catalogue, now):
    submit_sitting(sitting, now=now)
    load_items(catalogue, corrected())
    ScoreRun.objects.update(keys={})

    pin_keys(apps, None)

    assert ScoreRun.objects.get().keys == {slot: key for slot, (_, _, key) in SittingScore.objects.get().items.items()}
