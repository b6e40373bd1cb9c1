"""What an exam asks for, a fixed set of items that gives it, and the window in which a cohort sits it."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import Cohort, Institution, User
from accounts.roles import Capability
from codesets.open_book import Book
from quizzes.bank.models import ItemVersion


class Blueprint(models.Model):
    """One edition of an exam's rules. Once a form of it is frozen, changed rules make the next number."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="blueprints")
    namespace = models.CharField(max_length=100, blank=True)
    slug = models.SlugField(max_length=100)
    number = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=150)
    sentence = models.CharField(max_length=300, blank=True)
    domains = models.JSONField()
    minutes = models.PositiveSmallIntegerField()
    cut_score_milli = models.PositiveSmallIntegerField()
    books = models.CharField(max_length=200)
    short_form_of = models.CharField(max_length=100, blank=True)
    text_hash = models.CharField(max_length=64)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "slug", "number"], name="blueprint_number_once_per_institution"
            ),
            models.CheckConstraint(condition=Q(cut_score_milli__lte=1000), name="cut_score_is_a_share"),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="blueprint_allows_time"),
        ]

    def __str__(self) -> str:
        return self.title


class ExamForm(models.Model):
    """One fixed set of items. Frozen when it is first scheduled; from then on it never changes."""

    blueprint = models.ForeignKey(Blueprint, models.PROTECT, related_name="forms", db_index=False)
    slug = models.SlugField(max_length=100)
    title = models.CharField(max_length=150)
    slot_count = models.PositiveSmallIntegerField(default=0)
    frozen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["blueprint", "slug"], name="form_slug_once_per_blueprint"),
        ]

    def __str__(self) -> str:
        return self.title


class FormItem(models.Model):
    """One slot of a form: this wording, in this domain, for these points."""

    form = models.ForeignKey(ExamForm, models.CASCADE, related_name="slots", db_index=False)
    position = models.PositiveSmallIntegerField()
    item_version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="slots")
    domain = models.SlugField(max_length=100)
    points_milli = models.PositiveIntegerField(default=1000)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form", "position"], name="form_position_once"),
            models.UniqueConstraint(fields=["form", "item_version"], name="form_item_once"),
            models.CheckConstraint(condition=Q(position__gt=0), name="form_positions_start_at_one"),
        ]
        ordering = ["form", "position"]

    def __str__(self) -> str:
        return f"{self.form} {self.position}"


class AdministrationQuerySet(models.QuerySet["Administration"]):
    def with_form(self) -> AdministrationQuerySet:
        return self.select_related("form__blueprint", "cohort")

    def not_withdrawn(self) -> AdministrationQuerySet:
        return self.exclude(state=Administration.State.WITHDRAWN)

    def allowing(self, user: User, capability: Capability) -> AdministrationQuerySet:
        """Exams of the cohorts in which the user may do this."""
        return self.filter(cohort__in=Cohort.objects.allowing(user, capability))

    def open_to(self, user: User) -> AdministrationQuerySet:
        """Exams that the user may sit now, later, or has sat."""
        return self.not_withdrawn().allowing(user, Capability.LEARN)


class Administration(models.Model):
    """One form given to one cohort in one window."""

    class State(models.TextChoices):
        SCHEDULED = "scheduled", "Scheduled"
        RELEASED = "released", "Scores released"
        WITHDRAWN = "withdrawn", "Withdrawn"  # nobody sees it; what was sat is kept

    class WindowPolicy(models.TextChoices):
        START_BY = "start_by", "Start before the window closes, then have the full time"
        FINISH_BY = "finish_by", "Finish before the window closes"

    form = models.ForeignKey(ExamForm, models.PROTECT, related_name="administrations")
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="administrations")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    seconds_allowed = models.PositiveIntegerField()
    window_policy = models.CharField(max_length=9, choices=WindowPolicy, default=WindowPolicy.START_BY)
    grace_seconds = models.PositiveSmallIntegerField(default=15)  # covers transport only, never shown as time
    allows_marks = models.BooleanField(default=True)  # one's own tabs, notes and highlights in the code book
    book = models.CharField(max_length=11, choices=Book, default=Book.WITH_SEARCH)
    state = models.CharField(max_length=9, choices=State, default=State.SCHEDULED)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    # The one run whose scores count. A rescore appends a run and moves this pointer, in one statement.
    current_run = models.ForeignKey("quizzes.ScoreRun", models.PROTECT, null=True, blank=True, related_name="+")

    objects = AdministrationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="window_closes_after_it_opens"),
            models.CheckConstraint(condition=Q(seconds_allowed__gt=0), name="administration_allows_time"),
            models.CheckConstraint(condition=Q(book__in=Book.values), name="administration_book_is_known"),
            models.CheckConstraint(
                condition=Q(state="released", released_at__isnull=False, released_by__isnull=False)
                | (~Q(state="released") & Q(released_at__isnull=True, released_by__isnull=True)),
                name="release_has_time_and_actor",
            ),
        ]
        ordering = ["opens_at", "pk"]

    def __str__(self) -> str:
        return f"{self.form} for {self.cohort}"

    def get_absolute_url(self) -> str:
        return reverse("exam", args=[self.pk])

    @property
    def is_released(self) -> bool:
        return self.state == self.State.RELEASED

    def is_open(self, now: datetime) -> bool:
        """A sitting may be started: within the window, and before the release shows every key."""
        return self.state == self.State.SCHEDULED and self.opens_at <= now < self.closes_at
