"""What a learner leaves in the code book. It is private: nobody else ever sees it, whatever their role."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import User


class MarkQuerySet(models.QuerySet["Mark"]):
    def left_by(self, user: User) -> MarkQuerySet:
        return self.filter(user=user)

    def kept(self) -> MarkQuerySet:
        return self.filter(removed_at=None)


class Mark(models.Model):
    """A tab on a page, a note beside it, or words of it that are highlighted. It holds on to the page in any year."""

    class Kind(models.TextChoices):
        TAB = "tab", "Tab"
        NOTE = "note", "Note"
        HIGHLIGHT = "highlight", "Highlight"

    user = models.ForeignKey(User, models.CASCADE, related_name="marks", db_index=False)
    kind = models.CharField(max_length=9, choices=Kind)
    page = models.CharField(max_length=300)  # its address in the book, without the year
    text = models.TextField()  # the label, the note, or the words that are highlighted
    before = models.CharField(max_length=40, blank=True)  # a few letters around a highlight, to find it again
    after = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    removed_at = models.DateTimeField(null=True, blank=True)  # the one removed last can be brought back

    objects = MarkQuerySet.as_manager()

    class Meta:
        ordering = ["page", "pk"]
        indexes = [models.Index(fields=["user", "page"], name="marks_of_a_page")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["tab", "note", "highlight"]), name="mark_kind_is_known"),
            models.CheckConstraint(condition=~Q(text=""), name="mark_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} “{self.text}”"
