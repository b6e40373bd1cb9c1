"""Which codes a code set holds in each dated release, where they stand in it, and what its notes say about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from codesets import formats, wording


class NoRelease(LookupError):
    """No loaded release covers the date; the message is the sentence for the user."""


class System(models.TextChoices):
    ICD10CM = "icd10cm", "ICD-10-CM"


class ReleaseQuerySet(models.QuerySet["Release"]):
    def ready(self, system: str) -> ReleaseQuerySet:
        return self.filter(system=system, state=Release.State.READY)

    def in_force(self, system: str, on: date) -> Release:
        """The release that was valid on a date of service or discharge. Raises NoRelease with the sentence."""
        covering = self.ready(system).filter(effective_from__lte=on, effective_to__gte=on)
        if found := covering.order_by("-effective_from").first():
            return found
        raise NoRelease(wording.no_release(system, on, self.ready(system).order_by("effective_from")))

    def newest(self, system: str) -> Release:
        """The release that undated questions are answered from. Raises NoRelease when none is loaded."""
        if found := self.ready(system).order_by("-effective_from").first():
            return found
        raise NoRelease(wording.no_release(system, None, ()))

    def used_for(self, system: str, on: date | None) -> Release:
        return self.in_force(system, on) if on else self.newest(system)


class Release(models.Model):
    """One dated edition of one code set from one source. A second source for the same dates retires the first."""

    class State(models.TextChoices):
        LOADING = "loading", "Loading"  # rows are being written; nobody sees them
        READY = "ready", "Ready"
        RETIRED = "retired", "Retired"  # replaced by another source; kept, because keys and attempts point to it

    system = models.CharField(max_length=10, choices=System)
    label = models.CharField(max_length=40)
    effective_from = models.DateField()
    effective_to = models.DateField()
    state = models.CharField(max_length=7, choices=State, default=State.LOADING)
    sha256 = models.CharField(max_length=64)
    source = models.CharField(max_length=200)
    loaded_at = models.DateTimeField(null=True, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(effective_from__lt=F("effective_to")), name="release_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["system", "effective_from", "effective_to"],
                condition=Q(state="ready"),
                name="one_ready_release_per_dates",
            ),
            models.CheckConstraint(
                condition=Q(state="loading") | Q(loaded_at__isnull=False), name="loaded_release_says_when"
            ),
        ]
        ordering = ["system", "-effective_from", "-id"]

    def __str__(self) -> str:
        return f"{self.get_system_display()} {self.label}"

    @property
    def span(self) -> str:
        return f"{wording.day(self.effective_from)} to {wording.day(self.effective_to)}"


class SectionQuerySet(models.QuerySet["Section"]):
    def in_release(self, release: Release) -> SectionQuerySet:
        return self.filter(release=release)

    def chapters(self) -> SectionQuerySet:
        return self.filter(chapter=None)

    def blocks(self) -> SectionQuerySet:
        return self.filter(chapter__isnull=False)


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


class CodeQuerySet(models.QuerySet["Code"]):
    def in_release(self, release: Release) -> CodeQuerySet:
        return self.filter(release=release)

    def billable(self) -> CodeQuerySet:
        return self.filter(billable=True)

    def headers(self) -> CodeQuerySet:
        return self.filter(billable=False)

    def categories(self) -> CodeQuerySet:
        """The top of the tree: three-character categories."""
        return self.filter(parent="")

    def children_of(self, code: str) -> CodeQuerySet:
        return self.filter(parent=formats.strip(code))

    def with_place(self) -> CodeQuerySet:
        """With block and chapter, for a page that shows the path."""
        return self.select_related("release", "block__chapter")

    def find_code(self, text: str) -> Code | None:
        """The one code that was typed, however it was typed (R20). Filter by release first."""
        candidates = formats.spellings(text)
        found = {code.code: code for code in self.filter(code__in=candidates)}
        chosen = formats.normalise(text, found.__contains__)
        return found.get(chosen.code)


class Code(models.Model):
    """One code or header in one release. Its life over several releases is computed from those, never stored."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="codes")
    code = models.CharField(max_length=7)  # without dot, upper case
    title = models.CharField(max_length=400)
    billable = models.BooleanField()
    # The length of the shortest billable code at or below this one: what a header still needs follows from it.
    billable_length = models.PositiveSmallIntegerField()
    parent = models.CharField(max_length=7, blank=True)
    block = models.ForeignKey(Section, models.CASCADE, null=True, blank=True, related_name="codes")
    poa_exempt = models.BooleanField(default=False)
    # Order within the release: an official code range is defined by it, not by comparing strings.
    position = models.PositiveIntegerField()

    objects = CodeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "code"], name="code_once_per_release"),
            models.CheckConstraint(condition=~Q(code__contains="."), name="code_without_dot"),
        ]
        indexes = [models.Index(fields=["release", "parent"], name="code_children")]
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.dotted} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("code", args=[self.dotted])

    @property
    def dotted(self) -> str:
        return formats.dotted(self.code)

    @property
    def is_header(self) -> bool:
        return not self.billable

    @property
    def missing_characters(self) -> tuple[int, ...]:
        return formats.missing_characters(self.code, self.billable_length)

    @property
    def needs(self) -> str:
        """ "Needs 6th, 7th character", or nothing for a billable code."""
        return wording.needs(self.missing_characters)

    @property
    def ancestors(self) -> CodeQuerySet:
        """The headers above it, category first."""
        return Code.objects.filter(release_id=self.release_id, code__in=formats.prefixes(self.code))

    @property
    def children(self) -> CodeQuerySet:
        return Code.objects.filter(release_id=self.release_id, parent=self.code)

    @property
    def siblings(self) -> CodeQuerySet:
        """The codes under the same header, itself among them."""
        return Code.objects.filter(release_id=self.release_id, parent=self.parent, block_id=self.block_id)

    def inherited_notes(self) -> list[HeldNote]:
        """Every note that governs this code, own notes first, then those of the headers, block and chapter above."""
        holders = self._holders()
        notes = CodeNote.objects.filter(release_id=self.release_id, holder__in=holders)
        found = [HeldNote(note, *holders[note.holder], own=note.holder == self.code) for note in notes]
        rank = {holder: place for place, holder in enumerate(holders)}
        return _governing(sorted(found, key=lambda held: (rank[held.note.holder], held.note.position)))

    def _holders(self) -> dict[str, tuple[str, str]]:
        """Who may hold a note for this code, nearest first: holder → (label, title)."""
        held: dict[str, tuple[str, str]] = {self.code: (self.dotted, self.title)}
        for header in reversed(self.ancestors):
            held[header.code] = (header.dotted, header.title)
        if self.block_id is None:
            return held
        block = Section.objects.select_related("chapter").get(pk=self.block_id)
        sections = [block, block.chapter] if block.chapter else [block]
        return held | {section.name: (section.label, section.title) for section in sections}


