"""Leave a mark in the book, change it, take it away and bring it back; and what stands in the margin of a page."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.html import format_html

from accounts.models import User
from coursework.book.forms import mark_form
from coursework.book.models import Mark
from coursework.book.pages import BookPage, page_named
from kit.tables import Table


@dataclass(frozen=True)
class Margin:
    """What one person sees of their own: the tabs along the edge of the whole book, the marks of this page."""

    page: BookPage
    tabs: list[Mark]
    marks: list[Mark]
    removed: Mark | None

    def as_context(self) -> dict[str, Any]:
        return {"margin": self, "tab_form": mark_form(Mark.Kind.TAB), "note_form": mark_form(Mark.Kind.NOTE)}


def margin_of(user: User, page: BookPage) -> Margin:
    """One statement."""
    found = list(Mark.objects.left_by(user).filter(Q(kind=Mark.Kind.TAB) | Q(page=page.key)))
    kept = [mark for mark in found if mark.removed_at is None]
    return Margin(
        page=page,
        tabs=[mark for mark in kept if mark.kind == Mark.Kind.TAB],
        marks=[mark for mark in kept if mark.page == page.key],
        removed=next((mark for mark in found if mark.removed_at and mark.page == page.key), None),
    )


def leave_mark(user: User, page: BookPage, kind: str, **words: str) -> Mark:
    """The same again is the one that is there: a form that is sent twice leaves one."""
    return Mark.objects.get_or_create(user=user, page=page.key, kind=kind, removed_at=None, **words)[0]


def reword(mark: Mark, text: str) -> None:
    Mark.objects.filter(pk=mark.pk).update(text=text)


@transaction.atomic
def remove_mark(mark: Mark) -> None:
    """Only the last one removed is kept, so that it can be brought back."""
    Mark.objects.left_by(mark.user).exclude(removed_at=None).delete()
    Mark.objects.filter(pk=mark.pk).update(removed_at=Now())


def bring_back(mark: Mark) -> None:
    Mark.objects.filter(pk=mark.pk).update(removed_at=None)


def marks_table(user: User, *, kind: str = "", words: str = "", linked: bool = True) -> Table:
    """Everything that is left, in the order of the book; with links for the page, without them for a file."""
    found = Mark.objects.left_by(user).kept().filter(Q(text__icontains=words) | Q(page__icontains=words))
    rows = [(mark, page) for mark in (found.filter(kind=kind) if kind else found) if (page := page_named(mark.page))]
    link = '<a href="{}">{}</a>'
    return Table(
        "In the order of the book",
        ("Page", "Kind", "Text"),
        tuple(
            (format_html(link, page.url, page) if linked else str(page), mark.get_kind_display(), mark.text)
            for mark, page in rows
        ),
        empty="Nothing matches. Choose another kind or other words.",
    )
