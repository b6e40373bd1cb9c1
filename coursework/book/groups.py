"""The pages of the MS-DRGs: Major Diagnostic Categories, the DRGs of one by kind, one DRG with its weight and stay."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from codesets.headings import drg_family, drg_title, headings
from codesets.models import Drg, Release, System
from coursework.book import set_wording as wording
from coursework.book.absent import not_loaded, not_there
from coursework.book.editions import edition_or_404, named, years
from coursework.book.shelf import open_shelf
from kit.tables import Kind, Table

NO_MDC = "none"  # in an address, for what is grouped beside all categories
NUMBERS = ("weight", "geometric_mean_stay", "arithmetic_mean_stay")


@dataclass(frozen=True)
class Category:
    """One MDC; `name` is what an address calls it."""

    name: str
    number: str
    title: str
    drgs: int = 0

    @classmethod
    def of(cls, mdc: str, drgs: int = 0) -> Category:
        number = f"MDC {mdc}" if mdc.isdigit() else "Pre-MDC" if mdc else "–"
        return cls(mdc or NO_MDC, number, headings("mdc").get(mdc, ""), drgs)


@login_required
@require_safe
def ms_drg(request: HttpRequest) -> HttpResponse:
    newest = open_shelf().newest(System.MS_DRG)
    return redirect("drg_categories", named(newest)) if newest else not_loaded(request, System.MS_DRG)


def _page(request: HttpRequest, edition: str) -> tuple[Release, dict]:
    """The edition, and the same page in the others."""
    shelf = open_shelf()
    release = edition_or_404(shelf, System.MS_DRG, edition)
    switch = years(shelf, release, lambda name: request.path.replace(edition, name, 1))
    return release, {"release": release, "edition": edition, "years": switch}


@login_required
@require_safe
def categories(request: HttpRequest, edition: str) -> HttpResponse:
    release, page = _page(request, edition)
    counts = dict(Drg.objects.filter(release=release).order_by().values_list("mdc").annotate(Count("pk")))
    page["categories"] = [Category.of(mdc, counts[mdc]) for mdc in headings("mdc") if mdc in counts]
    return render(request, "coursework/book/drg_categories.html", page)


@login_required
@require_safe
def category(request: HttpRequest, edition: str, mdc: str) -> HttpResponse:
    release, page = _page(request, edition)
    held = list(Drg.objects.filter(release=release, mdc="" if mdc == NO_MDC else mdc))
    if not held:
        raise Http404
    by_kind = {kind: [drg for drg in held if drg.kind == kind] for kind in wording.DRG_KINDS}
    page["tables"] = [drg_table(wording.DRG_KINDS[kind], drgs, edition) for kind, drgs in by_kind.items() if drgs]
    return render(request, "coursework/book/drg_category.html", page | {"category": Category.of(held[0].mdc)})


@login_required
@require_safe
def drg(request: HttpRequest, edition: str, number: str) -> HttpResponse:
    release, page = _page(request, edition)
    found = Drg.objects.filter(release=release, number=number).first()
    if found is None:
        return not_there(request, number, wording.unknown_in(number, release))
    family = family_of(found)
    page |= {"drg": found, "title": drg_title(found.title), "category": Category.of(found.mdc)}
    page["kind"] = wording.DRG_KINDS[found.kind]
    page["family"] = drg_table("The family, by severity", family, edition) if len(family) > 1 else None
    return render(request, "coursework/book/drg.html", page)


def family_of(found: Drg) -> list[Drg]:
    """The DRGs of the same category whose titles differ in severity alone, itself among them."""
    family = drg_family(found.title)
    near = Drg.objects.filter(release_id=found.release_id, mdc=found.mdc, kind=found.kind, title__startswith=family)
    return [each for each in near if drg_family(each.title) == family]


def drg_table(caption: str, drgs: list[Drg], edition: str) -> Table:
    numbers = ((name, "", Kind.NUMBER) for name in ("Weight", "Geometric stay", "Mean stay"))
    columns = (("DRG", "", Kind.CODE), "Title", *numbers)
    return Table(caption, columns, tuple(_row(each, edition) for each in drgs))


def _row(drg: Drg, edition: str) -> tuple[object, ...]:
    link = format_html('<a href="{}">{}</a>', reverse("drg", args=[edition, drg.number]), drg.number)
    numbers = ("–" if value is None else value for value in (getattr(drg, name) for name in NUMBERS))
    return (link, drg_title(drg.title), *numbers)
