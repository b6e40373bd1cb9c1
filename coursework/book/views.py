"""The code book: search it, go through the Tabular, and read one code with everything that governs it."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.sign_in import page_of
from codesets import cpt, formats, purposes, search
from codesets.models import Code, NoRelease, NoteKind, Release, Section, System
from coursework import wording
from coursework.book import code_page, tabular
from coursework.book import wording as book_words
from coursework.book.editions import Year, years
from coursework.book.forms import SearchForm
from coursework.book.links import links_for
from coursework.book.mode import Mode, mode_of, switch
from coursework.book.notes import own_groups
from coursework.book.shelf import Shelf, open_shelf

RESULTS_ON_A_PAGE = 30


@login_required
@require_safe
def code_search(request: HttpRequest) -> HttpResponse:
    mode = mode_of(request)
    if mode.is_on:
        return search_off(request, mode)
    form = SearchForm(request.GET if request.GET.get("q") else None)
    now = timezone.now()
    page = {"form": form, "query": form.query(), "purposes": partial(purposes.purposes, now.date(), request.user)}
    if form.is_valid() and form.query():
        page["licensed"] = cpt.find(form.query(), request.user, now=now)
        try:
            page["found"] = search.find(form.query(), on=form.cleaned_data["on"], limit=RESULTS_ON_A_PAGE, waits=False)
        except NoRelease as error:
            page["problem"] = str(error)
    return render(request, "coursework/book/search.html", page)


def search_off(request: HttpRequest, mode: Mode) -> HttpResponse:
    """The books to leaf through. An exam's rule is a refusal; one's own switch is none."""
    is_refused = not mode.is_own and bool(request.GET.get("q"))
    books = [(title, sentence, reverse(name, args=args)) for name, args, title, sentence in book_words.BOOKS]
    page = {"mode": mode, "books": books}
    return render(request, "coursework/book/search_off.html", page, status=403 if is_refused else 200)


@login_required
@require_POST
def switch_mode(request: HttpRequest) -> HttpResponse:
    """And back to the page of the book where the switch stands."""
    switch(request, is_on=request.POST.get("mode") == "on")
    return redirect(page_of(request))


@login_required
@require_safe
def code(request: HttpRequest, code: str, label: str = "") -> HttpResponse:
    shelf = open_shelf()
    release = edition(shelf, label)
    found = Code.objects.in_release(release).with_place().find_code(code) if release else None
    if found is None:
        return unknown_code(request, code, shelf, release)
    if code != found.dotted:
        return redirect("code_in_release", release.label, found.dotted)
    return render(request, "coursework/book/code.html", code_page.code_page(found, shelf, request.user))


def unknown_code(request: HttpRequest, typed: str, shelf: Shelf, release: Release | None) -> HttpResponse:
    """It may have lived in another year: then the page says when, and leads there."""
    label = release.label if release else ""
    editions = shelf.editions(System.ICD10CM)
    held = code_page.held_in(editions, formats.strip(typed))
    life = book_words.life(code_page.lives(editions[::-1], held), editions[::-1])
    dotted = formats.dotted(typed)
    page = {
        "typed": dotted,
        "sentence": book_words.lived(dotted, label, life) if life else wording.unknown_code(typed, label),
        "years": code_page.code_years([each for each in editions if each.pk in held], dotted, release),
    }
    return render(request, "coursework/book/code_unknown.html", page, status=404)


def edition(shelf: Shelf, label: str) -> Release | None:
    """The edition of that label; without a label, the newest one."""
    found = shelf.labelled(System.ICD10CM, label)
    if label and found is None:
        raise Http404
    return found


@login_required
@require_safe
def tabular_home(request: HttpRequest, label: str = "") -> HttpResponse:
    shelf = open_shelf()
    release = edition(shelf, label)
    page = {"release": release, "years": tabular_years(shelf, release)}
    if release:
        page["chapters"] = list(Section.objects.in_release(release).chapters())
    return render(request, "coursework/book/tabular.html", page)


@login_required
@require_safe
def section(request: HttpRequest, label: str, name: str) -> HttpResponse:
    """A chapter with its blocks, or a block with its categories."""
    shelf = open_shelf()
    release = edition(shelf, label)
    named = Section.objects.filter(release__in=shelf.editions(System.ICD10CM), name=name)
    found = named.in_release(release).select_related("release", "chapter").first()
    if found is None:
        held = set(named.values_list("release__label", flat=True))
        others = [year for year in tabular_years(shelf, release, name) if year[0] in held]
        page = {"typed": name, "sentence": book_words.no_section(name, release.label), "years": others}
        return render(request, "coursework/book/code_unknown.html", page, status=404)
    categories = list(Code.objects.in_release(release).filter(block=found).categories())
    notes = tabular.notes_of_section(found)
    # Lists of 7th characters are long; they stand on the page of their category.
    of_categories = [note for note in tabular.notes_of(categories) if note.kind != NoteKind.SEVENTH_CHARACTER]
    links = links_for(release, [note.text for note in (*notes, *of_categories)])
    page = {
        "section": found,
        "release": release,
        "notes": own_groups(notes, links),
        "blocks": list(found.blocks.all()),
        "rows": tabular.rows_of(categories, of_categories, links, top=2),
        "years": tabular_years(shelf, release, found.name),
    }
    return render(request, "coursework/book/section.html", page)


def tabular_years(shelf: Shelf, shown: Release | None, name: str = "") -> list[Year]:
    def url(release: Release) -> str:
        return reverse("section", args=[release.label, name]) if name else reverse("tabular_of", args=[release.label])

    return years(shelf.editions(System.ICD10CM), shown, url)
