"""Packs of content, as they were loaded."""

from django.db import models
from django.db.models import Q


class Pack(models.Model):
    """One folder of content, loaded into one institution. While it is loading, every page says so."""

    class State(models.TextChoices):
        LOADING = "loading", "Loading"
        READY = "ready", "Ready"

    institution = models.ForeignKey("accounts.Institution", models.PROTECT, related_name="packs")
    namespace = models.SlugField()
    slug = models.SlugField()
    title = models.CharField(max_length=100)
    state = models.CharField(max_length=7, choices=State, default=State.LOADING)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "namespace", "slug"], name="pack_once_per_institution"),
            models.CheckConstraint(condition=Q(state__in=["loading", "ready"]), name="pack_state_is_known"),
        ]

    def __str__(self) -> str:
        return self.title