class NoteKind(models.TextChoices):
    INCLUSION_TERM = "inclusion_term", "Inclusion term"
    INCLUDES = "includes", "Includes"
    EXCLUDES1 = "excludes1", "Excludes 1"
    EXCLUDES2 = "excludes2", "Excludes 2"
    CODE_FIRST = "code_first", "Code first"
    USE_ADDITIONAL = "use_additional", "Use additional code"
    CODE_ALSO = "code_also", "Code also"
    NOTE = "note", "Note"
    SEVENTH_CHARACTER = "seventh_character", "7th character"


class CodeNote(models.Model):
    """One line of the Tabular List under a code, block or chapter. It governs everything below its holder."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="notes")
    holder = models.CharField(max_length=10)  # a code without dot, or the name of a section
    kind = models.CharField(max_length=17, choices=NoteKind)
    position = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "holder", "position"], name="note_place_once")]
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.holder} {self.get_kind_display()}: {self.text}"


@dataclass(frozen=True)
class HeldNote:
    """A note, and the code, block or chapter that it comes from."""

    note: CodeNote
    holder: str
    holder_title: str
    own: bool

    @property
    def kind(self) -> str:
        return self.note.kind

    @property
    def heading(self) -> str:
        return self.note.get_kind_display()

    @property
    def text(self) -> str:
        return self.note.text

    @property
    def source(self) -> str:
        """Where an inherited note stands; empty for the code's own."""
        return "" if self.own else wording.inherited_from(self.holder, self.holder_title)


def _governing(notes: list[HeldNote]) -> list[HeldNote]:
    """The nearest list of 7th characters replaces every list further up."""
    nearest = next((held.note.holder for held in notes if held.kind == NoteKind.SEVENTH_CHARACTER), None)
    return [held for held in notes if held.kind != NoteKind.SEVENTH_CHARACTER or held.note.holder == nearest]
