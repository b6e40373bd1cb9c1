"""The dated releases of each code set: which one is in force on a date, and its chapters and blocks."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import models
from django.db.models import F, Q

from accounts.models import Institution
from codesets import wording
from codesets.systems import CODE_SETS, LICENSED, System


class NoRelease(LookupError):
    """No loaded release covers the date; the message is the sentence for the user."""


class ReleaseQuerySet(models.QuerySet["Release"]):
    def ready(self, system: str, institution: Institution | None = None) -> ReleaseQuerySet:
        """Shared releases; with an institution, those that it loaded for itself under its licence."""
        return self.filter(system=system, institution=institution, state=Release.State.READY)

    def code_sets(self) -> ReleaseQuerySet:
        """What codes are looked up in, without the indexes, tables and lists beside them."""
        return self.filter(system__in=CODE_SETS, institution=None)

    def covering(self, system: str, on: date) -> ReleaseQuerySet:
        """Newest first: an update before the edition that it updates."""
        covering = self.ready(system).filter(effective_from__lte=on, effective_to__gte=on)
        return covering.order_by("-effective_from")

    def in_force(self, system: str, on: date) -> Release:
        """The release that was valid on a date of service or discharge. Raises NoRelease with the sentence."""
        if found := self.covering(system, on).first():
            return found
        raise NoRelease(wording.no_release(system, on, self.ready(system).order_by("effective_from")))

    def newest(self, system: str) -> Release:
        """The release that undated questions are answered from. Raises NoRelease when none is loaded."""
        if found := self.ready(system).order_by("-effective_from").first():
            return found
        raise NoRelease(wording.no_release(system, None, ()))

    def held_by(self, institution: Institution) -> ReleaseQuerySet:
        """What an institution works with: the shared releases and its own."""
        return self.filter(Q(institution=None) | Q(institution=institution), state=Release.State.READY)

    def are_missing(self, systems: Collection[str]) -> bool:
        """Whether one of these has no shared release yet. One statement."""
        ready = self.filter(system__in=systems, institution=None, state=Release.State.READY)
        return ready.order_by().values("system").distinct().count() < len(systems)

    def before(self, release: Release) -> Release | None:
        """The ready release that this one followed."""
        earlier = self.ready(release.system, release.institution).filter(effective_from__lt=release.effective_from)
        return earlier.order_by("-effective_from").first()

    def used_for(self, system: str, on: date | None) -> Release:
        return self.in_force(system, on) if on else self.newest(system)


class Release(models.Model):
    """One dated edition of one code set from one source. A second source for the same dates retires the first."""

    class State(models.TextChoices):
        LOADING = "loading", "Loading"  # rows are being written; nobody sees them
        READY = "ready", "Ready"
        RETIRED = "retired", "Retired"  # replaced by another source; kept, because keys and attempts point to it

    system = models.CharField(max_length=20, choices=System)
    # Null: shared by all. A code set under licence belongs to the institution that loaded it.
    institution = models.ForeignKey(Institution, models.CASCADE, null=True, blank=True, related_name="code_releases")
    label = models.CharField(max_length=40)
    effective_from = models.DateField()
    effective_to = models.DateField()
    state = models.CharField(max_length=7, choices=State, default=State.LOADING)
    sha256 = models.CharField(max_length=64)
    source = models.CharField(max_length=200)
    # Every content that this release stands on: its own, and that of a source whose notes or titles it carries on.
    contents = models.JSONField(default=list)
    titles_are_official = models.BooleanField(default=True)
    notice = models.TextField(blank=True)
    loaded_at = models.DateTimeField(null=True, blank=True)  # while it is loading: the last sign of life

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(effective_from__lt=F("effective_to")), name="release_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["system", "effective_from", "effective_to"],
                condition=Q(state="ready", institution=None),
                name="one_ready_release_per_dates",
            ),
            models.UniqueConstraint(
                fields=["institution", "system", "effective_from", "effective_to"],
                condition=Q(state="ready", institution__isnull=False),
                name="one_ready_release_per_institution_and_dates",
            ),
            models.CheckConstraint(
                condition=Q(institution__isnull=False) | ~Q(system__in=LICENSED), name="licensed_release_has_an_owner"
            ),
            models.CheckConstraint(
                condition=Q(state="loading") | Q(loaded_at__isnull=False), name="loaded_release_says_when"
            ),
        ]
        ordering = ["system", "-effective_from", "-id"]

    def __str__(self) -> str:
        return f"{self.get_system_display()} {self.label}"

    @property
    def is_selection(self) -> bool:
        """Some codes of the edition: that one is missing here says nothing about it."""
        return self.label.endswith(wording.A_SELECTION)

    @property
    def span(self) -> str:
        return f"{wording.day(self.effective_from)} to {wording.day(self.effective_to)}"


class SectionQuerySet(models.QuerySet["Section"]):
    def in_release(self, release: Release) -> SectionQuerySet:
        return self.filter(release=release)

    def chapters(self) -> SectionQuerySet:
        return self.filter(chapter=None)


class Section(models.Model):
    """One chapter ("10") or one block of a chapter ("J09-J18") in one release."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="sections")
    chapter = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="blocks")
    name = models.CharField(max_length=10)
    title = models.CharField(max_length=400)
    position = models.PositiveIntegerField()

    objects = SectionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "name"], name="section_once_per_release")]
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.label} {self.title}"

    @property
    def label(self) -> str:
        return wording.block(self.name) if self.chapter_id else wording.chapter(self.name)
