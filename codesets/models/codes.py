"""Codes and headers of one release, where they stand in it, and which notes govern them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from codesets import formats, wording
from codesets.models.notes import CodeNote, HeldNote, governing
from codesets.models.releases import Release, Section


class CodeQuerySet(models.QuerySet["Code"]):
    def in_release(self, release: Release) -> CodeQuerySet:
        return self.filter(release=release)

    def billable(self) -> CodeQuerySet:
        return self.filter(billable=True)

    def categories(self) -> CodeQuerySet:
        """The top of the tree: three-character categories."""
        return self.filter(parent="")

    def valid_on(self, on: date) -> CodeQuerySet:
        """Within a release: the codes whose own dates cover the day."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=on), Q(valid_to=None) | Q(valid_to__gte=on))

    def with_place(self) -> CodeQuerySet:
        """With block and chapter, for a page that shows the path."""
        return self.select_related("block__chapter")

    def find_code(self, text: str) -> Code | None:
        """The one code that was typed, however it was typed (R20). Filter by release first."""
        candidates = formats.spellings(text)
        found = {code.code: code for code in self.filter(code__in=candidates)}
        chosen = formats.normalise(text, found.__contains__)
        return found.get(chosen.code)


class CodeManager(models.Manager.from_queryset(CodeQuerySet)):
    """Every code comes with its release: how it is written hangs on its code set."""

    def get_queryset(self) -> CodeQuerySet:
        return super().get_queryset().select_related("release")


class Code(models.Model):
    """One code or header in one release. Its life over several releases is computed from those, never stored."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="codes")
    code = models.CharField(max_length=7)  # without dot, upper case
    title = models.TextField()  # empty: the code exists, its title is not loaded
    short_title = models.CharField(max_length=60, blank=True)
    billable = models.BooleanField()
    is_modifier = models.BooleanField(default=False)  # HCPCS publishes its modifiers among the codes
    # The length of the shortest billable code at or below this one: what a header still needs follows from it.
    billable_length = models.PositiveSmallIntegerField()
    parent = models.CharField(max_length=7, blank=True)
    block = models.ForeignKey(Section, models.CASCADE, null=True, blank=True, related_name="codes")
    poa_exempt = models.BooleanField(null=True, default=None)  # null: no list of that year is loaded
    # HCPCS gives each code its own dates; elsewhere a code lives as long as successive releases hold it.
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    # What the publisher says besides: coverage, pricing, type of service. Read, never searched.
    particulars = models.JSONField(default=dict, blank=True)
    # Order within the release: an official code range is defined by it, not by comparing strings.
    position = models.PositiveIntegerField()

    objects = CodeManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "code"], name="code_once_per_release"),
            models.CheckConstraint(condition=~Q(code__contains="."), name="code_without_dot"),
        ]
        indexes = [models.Index(fields=["release", "parent"], name="code_children")]
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.dotted} {self.title}"

    @property
    def dotted(self) -> str:
        """As people write it: only ICD-10-CM has a dot."""
        return formats.written(self.release.system, self.code)

    @property
    def shown_title(self) -> str:
        return self.title or wording.TITLE_NOT_LOADED

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
        return self._others(code__in=formats.prefixes(self.code))

    @property
    def children(self) -> CodeQuerySet:
        return self._others(parent=self.code)

    @property
    def siblings(self) -> CodeQuerySet:
        """The codes under the same header, itself among them."""
        return self._others(parent=self.parent, block_id=self.block_id)

    def _others(self, **where: Any) -> CodeQuerySet:
        return Code.objects.filter(release_id=self.release_id, **where)

    def inherited_notes(self) -> list[HeldNote]:
        """Every note that governs this code, own notes first, then those of the headers, block and chapter above."""
        holders = self._holders()
        notes = CodeNote.objects.filter(release_id=self.release_id, holder__in=holders)
        found = [HeldNote(note, *holders[note.holder], own=note.holder == self.code) for note in notes]
        rank = {holder: place for place, holder in enumerate(holders)}
        return governing(sorted(found, key=lambda held: (rank[held.note.holder], held.note.position)))

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
