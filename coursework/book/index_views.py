"""The pages of the Alphabetic Index, the External Cause Index and the two tables of ICD-10-CM."""

from collections.abc import Iterable
from itertools import chain

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from codesets.models import IndexEntry, Release, System
from coursework.book import index, wording
from coursework.book.links import Links, links_for
from coursework.book.shelf import Shelf, open_shelf
from coursework.book.term_table import term_table
from coursework.book.volumes import TABLES, VOLUMES, Volume

MOST_FOUND = 100


@login_required
@require_safe
def tables(request: HttpRequest) -> HttpResponse:
    shelf = open_shelf()
    volumes = [(each, shelf.newest(each.system)) for each in TABLES]
    return render(request, "coursework/book/tables.html", {"volumes": volumes})


@login_required
@require_safe
def volume_home(request: HttpRequest, volume: Volume) -> HttpResponse:
    shelf = open_shelf()
    page = {"volume": volume}
    if release := shelf.newest(volume.system):
        count = index.headwords(volume, release).count()
        above = list(IndexEntry.objects.in_release(release).filter(level__lt=volume.headword_level))
        page |= drawn(shelf, volume, release, above)
        page |= {"letters": index.letters(volume, release), "extent": wording.extent(release, count)}
    return render(request, "coursework/book/volume.html", page)


@login_required
@require_safe
def letter(request: HttpRequest, volume: Volume, letter: str) -> HttpResponse:
    """One letter, cut into pages by guide words."""
    shelf = open_shelf()
    release = edition(shelf, volume)
    found = index.under_letter(volume, release, letter)
    guides = index.guides(list(found.values_list("term", flat=True)), volume.on_a_page)
    number = request.GET.get("page", "1")
    guide = next((each for each in guides if str(each.number) == number), None)
    if guide is None:
        raise Http404
    start = (guide.number - 1) * volume.on_a_page
    heads = list(found[start : start + volume.on_a_page])
    rows = index.with_everything_below(volume, release, heads) if volume.columns else heads
    page = {"letter": letter, "letters": index.letters(volume, release), "guides": guides, "guide": guide}
    return render(request, "coursework/book/letter.html", page | drawn(shelf, volume, release, rows))


@login_required
@require_safe
def term(request: HttpRequest, volume: Volume, way: str) -> HttpResponse:
    """One headword with everything below it, or one term further down with what is below that."""
    shelf = open_shelf()
    release = edition(shelf, volume)
    steps = way.split(index.STEP)
    heads = list(index.headwords(volume, release).filter(term=steps[0]))
    rows = index.with_everything_below(volume, release, heads)
    if len(steps) > 1:
        rows = index.follow(rows, steps)
    if not rows:
        return render(request, "coursework/book/no_term.html", {"volume": volume, "term": way}, status=404)
    others = index.headwords(volume, release)
    page = {
        "steps": [(step, index.STEP.join(steps[:place])) for place, step in enumerate(steps, start=1)],
        "before": others.filter(position__lt=heads[0].position).order_by("-position").first(),
        "after": others.filter(position__gt=heads[-1].position).first(),
        "letter": index.DIGITS if way[0].isdigit() else way[0].upper(),
    }
    return render(request, "coursework/book/term.html", page | drawn(shelf, volume, release, rows))


@login_required
@require_safe
def jump(request: HttpRequest, volume: Volume) -> HttpResponse:
    """To the term that was typed, or that "see" names; to a choice where several begin so."""
    text = request.GET.get("term", "").strip()
    if other := next((each for each in VOLUMES.values() if each.title.casefold() in text.casefold()), None):
        return redirect("volume", other)
    shelf = open_shelf()
    if (release := shelf.newest(volume.system)) is None:
        return redirect("volume", volume)
    if found := index.find_term(volume, release, text):
        return redirect(f"{term_url(volume, found)}#at-{found.position}")
    found = list(index.beginning_with(volume, release, text)[:MOST_FOUND]) if text else []
    links = links_for(shelf.newest(System.ICD10CM), chain.from_iterable(map(printed, found)))
    page = {"volume": volume, "text": text, "found": [with_links(volume, index.Line(each, 0), links) for each in found]}
    return render(request, "coursework/book/jump.html", page)


def edition(shelf: Shelf, volume: Volume) -> Release:
    release = shelf.newest(volume.system)
    if release is None:
        raise Http404
    return release


def term_url(volume: Volume, entry: IndexEntry) -> str:
    return reverse("index_term", args=[volume, index.address(entry, volume)])


def drawn(shelf: Shelf, volume: Volume, release: Release, rows: list[IndexEntry]) -> dict:
    """What the lines of a page need: links for their codes, and the terms that they point to."""
    links = links_for(shelf.newest(System.ICD10CM), chain.from_iterable(map(printed, rows)))
    page = {"volume": volume, "release": release, "codes_of": shelf.newest(System.ICD10CM)}
    if volume.columns:
        return page | {"table": term_table(volume, rows, links) if rows else None}
    return page | {"lines": [with_links(volume, line, links) for line in index.lines(rows)]}


def printed(entry: IndexEntry) -> Iterable[str]:
    return (entry.code, entry.manifestation, *entry.cells.values())


def with_links(volume: Volume, line: index.Line, links: Links) -> dict:
    entry = line.entry
    return {
        "entry": entry,
        "depth": min(line.depth, 9),
        "url": term_url(volume, entry),
        "more": line.more,
        "code": links.code(entry.code) if entry.code else "",
        "manifestation": links.code(entry.manifestation) if entry.manifestation else "",
        "see": volume.pointed_to(entry.see),
        "see_also": volume.pointed_to(entry.see_also),
    }
