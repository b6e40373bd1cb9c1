"""The reader of the Official Guidelines: the tree of contents, and one page a section."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from codesets.models import System
from coursework.book import guidelines
from coursework.book.links import links_for
from coursework.book.shelf import open_shelf

CONTENTS_DEPTH = 2  # "I.C.9": further down, the page of the section shows what is in it


@login_required
@require_safe
def contents(request: HttpRequest) -> HttpResponse:
    shelf = open_shelf()
    editions = [release for system in guidelines.SYSTEMS if (release := shelf.newest(system))]
    books = [(release, guidelines.contents(release, CONTENTS_DEPTH)) for release in editions]
    missing = [system.label for system in guidelines.SYSTEMS if shelf.newest(system) is None]
    return render(request, "coursework/book/guidelines.html", {"books": books, "missing": missing})


@login_required
@require_safe
def section(request: HttpRequest, number: str, label: str = "") -> HttpResponse:
    shelf = open_shelf()
    found = guidelines.find_section(shelf, number, label)
    if found is None:
        # Citations lead here from every page: without the book they get a sentence, no error.
        is_loaded = shelf.newest(System.CM_GUIDELINES) is not None
        page = {"number": number, "is_loaded": is_loaded}
        return render(request, "coursework/book/no_section.html", page, status=404 if is_loaded else 200)
    texts = list(guidelines.paragraphs(found.text))
    links = links_for(shelf.newest(System.ICD10CM), texts)
    page = {"section": found, "place": guidelines.place_of(found), "paragraphs": [links.text(each) for each in texts]}
    return render(request, "coursework/book/section_of_guidelines.html", page)
