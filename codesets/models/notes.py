"""The lines of the Tabular List under a code, block or chapter, and which of them govern a code."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models

from codesets import wording
from codesets.models.releases import Release


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
    def text(self) -> str:
        return self.note.text

    @property
    def source(self) -> str:
        """Where an inherited note stands; empty for the code's own."""
        return "" if self.own else wording.inherited_from(self.holder, self.holder_title)


def governing(notes: list[HeldNote]) -> list[HeldNote]:
    """The nearest list of 7th characters replaces every list further up."""
    nearest = next((held.note.holder for held in notes if held.kind == NoteKind.SEVENTH_CHARACTER), None)
    return [held for held in notes if held.kind != NoteKind.SEVENTH_CHARACTER or held.note.holder == nearest]
