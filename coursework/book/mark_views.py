"""The pages and forms of a learner's own tabs, notes and highlights. Anybody else's do not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coursework.book import wording
from coursework.book.forms import MarksFilter, mark_form
from coursework.book.marks import bring_back, leave_mark, margin_of, marks_table, remove_mark, reword
from coursework.book.models import Mark
from coursework.book.pages import BookPage, page_at, page_named
from coursework.book.shelf import open_shelf
from kit.tables import as_csv

View = Callable[..., HttpResponse]


def while_open(view: View) -> View:
    """Own marks are neither shown nor taken while the rules of an exam forbid them."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.book_rule.allows_marks:
            return view(request, *args, **kwargs)
        return render(request, "coursework/book/mark.html", {"closed": wording.MARKS_CLOSED}, status=403)

    return guarded


@while_open
@require_safe
def marks(request: HttpRequest) -> HttpResponse:
    wanted = MarksFilter(request.GET)
    chosen = wanted.cleaned_data if wanted.is_valid() else {"kind": "", "q": ""}
    page = {
        "filter": wanted,
        "table": marks_table(request.user, kind=chosen["kind"], words=chosen["q"]),
        "has_any": Mark.objects.left_by(request.user).kept().exists(),
        "is_filtered": any(chosen.values()),
    }
    return render(request, "coursework/book/marks.html", page)


@while_open
@require_safe
def export_marks(request: HttpRequest) -> HttpResponse:
    file = HttpResponse(as_csv(marks_table(request.user, linked=False)), content_type="text/csv; charset=utf-8")
    file["Content-Disposition"] = 'attachment; filename="my-tabs-and-notes.csv"'
    return file


@login_required
@require_safe
def book_page(request: HttpRequest, key: str) -> HttpResponse:
    """The page in the newest edition: where a mark leads, whatever the year in which it was left."""
    if page := page_named(key):
        return redirect(page.address(open_shelf()))
    raise Http404


@while_open
@require_POST
def add_mark(request: HttpRequest, kind: str) -> HttpResponse:
    page = page_at(request.POST.get("at", ""))
    form = mark_form(kind, request.POST)
    if page is None or not form.is_valid():
        return not_taken(request, page, kind, form)
    mark = leave_mark(request.user, page, kind, **form.cleaned_data)
    return margin_again(request, page, wording.MARK_LEFT.format(mark.get_kind_display()))


@while_open
@require_http_methods(["GET", "HEAD", "POST"])
def edit_mark(request: HttpRequest, pk: int) -> HttpResponse:
    mark = own_mark(request, pk)
    if mark.kind == Mark.Kind.HIGHLIGHT:
        raise Http404
    form = mark_form(mark.kind, request.POST if request.method == "POST" else None, initial={"text": mark.text})
    page = page_named(mark.page)
    if request.method == "POST" and form.is_valid():
        reword(mark, form.cleaned_data["text"])
        return redirect("book_page", mark.page)
    context = {"form": form, "mark": mark, "page": page}
    return render(request, "coursework/book/mark.html", context, status=422 if form.errors else 200)


@while_open
@require_POST
def take_mark(request: HttpRequest, pk: int) -> HttpResponse:
    mark = own_mark(request, pk)
    remove_mark(mark)
    return margin_again(request, page_named(mark.page), wording.MARK_REMOVED.format(mark.get_kind_display()))


@while_open
@require_POST
def return_mark(request: HttpRequest, pk: int) -> HttpResponse:
    mark = own_mark(request, pk)
    bring_back(mark)
    return margin_again(request, page_named(mark.page), wording.MARK_LEFT.format(mark.get_kind_display()))


def own_mark(request: HttpRequest, pk: int) -> Mark:
    return get_object_or_404(Mark.objects.left_by(request.user), pk=pk)


def margin_again(request: HttpRequest, page: BookPage, said: str) -> HttpResponse:
    """The margin alone for htmx; without script the page again, in the year that was read."""
    if request.htmx:
        return render_margin(request, page, {"said": said})
    messages.success(request, said)
    at = request.POST.get("at", "")
    return redirect(f"{at if page_at(at) == page else page.url}#margin")


def not_taken(request: HttpRequest, page: BookPage | None, kind: str, form: Form) -> HttpResponse:
    if page and request.htmx:
        return render_margin(request, page, {f"{kind}_form": form}, status=422)
    return render(request, "coursework/book/mark.html", {"form": form, "page": page, "kind": kind}, status=422)


def render_margin(request: HttpRequest, page: BookPage, what: dict[str, Any], *, status: int = 200) -> HttpResponse:
    context = margin_of(request.user, page).as_context() | {"at": request.POST["at"], "is_partial": True} | what
    return render(request, "coursework/book/_margin.html", context, status=status)
