"""Read one volume of terms as a book: its letters, its headwords, the tree below one of them, and where "see" leads."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.db.models.functions import Substr, Upper

from codesets.models import IndexEntry, Release
from coursework.book.volumes import Volume

STEP = " › "
DIGITS = "0-9"
MOST_HEADS = 6  # with the same first word: "Fracture, burst", "Fracture, traumatic" …
MOST_LINES = 400  # of a tree on one page; deeper terms then get pages of their own


@dataclass(frozen=True)
class Line:
    """One term as drawn: how far it is indented, and how many terms below it stand on a page of their own."""

    entry: IndexEntry
    depth: int
    more: int = 0


@dataclass(frozen=True)
class Guide:
    """One page of a letter by its first and last word, as the head of a dictionary's page says it."""

    number: int
    first: str
    last: str


def headwords(volume: Volume, release: Release) -> QuerySet[IndexEntry]:
    return IndexEntry.objects.in_release(release).filter(level=volume.headword_level)


def letters(volume: Volume, release: Release) -> list[str]:
    firsts = headwords(volume, release).annotate(first=Upper(Substr("term", 1, 1))).order_by()
    found = set(firsts.values_list("first", flat=True).distinct())
    return sorted({DIGITS if first.isdigit() else first for first in found if first.isalnum()})


def under_letter(volume: Volume, release: Release, letter: str) -> QuerySet[IndexEntry]:
    found = headwords(volume, release)
    return found.filter(term__regex=r"^[0-9]") if letter == DIGITS else found.filter(term__istartswith=letter)


def guides(terms: Sequence[str], on_a_page: int) -> list[Guide]:
    starts = range(0, len(terms), on_a_page)
    pages = (terms[start : start + on_a_page] for start in starts)
    return [Guide(number, page[0], page[-1]) for number, page in enumerate(pages, start=1)]


def with_everything_below(volume: Volume, release: Release, heads: Sequence[IndexEntry]) -> list[IndexEntry]:
    """The headwords with their trees, in the order of the book, in two statements."""
    if not heads:
        return []
    after = IndexEntry.objects.in_release(release).filter(
        level__lte=volume.headword_level, position__gt=heads[-1].position
    )
    rows = IndexEntry.objects.in_release(release).filter(position__gte=heads[0].position)
    if (end := after.values_list("position", flat=True).first()) is not None:
        rows = rows.filter(position__lt=end)
    return list(_trees_of({head.pk for head in heads}, rows, volume.headword_level))


def _trees_of(wanted: set[int], rows: QuerySet[IndexEntry], level: int) -> Iterator[IndexEntry]:
    inside = False
    for row in rows:
        if row.level <= level:
            inside = row.pk in wanted
        if inside:
            yield row


def follow(rows: Sequence[IndexEntry], steps: Sequence[str]) -> list[IndexEntry]:
    """The part of a tree that begins at this way through it; empty where there is no such way."""
    for place, row in enumerate(rows):
        if row.path.split(STEP)[-len(steps) :] == list(steps):
            below = (end for end in range(place + 1, len(rows)) if rows[end].level <= row.level)
            return list(rows[place : next(below, len(rows))])
    return []


def lines(rows: Sequence[IndexEntry]) -> list[Line]:
    """Indented below the first of them. A tree that is too long is cut at the depth that still fits the page."""
    depths = [row.level - rows[0].level for row in rows]
    deepest = max(depths, default=0)
    cut = next((d for d in range(deepest, 1, -1) if sum(each <= d for each in depths) <= MOST_LINES), min(1, deepest))
    return [
        Line(row, depths[place], _hidden(depths, place) if depths[place] == cut else 0)
        for place, row in enumerate(rows)
        if depths[place] <= cut
    ]


def _hidden(depths: Sequence[int], place: int) -> int:
    end = next((p for p in range(place + 1, len(depths)) if depths[p] <= depths[place]), len(depths))
    return end - place - 1


def address(entry: IndexEntry, volume: Volume) -> str:
    """The way from the headword: what stands in the address of its page, whatever the edition."""
    return STEP.join(entry.path.split(STEP)[volume.headword_level :])


def find_term(volume: Volume, release: Release, text: str) -> IndexEntry | None:
    """Where "see" leads: "Fever, spotted" is the subterm spotted of Fever. None when the words fit several terms."""
    parts = [part for part in (each.strip(" -–—") for each in text.split(",")) if part]
    if not parts:
        return None
    if volume.headword_level and parts[0].casefold() == "neoplasm":
        parts = parts[1:] or parts
    held = list(headwords(volume, release).filter(term__icontains=parts[0]))
    for length in range(len(parts), 0, -1):
        words = ", ".join(parts[:length]).casefold()
        if exact := [head for head in held if head.term.casefold() == words]:
            return _deepest(volume, release, exact[0], parts[length:])
    named = [head for head in held if parts[0].casefold() in head.term.casefold().split(", ")][:MOST_HEADS]
    if len(parts) == 1:
        return named[0] if len(named) == 1 else None
    # "Fracture, femur" is found below Fracture, traumatic; "Fracture, pathological" is not what that begins with.
    reached = [_deepest(volume, release, head, parts[1:]) for head in named]
    furthest = max((found.level for found in reached), default=0)
    best = [found for found in reached if found.level == furthest > volume.headword_level]
    return best[0] if len(best) == 1 else None


def _deepest(volume: Volume, release: Release, head: IndexEntry, parts: Sequence[str]) -> IndexEntry:
    """As far down as the words lead."""
    rows, found = with_everything_below(volume, release, [head]) if parts else [], head
    for part in parts:
        below = [row for row in rows if row.parent == found.position]
        named = (row for row in below if part.casefold() in (row.term.casefold(), *row.term.casefold().split(", ")))
        if (next_down := next(named, None)) is None:
            break
        found = next_down
    return found


def beginning_with(volume: Volume, release: Release, text: str) -> QuerySet[IndexEntry]:
    """The headwords for what was typed so far; those that hold the word elsewhere where none begins with it."""
    found = headwords(volume, release)
    first = text.split(",")[0].strip()
    started = found.filter(term__istartswith=first)
    return started if started.exists() else found.filter(term__icontains=first)
