"""How a drill went: each task with its answer and its time, the median, what was missed; and the last drills."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from django.db.models import Prefetch
from django.utils.safestring import SafeString

from accounts.models import User
from coursework.drills import wording
from coursework.drills.models import Drill, DrillStep
from coursework.drills.run import ANSWERED, SHOWN
from coursework.drills.tasks import Task
from kit.tables import Column, Kind, Table
from kit.templatetags.kit import badge_of, day, stopwatch

LAST = 10


@dataclass(frozen=True)
class Done:
    place: int
    task: Task
    typed: str
    is_right: bool
    seconds: int


@dataclass(frozen=True)
class Progress:
    """`place` is the task that was shown last; without `since` it is answered."""

    drill: Drill
    done: list[Done]
    place: int
    since: datetime | None

    @property
    def count(self) -> int:
        return len(self.drill.tasks)

    @property
    def is_complete(self) -> bool:
        return len(self.done) == self.count

    @property
    def right(self) -> int:
        return sum(each.is_right for each in self.done)

    @property
    def score(self) -> str:
        return wording.score(self.right, self.count)

    @property
    def median_seconds(self) -> int:
        return round(median(each.seconds for each in self.done)) if self.done else 0

    @property
    def missed(self) -> list[Done]:
        return [each for each in self.done if not each.is_right]

    def at(self, place: int) -> Done | None:
        return next((each for each in self.done if each.place == place), None)


def progress_of(drill: Drill, steps: Sequence[DrillStep] | None = None) -> Progress:
    held = list(drill.steps.all()) if steps is None else steps
    shown = {step.place: step.at for step in held if step.kind == SHOWN}
    answers = [step for step in held if step.kind == ANSWERED]
    done = [
        Done(step.place, drill.task(step.place), step.typed, bool(step.is_right), _seconds(shown[step.place], step.at))
        for step in answers
    ]
    last = max(shown)
    return Progress(drill, done, last, None if any(each.place == last for each in done) else shown[last])


def _seconds(since: datetime, until: datetime) -> int:
    return max(0, round((until - since).total_seconds()))


def last_drills(user: User) -> list[Progress]:
    drills = Drill.objects.filter(user=user).prefetch_related(Prefetch("steps", to_attr="held"))[:LAST]
    return [progress_of(drill, drill.held) for drill in drills]


def verdict(done: Done) -> SafeString:
    return badge_of(*wording.BADGES[done.is_right])


def tasks_table(progress: Progress) -> Table:
    answer, time = Column("Answer", kind=Kind.CODE), Column("Time", kind=Kind.NUMBER)
    columns = ("Task", "To find", "Yours", answer, time, "Verdict")
    rows = tuple(
        (
            each.place,
            each.task.prompt,
            each.typed or wording.PASSED,
            each.task.answer,
            stopwatch(each.seconds),
            verdict(each),
        )
        for each in progress.done
    )
    return Table("Every task", columns, rows)


def drills_table(drills: Sequence[Progress], user: User) -> Table:
    columns = ("Drill", Column("Found", kind=Kind.NUMBER), Column("Median time", kind=Kind.NUMBER))
    rows = tuple(
        (
            wording.linked(day(each.drill.started_at, user), each.drill.get_absolute_url()),
            each.score if each.is_complete else wording.not_finished(len(each.done), each.count),
            stopwatch(each.median_seconds) if each.done else "–",
        )
        for each in drills
    )
    return Table("Your last drills", columns, rows)
