"""Files that institution admins supply: a row is the queue, so that nothing waits for a web worker or gets lost."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import Institution

# Who claimed a file and said nothing for so long has died; after so many deaths the file is to blame.
SILENT_FOR = timedelta(minutes=5)
MOST_ATTEMPTS = 3
KEPT_FOR = timedelta(days=30)  # the file of somebody who never came back


class SuppliedQuerySet(models.QuerySet["Supplied"]):
    def of(self, institution: Institution) -> SuppliedQuerySet:
        return self.filter(institution=institution)

    def unfinished(self) -> SuppliedQuerySet:
        return self.filter(state__in=[Supplied.State.TO_CHECK, Supplied.State.TO_LOAD])

    def left_lying(self, now: datetime) -> SuppliedQuerySet:
        return self.filter(state__in=Supplied.FOR_A_PERSON, requested_at__lt=now - KEPT_FOR)

    def shown(self) -> SuppliedQuerySet:
        """What became a release stands among the releases; what was discarded is to be seen no more."""
        return self.exclude(state__in=[Supplied.State.LOADED, Supplied.State.DISCARDED])

    def waiting(self, now: datetime) -> SuppliedQuerySet:
        """Work that nobody does at the moment."""
        return self.unfinished().filter(Q(seen_at=None) | Q(seen_at__lt=now - SILENT_FOR))


class Supplied(models.Model):
    """One file on its way into the code sets. What it became is a release; the row stays as the record."""

    class State(models.TextChoices):
        TO_CHECK = "to_check", "Being checked"
        CHECKED = "checked", "Checked, not yet loaded"  # waits for a person
        TO_LOAD = "to_load", "Being loaded"
        LOADED = "loaded", "Loaded"
        REFUSED = "refused", "Refused"
        DISCARDED = "discarded", "Discarded"  # by a person, or because nobody came back

    FOR_A_PERSON = (State.CHECKED, State.REFUSED)  # who loads or discards it: no worker has anything to do with it

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    supplied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    token = models.CharField(max_length=32, unique=True)  # of the folder in which it waits
    state = models.CharField(max_length=9, choices=State, default=State.TO_CHECK)
    requested_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)  # the last sign of life of who works on it
    done_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    progress = models.CharField(max_length=100, blank=True)
    found = models.JSONField(default=list)  # [{"summary", "changes"}], then what was loaded
    last_error = models.TextField(blank=True)

    objects = SuppliedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["to_check", "checked", "to_load"], done_at=None)
                | Q(state__in=["loaded", "refused", "discarded"], done_at__isnull=False),
                name="supplied_file_is_done_or_not",
            ),
        ]
        ordering = ["-pk"]
        verbose_name_plural = "supplied files"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("supplied", args=[self.pk])

    @property
    def is_in_work(self) -> bool:
        return self.state in (self.State.TO_CHECK, self.State.TO_LOAD)

    @property
    def is_discardable(self) -> bool:
        return self.state in self.FOR_A_PERSON

    @property
    def kept_until(self) -> datetime:
        return self.requested_at + KEPT_FOR

    def move(self, *, to: str, **changes: Any) -> bool:
        """From the state that this row was read in; False when somebody else was first."""
        held = Supplied.objects.filter(pk=self.pk, state=self.state)
        return bool(held.update(state=to, seen_at=None, attempts=0, progress="", **changes))

    def claim(self, *, now: datetime) -> bool:
        return bool(
            Supplied.objects.waiting(now)
            .filter(pk=self.pk, state=self.state)
            .update(seen_at=now, attempts=F("attempts") + 1)
        )
