"""Which page of the book an address names, whatever the year: what marks and look-ups hold on to."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import Resolver404, resolve, reverse

from codesets.models import System
from coursework.book import wording
from coursework.book.editions import named
from coursework.book.shelf import Shelf
from coursework.book.volumes import VOLUMES
from coursework.practice.models import LookUp

LONGEST_KEY = 300
# They lead on to a page.
NO_PAGES = {"index_jump", "book_page"}


@dataclass(frozen=True)
class Book:
    """One book of the shelf: what a look in it counts as, and whose year stands in its addresses."""

    title: str
    kind: LookUp.Kind
    dated_by: System | None = None


# By the beginning of the address.
BOOKS = {
    **{slug: Book(volume.title, LookUp.Kind.INDEX) for slug, volume in VOLUMES.items()},
    "tabular": Book(wording.TABULAR, LookUp.Kind.TABULAR, System.ICD10CM),
    "icd10cm": Book(wording.TABULAR, LookUp.Kind.TABULAR, System.ICD10CM),
    "guidelines": Book(wording.GUIDELINES, LookUp.Kind.NOTE),
    "icd10pcs": Book(wording.PCS_TABLES, LookUp.Kind.TABULAR, System.PCS_TABLES),
    "hcpcs": Book(System.HCPCS.label, LookUp.Kind.TABULAR, System.HCPCS),
    "ms-drg": Book(System.MS_DRG.label, LookUp.Kind.TABULAR, System.MS_DRG),
}


@dataclass(frozen=True)
class BookPage:
    """`key` is its address below the book's own, without the year: "icd10cm/E11.22", "guidelines/I.A.12.a"."""

    key: str
    name: str

    @property
    def book(self) -> Book:
        return BOOKS[self.name]

    @property
    def at(self) -> str:
        """The code, term or section that the page is about."""
        return self.key.removeprefix(self.name).strip("/").removeprefix("terms/")

    @property
    def url(self) -> str:
        return reverse("book_page", args=[self.key])

    def __str__(self) -> str:
        return wording.page_name(self.book.title, self.at, is_chapter=self.name == "tabular" and self.at.isdigit())

    def address(self, shelf: Shelf) -> str:
        """Where it stands in the newest edition."""
        first, *others = self.key.split("/")
        release = shelf.newest(self.book.dated_by) if self.book.dated_by and others else None
        steps = [first, *([named(release)] if release else []), *others]
        return f"{reverse('code_search')}{'/'.join(steps)}/"


def page_named(key: str) -> BookPage | None:
    name = next((name for name in BOOKS if key == name or key.startswith(f"{name}/")), None)
    if len(key) > LONGEST_KEY:
        return None
    return BookPage(key, name) if name else None


def page_at(path: str, *, or_on_the_way: bool = False) -> BookPage | None:
    """None where the path leads to no page of the book; on the way to one is a list of terms to choose from."""
    root = reverse("code_search")
    try:
        match = resolve(path)
    except Resolver404:
        return None
    if not path.startswith(root) or (match.url_name in NO_PAGES and not or_on_the_way):
        return None
    steps = path.removeprefix(root).strip("/").split("/")
    if steps[1:2] == [match.kwargs.get("label") or match.kwargs.get("edition")]:
        del steps[1]
    return page_named("/".join(steps))
