"""The ICD-10-PCS Index: main terms by letter, one main term with everything below it, each leading into the tables."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from codesets.models import IndexEntry, Release, System
from codesets.pcs_rows import LENGTH
from coursework.book.editions import edition_or_404, named, nearest, years
from coursework.book.shelf import Shelf, open_shelf

# "Resection, Gallbladder 0FT4": a main term, what stands below it, and the beginning of a code.
SEE = re.compile(r"(?P<words>.*?)(?: (?P<code>(?=\w*\d)[0-9A-HJ-NP-Z]{3,7}))?")


@dataclass
class Entry:
    """One term as the page shows it, with the terms below it and where each of its words leads."""

    row: IndexEntry
    below: list[Entry] = field(default_factory=list)
    code_address: str = ""
    see: str = ""
    see_code: str = ""
    see_address: str = ""
    has_subterms: bool = False


@dataclass(frozen=True)
class Leads:
    """Where a code or a reference of the Index leads."""

    edition: str  # of the index
    tables: str  # the edition of the tables that its codes lead into
    main_terms: dict[str, int]  # by name in small letters, its position

    def address(self, code: str) -> str:
        """A whole code has its page; the beginning of one continues in the builder."""
        if not code or not self.tables:
            return ""
        if len(code) == LENGTH:
            return reverse("pcs_code", args=[self.tables, code])
        return f"{reverse('pcs_builder', args=[self.tables])}?so_far={code}"

    def entry(self, row: IndexEntry) -> Entry:
        match = SEE.fullmatch(row.see)
        words, code = (match["words"], match["code"] or "") if match else (row.see, "")
        return Entry(
            row, code_address=self.address(row.code), see=words, see_code=code,
            see_address=self.address(code) or self._term(words),
        )  # fmt: skip

    def _term(self, words: str) -> str:
        position = self.main_terms.get(words.lower(), self.main_terms.get(main_term(words)))
        return reverse("pcs_term", args=[self.edition, position]) if position is not None else ""


def main_term(words: str) -> str:
    return words.partition(",")[0].lower()


@login_required
@require_safe
def letters(request: HttpRequest, edition: str, letter: str = "A") -> HttpResponse:
    """The main terms of one letter. What stands below a term in words has a page of its own."""
    shelf = open_shelf()
    index = edition_or_404(shelf, System.PCS_INDEX, edition)
    rows = list(IndexEntry.objects.in_release(index).filter(level__lte=1, path__istartswith=letter))
    page = {"index": index, "edition": edition, "letter": letter, "letters": first_letters(index)}
    page["years"] = years(shelf, index, lambda name: reverse("pcs_letter", args=[name, letter]))
    page["entries"] = with_references(rows, leads_of(shelf, index, rows))
    return render(request, "coursework/book/pcs_index.html", page)


def first_letters(index: Release) -> list[str]:
    terms = IndexEntry.objects.in_release(index).main_terms().values_list("term", flat=True)
    return sorted({term[0].upper() for term in terms if term})


@login_required
@require_safe
def term(request: HttpRequest, edition: str, position: int) -> HttpResponse:
    shelf = open_shelf()
    index = edition_or_404(shelf, System.PCS_INDEX, edition)
    entries = IndexEntry.objects.in_release(index)
    main = get_object_or_404(entries.main_terms(), position=position)
    following = entries.main_terms().filter(position__gt=position).values_list("position", flat=True).first()
    rows = entries.filter(position__gte=position)
    held = list(rows.filter(position__lt=following) if following else rows)
    (entry,) = tree(held, leads_of(shelf, index, held))
    page = {"index": index, "edition": edition, "main": main, "entry": entry, "letter": main.term[0].upper()}
    return render(request, "coursework/book/pcs_term.html", page)


def leads_of(shelf: Shelf, index: Release, rows: Iterable[IndexEntry]) -> Leads:
    tables = nearest(shelf, System.PCS_TABLES, named(index))
    wanted = {row.see for row in rows if row.see}
    names = wanted | {words.partition(",")[0] for words in wanted}
    found = IndexEntry.objects.in_release(index).main_terms().filter(term__in=names).values_list("term", "position")
    return Leads(named(index), named(tables) if tables else "", {name.lower(): place for name, place in found})


def tree(rows: Iterable[IndexEntry], leads: Leads) -> list[Entry]:
    """Terms below terms, in the order of the book."""
    entries: dict[int, Entry] = {}
    tops = []
    for row in rows:
        entries[row.position] = entry = leads.entry(row)
        above = entries.get(row.parent) if row.parent is not None else None
        (above.below if above else tops).append(entry)
    return tops


def with_references(rows: Iterable[IndexEntry], leads: Leads) -> list[Entry]:
    """Main terms with their own references; subterms in words are only said to be there."""
    tops = tree(rows, leads)
    for entry in tops:
        entry.has_subterms = any(below.row.term for below in entry.below)
        entry.below = [below for below in entry.below if not below.row.term]
    return tops
