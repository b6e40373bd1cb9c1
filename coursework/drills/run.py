"""Set a drill, show its next task, take an answer. A double click and a second tab change nothing."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from random import Random

from django.db import transaction

from accounts.models import User
from coursework.book.shelf import Shelf
from coursework.drills.kinds import KINDS
from coursework.drills.models import Drill, DrillStep
from coursework.drills.tasks import Task

TASKS = 10
SHOWN, ANSWERED = DrillStep.Kind.SHOWN, DrillStep.Kind.ANSWERED


class NothingToFind(LookupError):
    """No book is loaded from which a task could be drawn."""


class NotShown(Exception):
    """A task takes an answer once it was shown."""


def start_drill(user: User, shelf: Shelf, *, seed: int, now: datetime) -> Drill:
    tasks = list(islice(draw(shelf, seed), TASKS))
    if not tasks:
        raise NothingToFind
    return _set(user, [task.stored() for task in tasks], seed=seed, now=now)


def repeat_drill(drill: Drill, *, now: datetime) -> Drill:
    return _set(drill.user, drill.tasks, seed=drill.seed, now=now)


@transaction.atomic
def _set(user: User, tasks: list[dict], *, seed: int, now: datetime) -> Drill:
    drill = Drill.objects.create(user=user, seed=seed, tasks=tasks, started_at=now)
    show_task(drill, 1, now=now)
    return drill


def draw(shelf: Shelf, seed: int) -> Iterator[Task]:
    """One of each kind in turn, each prompt once, until the books give no more."""
    dice = Random(seed)
    kinds = [kind(shelf, dice) for kind in KINDS.values()]
    prompts: set[str] = set()
    while kinds:
        for kind in list(kinds):
            task = next((each for each in kind if each.prompt not in prompts), None)
            if task is None:
                kinds.remove(kind)
                continue
            prompts.add(task.prompt)
            yield task


def show_task(drill: Drill, place: int, *, now: datetime) -> None:
    """From here on its clock runs; shown before, it goes on running."""
    DrillStep.objects.bulk_create([DrillStep(drill=drill, place=place, kind=SHOWN, at=now)], ignore_conflicts=True)


def give_answer(drill: Drill, place: int, typed: str, *, now: datetime) -> None:
    """The first answer counts."""
    if not drill.steps.filter(place=place, kind=SHOWN).exists():
        raise NotShown
    is_right = bool(typed) and drill.task(place).is_right(typed)
    answer = DrillStep(drill=drill, place=place, kind=ANSWERED, typed=typed, is_right=is_right, at=now)
    DrillStep.objects.bulk_create([answer], ignore_conflicts=True)
