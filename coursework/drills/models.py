"""Find-it drills: which tasks were set, and what was shown and answered when."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from coursework.drills.tasks import Task


class Drill(models.Model):
    """One run of one learner through some tasks. The same tasks again are a second row with the same seed."""

    user = models.ForeignKey(User, models.PROTECT, related_name="drills")
    seed = models.BigIntegerField()
    tasks = models.JSONField()  # as they were drawn: books that are loaded later change nothing about them
    started_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Drill of {self.user}, {len(self.tasks)} tasks"

    def get_absolute_url(self) -> str:
        return reverse("drill", args=[self.pk])

    def task(self, place: int) -> Task:
        return Task.read(self.tasks[place - 1])


class DrillStep(models.Model):
    """A task was shown, or answered; its time is what lies between the two."""

    class Kind(models.TextChoices):
        SHOWN = "shown", "Shown"
        ANSWERED = "answered", "Answered"

    drill = models.ForeignKey(Drill, models.PROTECT, related_name="steps", db_index=False)
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=Kind)
    typed = models.CharField(max_length=40, blank=True)  # empty: passed
    is_right = models.BooleanField(null=True, default=None)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["drill", "place", "kind"], name="task_shown_and_answered_once"),
            models.CheckConstraint(
                condition=Q(kind="answered", is_right__isnull=False) | Q(kind="shown", is_right=None, typed=""),
                name="only_answers_are_right_or_wrong",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.kind}"
