"""Sittings and their log. The log is what happened; everything else about a sitting can be rebuilt from it."""

from __future__ import annotations

import secrets
import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse

from accounts.models import User
from quizzes.forms.models import Administration


def random_public_id() -> uuid.UUID:
    """All 128 bits random: who holds the link was given it."""
    return uuid.UUID(bytes=secrets.token_bytes(16))


def random_seed() -> int:
    return secrets.randbits(62)


class SittingQuerySet(models.QuerySet["Sitting"]):
    def sat_by(self, user: User) -> SittingQuerySet:
        """One's own, without those of withdrawn exams: they are kept, and nobody sees them."""
        return self.not_withdrawn().filter(user_id=user.pk)

    def not_withdrawn(self) -> SittingQuerySet:
        return self.exclude(administration__state=Administration.State.WITHDRAWN)

    def with_form(self) -> SittingQuerySet:
        return self.select_related("administration__form__blueprint", "administration__current_run")

    def overdue(self, now: datetime | Now) -> SittingQuerySet:
        return self.filter(state=Sitting.State.OPEN, accepts_until__lt=now)

    def running(self, now: datetime | Now) -> SittingQuerySet:
        return self.filter(state=Sitting.State.OPEN, accepts_until__gte=now)

    def closed(self) -> SittingQuerySet:
        return self.exclude(state=Sitting.State.OPEN)


class Sitting(models.Model):
    """One student taking one form once. The row is the start; a retake would be a second row with the next number."""

    class State(models.TextChoices):
        OPEN = "open", "In progress"
        SUBMITTED = "submitted", "Submitted"
        LAPSED = "lapsed", "Time ran out"

    class CloseReason(models.TextChoices):
        SUBMITTED = "submitted", "Submitted by the student"
        TIME = "time", "Time ran out"

    public_id = models.UUIDField(default=random_public_id, unique=True, editable=False)
    administration = models.ForeignKey(Administration, models.PROTECT, related_name="sittings", db_index=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="sittings")
    assignment_id = models.BigIntegerField(null=True, blank=True)  # a row of cohorts, which stands above this app
    number = models.PositiveSmallIntegerField(default=1)
    started_at = models.DateTimeField()
    seconds_allowed = models.PositiveIntegerField()
    # Stored, not computed: a later change of exam minutes must not move a running clock.
    deadline_at = models.DateTimeField()
    accepts_until = models.DateTimeField()  # deadline and grace: the save compares it with the database's clock
    slot_count = models.PositiveSmallIntegerField()
    order_seed = models.BigIntegerField(default=random_seed)
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)
    close_reason = models.CharField(max_length=9, choices=CloseReason, blank=True)

    objects = SittingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["administration", "user"], condition=Q(state="open"), name="one_open_sitting_per_person"
            ),
            models.UniqueConstraint(fields=["administration", "user", "number"], name="sitting_number_once"),
            models.CheckConstraint(condition=Q(deadline_at__gt=F("started_at")), name="deadline_after_start"),
            models.CheckConstraint(condition=Q(accepts_until__gte=F("deadline_at")), name="grace_after_deadline"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True, close_reason="")
                | Q(state="submitted", closed_at__isnull=False, close_reason="submitted")
                | Q(state="lapsed", closed_at__isnull=False, close_reason="time"),
                name="closed_sitting_has_time_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True)
                | Q(closed_at__gte=F("started_at"), closed_at__lte=F("deadline_at")),
                name="closed_between_start_and_deadline",
            ),
        ]
        indexes = [
            models.Index(fields=["accepts_until"], condition=Q(state="open"), name="open_sittings_by_end"),
        ]

    def __str__(self) -> str:
        return f"{self.user} sits {self.administration}"

    def get_absolute_url(self) -> str:
        return reverse("sitting", args=[self.public_id])

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    def is_over(self, now: datetime) -> bool:
        """No more answers are taken: closed, or past the deadline and its grace."""
        return not self.is_open or now > self.accepts_until

    def remaining_ms(self, now: datetime) -> int:
        return max(0, int((self.deadline_at - now).total_seconds() * 1000))


class SittingEvent(models.Model):
    """One thing that happened in a sitting, in the order of the ids. Appended, never changed: a trigger refuses it."""

    class Kind(models.TextChoices):
        ANSWERED = "answered"
        CLEARED = "cleared"
        FLAGGED = "flagged"
        UNFLAGGED = "unflagged"
        VIEWED = "viewed"  # left without an answer; an answered item needs no row to say that it was seen
        SUBMITTED = "submitted"
        LAPSED = "lapsed"
        LATE_REFUSED = "late_refused"  # evidence for a person to decide on; changes nothing by itself

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="events", db_index=False)
    kind = models.CharField(max_length=12, choices=Kind)
    slot = models.PositiveSmallIntegerField(null=True, blank=True)
    revision = models.PositiveIntegerField(null=True, blank=True)
    payload = models.JSONField(default=dict)
    schema = models.PositiveSmallIntegerField(default=1)
    idempotency_key = models.CharField(max_length=40, null=True, blank=True)  # noqa: DJ001 (NULL repeats, "" would not)
    client_at = models.DateTimeField(null=True, blank=True)  # for people to read; no rule asks it
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sitting", "idempotency_key"], name="event_once_per_key"),
            models.UniqueConstraint(fields=["sitting", "slot", "revision"], name="one_event_per_revision"),
            models.CheckConstraint(
                condition=~Q(kind__in=["answered", "cleared"])
                | Q(slot__isnull=False, revision__gt=0, idempotency_key__isnull=False),
                name="answers_have_slot_and_revision",
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.slot or ''}".strip()


class SittingResult(models.Model):
    """What a closed sitting came to: its answers packed, and the receipt. Can be rebuilt from the log."""

    sitting = models.OneToOneField(Sitting, models.PROTECT, primary_key=True, related_name="result")
    answers = models.JSONField()
    answered = models.PositiveSmallIntegerField()
    last_event = models.ForeignKey(SittingEvent, models.PROTECT, related_name="+", db_index=False)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.answered} answers, receipt {self.digest[:12]}"
