"""The pages of HCPCS Level II: sections by first letter, the codes of one, the modifiers, one code."""

from itertools import groupby

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.db.models.functions import Substr
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from codesets.headings import headings
from codesets.models import Code, Release, System
from coursework.book import set_wording as wording
from coursework.book.absent import not_loaded, not_there
from coursework.book.editions import edition_or_404, named, years
from coursework.book.shelf import open_shelf


@login_required
@require_safe
def hcpcs(request: HttpRequest) -> HttpResponse:
    newest = open_shelf().newest(System.HCPCS)
    return redirect("hcpcs_sections", named(newest)) if newest else not_loaded(request, System.HCPCS)


def _page(request: HttpRequest, edition: str) -> tuple[Release, dict]:
    """The edition, and the same page in the others."""
    shelf = open_shelf()
    release = edition_or_404(shelf, System.HCPCS, edition)
    switch = years(shelf, release, lambda name: request.path.replace(edition, name, 1))
    return release, {"release": release, "edition": edition, "years": switch}


@login_required
@require_safe
def sections(request: HttpRequest, edition: str) -> HttpResponse:
    release, page = _page(request, edition)
    codes = Code.objects.in_release(release).order_by()
    counts = codes.billable().annotate(letter=Substr("code", 1, 1)).values_list("letter").annotate(number=Count("pk"))
    page["sections"] = [(letter, headings("hcpcs").get(letter, ""), number) for letter, number in sorted(counts)]
    page["modifiers"] = codes.filter(is_modifier=True).count()
    return render(request, "coursework/book/hcpcs_sections.html", page)


@login_required
@require_safe
def section(request: HttpRequest, edition: str, letter: str) -> HttpResponse:
    """Long sections by their second character, so that a page can be skimmed and jumped through."""
    release, page = _page(request, edition)
    codes = list(Code.objects.in_release(release).billable().filter(code__startswith=letter).order_by("code"))
    if not codes:
        raise Http404
    groups = [(beginning, list(held)) for beginning, held in groupby(codes, key=lambda code: code.code[:2])]
    return render(
        request,
        "coursework/book/hcpcs_section.html",
        page | {"letter": letter, "heading": headings("hcpcs").get(letter, ""), "groups": groups, "count": len(codes)},
    )


@login_required
@require_safe
def modifiers(request: HttpRequest, edition: str) -> HttpResponse:
    release, page = _page(request, edition)
    held = Code.objects.in_release(release).filter(is_modifier=True).order_by("code")
    groups = [(first, list(each)) for first, each in groupby(held, key=lambda modifier: modifier.code[0])]
    return render(request, "coursework/book/hcpcs_modifiers.html", page | {"groups": groups})


@login_required
@require_safe
def code(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    if code != code.upper():
        return redirect("hcpcs_code", edition, code.upper())
    release, page = _page(request, edition)
    found = Code.objects.in_release(release).billable().filter(code=code).first()
    if found is None:
        return not_there(request, code, wording.unknown_in(code, release))
    near = Code.objects.in_release(release).billable().filter(code__startswith=code[:3])
    return render(
        request,
        "coursework/book/hcpcs_code.html",
        page | {
            "code": found,
            "letter": code[0],
            "heading": headings("hcpcs").get(code[0], ""),
            "coverage": wording.COVERAGE.get(found.particulars.get("coverage", ""), ""),
            "neighbors": near.order_by("code"),
        },
    )  # fmt: skip
