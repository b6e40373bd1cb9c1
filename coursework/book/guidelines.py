"""The Official Guidelines as a book: the tree of sections, paragraphs of a text, and which sections concern a code."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q

from codesets.models import Code, GuidelineSection, Release, System
from coursework.book.shelf import Shelf

SYSTEMS = (System.CM_GUIDELINES, System.PCS_GUIDELINES)
# A line that is this short, of itself or beside the longest of its paragraph, ended there on purpose.
SHORT, SHORT_SHARE = 45, 0.62
MOST = 8


@dataclass(frozen=True)
class Place:
    """Where a section stands: those above it, those below it, the one before and the one after."""

    above: list[GuidelineSection]
    below: list[tuple[GuidelineSection, int]]
    before: GuidelineSection | None
    after: GuidelineSection | None


def depth(number: str) -> int:
    return number.count(".")


def contents(release: Release, deepest: int = 9) -> list[tuple[GuidelineSection, int]]:
    """Every section without its text, with how deep it stands."""
    found = GuidelineSection.objects.filter(release=release).defer("text")
    return [(each, depth(each.number)) for each in found if depth(each.number) <= deepest]


def place_of(section: GuidelineSection) -> Place:
    tree, number = contents(section.release), section.number
    own = next(index for index, (each, _) in enumerate(tree) if each.pk == section.pk)
    inside = [(each, deep) for each, deep in tree if each.number.startswith(f"{number}.")]
    return Place(
        above=[each for each, _ in tree if number.startswith(f"{each.number}.")],
        below=[(each, deep - depth(number) - 1) for each, deep in inside],
        before=tree[own - 1][0] if own else None,
        after=tree[own + 1][0] if own + 1 < len(tree) else None,
    )


def find_section(shelf: Shelf, number: str, label: str = "") -> GuidelineSection | None:
    releases = [release for system in SYSTEMS if (release := shelf.labelled(system, label))]
    found = GuidelineSection.objects.filter(release__in=releases, number=number)
    return found.select_related("release").order_by("release__system").first()


def concerning(code: Code, shelf: Shelf) -> tuple[list[GuidelineSection], Release | None]:
    """The guidelines of its chapter, and every section that names the code or its category."""
    release = next(iter(shelf.beside(System.CM_GUIDELINES, code.release)), shelf.newest(System.CM_GUIDELINES))
    if release is None:
        return [], None
    chapter = code.block.chapter.name if code.block and code.block.chapter else "-"
    named = Q(text__contains=code.code[:3]) | Q(title__contains=code.code[:3])
    found = GuidelineSection.objects.filter(named | Q(number=f"I.C.{chapter}"), release=release)
    ranked = sorted(found, key=lambda each: (f" {code.dotted}" not in f" {each.title} {each.text}", each.position))
    return ranked[:MOST], release


def paragraphs(text: str) -> Iterator[str]:
    """The lines of the published page joined to paragraphs; a line that ends early stays a line of its own."""
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = [line.strip() for line in block.splitlines() if line.strip()]
        yield from _joined(lines)


def _joined(lines: Sequence[str]) -> Iterator[str]:
    short = max(SHORT, SHORT_SHARE * max(map(len, lines), default=0))
    paragraph: list[str] = []
    for line in lines:
        paragraph.append(line)
        if len(line) < short or line.endswith(":"):
            yield " ".join(paragraph)
            paragraph = []
    if paragraph:
        yield " ".join(paragraph)
