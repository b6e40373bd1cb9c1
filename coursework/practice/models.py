"""Attempts on charts, the lines a learner entered, and the grades they got."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse

from accounts.models import Cohort, Institution, User
from accounts.roles import Capability, Role
from coursework.cases.models import AnswerKey, CaseVersion, KeyLine
from coursework.lines import CodedLineFields


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def submitted(self) -> AttemptQuerySet:
        return self.filter(state=Attempt.State.SUBMITTED)

    def editable_by(self, user: User) -> AttemptQuerySet:
        return self.filter(user=user, state=Attempt.State.OPEN)

    def visible_to(self, user: User) -> AttemptQuerySet:
        """One's own, and what one's students submitted on charts that one may see oneself."""
        taught = Cohort.objects.allowing(user, Capability.SEE_RESULTS)
        students = User.objects.filter(memberships__cohort__in=taught, memberships__role=Role.STUDENT)
        own_content = Institution.objects.visible_to(user)
        as_teacher = Q(user__in=students, case_version__case__institution__in=own_content)
        return self.filter(Q(user=user) | Q(as_teacher, state=Attempt.State.SUBMITTED))


class Attempt(models.Model):
    """One learner coding one chart once. Pins the version of the chart it was started on."""

    class State(models.TextChoices):
        OPEN = "open", "In progress"
        SUBMITTED = "submitted", "Submitted"

    user = models.ForeignKey(User, models.PROTECT, related_name="attempts")
    case_version = models.ForeignKey(CaseVersion, models.PROTECT, related_name="attempts")
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "case_version"], condition=Q(state="open"), name="one_open_attempt_per_case_version"
            ),
            models.CheckConstraint(
                condition=Q(state="open", submitted_at=None) | Q(state="submitted", submitted_at__isnull=False),
                name="submitted_attempt_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} on {self.case_version}"

    def get_absolute_url(self) -> str:
        name = "attempt" if self.state == self.State.OPEN else "feedback"
        return reverse(name, args=[self.pk])


class AttemptLine(CodedLineFields):
    """One line on the learner's sheet. A removed line stays, so that removing can be undone."""

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="lines")
    is_given = models.BooleanField(default=False)  # worked for the learner in a first case
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "system", "code"], condition=Q(removed_at=None), name="a_diagnosis_is_reported_once"
            ),
        ]


class Grade(models.Model):
    """What one attempt scored against one revision of the key. Can be rebuilt by grade_attempt."""

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="grades")
    key = models.ForeignKey(AnswerKey, models.PROTECT, related_name="grades")
    scorer = models.CharField(max_length=10)
    weights = models.ForeignKey(  # null: the defaults that belong to the scorer
        "coursework.HouseWeights", models.PROTECT, null=True, blank=True, related_name="+"
    )
    measures = models.JSONField()  # name → milli-points, or null where the measure does not apply
    consequence = models.JSONField(null=True, blank=True)  # see grouping.written; null where no payer groups the lines
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "key", "scorer"], name="one_grade_per_key_and_scorer"),
        ]

    def __str__(self) -> str:
        return f"Grade of {self.attempt}"


class LineVerdict(models.Model):
    """The judgement on one line: of the sheet, of the key, or of both where they were matched."""

    grade = models.ForeignKey(Grade, models.CASCADE, related_name="verdicts")
    position = models.PositiveSmallIntegerField()
    attempt_line = models.ForeignKey(AttemptLine, models.CASCADE, null=True, related_name="+")
    key_line = models.ForeignKey(KeyLine, models.PROTECT, null=True, related_name="+")
    verdict = models.CharField(max_length=30)
    causes = models.JSONField(default=list)
    credit = models.PositiveSmallIntegerField(default=0)  # milli-points of the learning score

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(attempt_line__isnull=False) | Q(key_line__isnull=False), name="verdict_is_on_a_line"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} on {self.attempt_line or self.key_line}"


class LookUp(models.Model):
    """One page of the code book opened, or one search, while a chart or a drill was open. Appended, never changed.

    Pages in a row that are the same are one. It is for teaching and scores nothing.
    """

    class Kind(models.TextChoices):
        INDEX = "index", "Index"
        TABULAR = "tabular", "Tabular"
        NOTE = "note", "Guideline"
        SEARCH = "search", "Search"

    class ReachedBy(models.TextChoices):
        INDEX = "index", "from the Index"
        TABULAR = "tabular", "from the Tabular"
        NOTE = "note", "from the guidelines"
        SEARCH = "search", "from a search"
        LINK = "link", "by a link"
        DIRECT = "direct", "by its address"

    attempt = models.ForeignKey(Attempt, models.CASCADE, null=True, related_name="look_ups")
    drill = models.ForeignKey("coursework.Drill", models.CASCADE, null=True, related_name="look_ups")
    kind = models.CharField(max_length=7, choices=Kind)
    page = models.CharField(max_length=300, blank=True)  # its address in the book, without the year; a search has none
    at = models.CharField(max_length=300, blank=True)  # the code, the term, the section, or the words that were typed
    reached_by = models.CharField(max_length=7, choices=ReachedBy)
    happened_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["index", "tabular", "note", "search"]), name="look_up_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(attempt=None, drill__isnull=False) | Q(attempt__isnull=False, drill=None),
                name="look_up_is_for_a_chart_or_a_drill",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at}".strip()
