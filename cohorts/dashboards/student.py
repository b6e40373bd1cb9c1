"""What a student does next, in one order: what is open, what is due, where points are lost. Knows no pages."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from accounts.models import User
from cohorts import wording
from coursework.cases.models import Case
from coursework.lessons.models import Lesson
from coursework.practice.models import Attempt, LineVerdict
from coursework.practice.results import newest_attempts
from quizzes.models import Administration, Sitting


@dataclass(frozen=True)
class NextStep:
    """One thing to do: what it is, how long it takes, where it is."""

    title: str
    sentence: str
    action: str
    url: str


def next_steps(user: User, *, now: datetime) -> list[NextStep]:
    """The first is what the page proposes, the others stand below it. A newcomer begins with the shortest chart."""
    begun = [*open_sittings(user, now=now), *open_attempts(user)]
    charts, exams = new_cases(user), open_exams(user, now=now)
    fresh = [*charts[:1], *exams, *charts[1:]] if is_new(user) else [*exams, *charts]
    return [*begun, *fresh, *unread_lessons(user)]


def open_sittings(user: User, *, now: datetime) -> list[NextStep]:
    going_on = Sitting.objects.not_withdrawn().filter(user=user, state=Sitting.State.OPEN).with_form()
    return [
        NextStep(
            f"Exam in progress: {sitting.administration.form.title}",
            wording.minutes_left(sitting.remaining_ms(now) // 60_000),
            "Go on",
            sitting.get_absolute_url(),
        )
        for sitting in going_on
        if not sitting.is_over(now)
    ]


def open_attempts(user: User) -> list[NextStep]:
    attempts = Attempt.objects.editable_by(user).select_related("case_version")
    return [
        NextStep(
            f"Chart in progress: {attempt.case_version.title}",
            wording.started(attempt.started_at, user),
            "Continue",
            attempt.get_absolute_url(),
        )
        for attempt in attempts
    ]


def open_exams(user: User, *, now: datetime) -> list[NextStep]:
    sat = Sitting.objects.filter(user=user).values("administration")
    exams = Administration.objects.open_to(user).with_form().exclude(pk__in=sat)
    return [
        NextStep(exam.form.title, wording.open_until(exam.closes_at, user), "See the rules", exam.get_absolute_url())
        for exam in exams
        if exam.is_open(now)
    ]


def new_cases(user: User) -> list[NextStep]:
    cases = list(Case.objects.visible_to(user).with_current())
    tried = newest_attempts(user, cases)
    return [
        NextStep(f"Chart: {chart.title}", wording.about(chart.minutes), "Open the chart", case.get_absolute_url())
        for case in cases
        for chart in [case.current]
        if case.pk not in tried
    ]


def unread_lessons(user: User) -> list[NextStep]:
    lessons = Lesson.objects.visible_to(user).with_progress(user)
    return [
        NextStep(f"Lesson: {lesson.title}", wording.about(lesson.minutes), "Read", lesson.get_absolute_url())
        for lesson in lessons
        if lesson.answered_count < lesson.check_count
    ]


def where_points_are_lost(user: User) -> list[tuple[str, int, int]]:
    """(what, lines, of all lines) over everything submitted, most frequent first."""
    verdicts = LineVerdict.objects.filter(grade__attempt__user=user).values_list("verdict", flat=True)
    counted = Counter(wording.VERDICT_GROUPS.get(verdict) for verdict in verdicts)
    lost = [(group, number) for group, number in counted.most_common() if group]
    return [(group, number, counted.total()) for group, number in lost]


def is_new(user: User) -> bool:
    return not user.attempts.exists() and not user.sittings.exists()


def join_url(user: User) -> str:
    return "" if user.memberships.exists() else reverse("join")
