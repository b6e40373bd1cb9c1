"""Where an address leads that names no edition, or one; and what it answers where something is not here."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from codesets.models import Release, System
from coursework.book import set_wording as wording
from coursework.book.editions import edition_or_404, named, years
from coursework.book.shelf import open_shelf


@login_required
@require_safe
def newest_edition(request: HttpRequest, system: System, page: str) -> HttpResponse:
    """A sentence where none is loaded."""
    if newest := open_shelf().newest(system):
        return redirect(page, named(newest))
    title, text = wording.missing_book(system)
    return render(request, "coursework/book/no_such.html", {"title": title, "text": text, "is_missing": True})


def page_of(request: HttpRequest, system: System, edition: str) -> tuple[Release, dict]:
    """The edition, and the same page in the others."""
    shelf = open_shelf()
    release = edition_or_404(shelf, system, edition)
    switch = years(shelf.editions(system), release, lambda each: request.path.replace(edition, named(each), 1))
    return release, {"release": release, "edition": edition, "years": switch}


def not_there(request: HttpRequest, typed: str, sentence: str) -> HttpResponse:
    page = {"title": wording.no_such(typed), "text": sentence}
    return render(request, "coursework/book/no_such.html", page, status=404)
