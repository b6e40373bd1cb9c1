"""One task of a find-it drill: what to find, the one right answer, and the way to it through the book."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from random import Random
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.urls import reverse

from codesets import formats
from codesets.models import Code, IndexEntry, Release
from coursework.book.index import address
from coursework.book.shelf import Shelf
from coursework.book.volumes import Volume

MOST_DRAWN = 40


class Step(NamedTuple):
    """One look into the book: what is read there, and its address."""

    words: str
    url: str


@dataclass(frozen=True)
class Task:
    start: str  # the book to open first
    prompt: str
    answer: str
    way: tuple[Step, ...]

    def is_right(self, typed: str) -> bool:
        """However it was typed (R20): without dot, in small letters, with O for 0."""
        found, right = formats.strip(typed), formats.strip(self.answer)
        return right in formats.spellings(found) or found in formats.spellings(right)

    def stored(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def read(cls, row: dict[str, Any]) -> Task:
        return cls(row["start"], row["prompt"], row["answer"], tuple(Step(*step) for step in row["way"]))


Kind = Callable[[Shelf, Random], Iterator[Task]]


def drawn(rows: QuerySet[Any], dice: Random, *, most: int = MOST_DRAWN) -> Iterator[Any]:
    """Some of the rows by chance: the same dice throw the same rows."""
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    chosen = dice.sample(keys, min(len(keys), most))
    found = rows.in_bulk(chosen)
    return (found[key] for key in chosen)


def named_code(release: Release, printed: str, **asked: Any) -> Code | None:
    """The code that stands there in full. "S72.00-" names none: it is the beginning of several."""
    if "-" in printed:
        return None
    return Code.objects.filter(release=release, code=formats.strip(printed), **asked).select_related("release").first()


def is_only_one(entry: IndexEntry) -> bool:
    """No second line of the book has the same words on its way."""
    return IndexEntry.objects.filter(release=entry.release_id, path=entry.path).count() == 1


def at_entry(entry: IndexEntry, volume: Volume, words: str = "") -> Step:
    url = f"{reverse('index_term', args=[volume, address(entry, volume)])}#at-{entry.position}"
    return Step(words or f"{volume.title}: {entry.path}", url)


def at_code(code: Code) -> Step:
    url = reverse("code_in_release", args=[code.release.label, code.dotted])
    return Step(f"Tabular: {code.dotted} {code.shown_title}", url)
