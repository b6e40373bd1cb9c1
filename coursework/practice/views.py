"""The chart workspace: a sheet beside a chart, and the feedback after it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from codesets.models import NoRelease
from coursework import wording
from coursework.book.look_ups import look_up_for
from coursework.lines import Poa
from coursework.practice import feedback as feedback_page
from coursework.practice import sheet
from coursework.practice.models import Attempt, AttemptLine, Grade
from coursework.practice.submit_attempt import AlreadySubmitted, EmptySheet, submit_attempt


@login_required
@require_safe
def attempt(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Attempt.objects.filter(user=request.user).select_related("case_version__case"), pk=pk)
    if found.state == Attempt.State.SUBMITTED:
        return redirect("feedback", found.pk)
    look_up_for(request, found)
    return render(request, "coursework/attempt.html", workspace(found))


@login_required
@require_POST
def add_line(request: HttpRequest, pk: int) -> HttpResponse:
    found = find_sheet(request, pk)
    typed, poa = request.POST.get("code", ""), request.POST.get("poa", "")
    return write(request, found, partial(sheet.add_line, found, typed, poa=poa), focus="poa")


@login_required
@require_POST
def set_poa(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    found, chosen = find_line(request, pk, line)
    return write(request, found, partial(sheet.set_poa, chosen, request.POST.get("poa", "")))


@login_required
@require_POST
def move_line(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    found, chosen = find_line(request, pk, line)
    return write(request, found, partial(sheet.move_line, chosen, request.POST.get("to", "")))


@login_required
@require_POST
def remove_line(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    found, chosen = find_line(request, pk, line)
    return write(request, found, partial(sheet.remove_line, chosen, now=timezone.now()))


@login_required
@require_POST
def undo_remove(request: HttpRequest, pk: int) -> HttpResponse:
    found = find_sheet(request, pk)
    return write(request, found, partial(sheet.undo_remove, found))


@login_required
@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Attempt.objects.filter(user=request.user), pk=pk)
    try:
        submit_attempt(found, now=timezone.now())
    except EmptySheet as error:
        return render(request, "coursework/attempt.html", workspace(found) | {"problem": str(error)}, status=422)
    except AlreadySubmitted:
        messages.info(request, wording.ALREADY_SUBMITTED)
    return redirect("feedback", found.pk)


@login_required
@require_safe
def feedback(request: HttpRequest, pk: int) -> HttpResponse:
    visible = Attempt.objects.visible_to(request.user).select_related("case_version__case", "user")
    grades = Prefetch("grades", Grade.objects.select_related("weights__institution"))
    found = get_object_or_404(visible.prefetch_related(grades), pk=pk)
    if found.state == Attempt.State.OPEN:
        return redirect("attempt", found.pk)
    return render(request, "coursework/feedback.html", feedback_page.page_for(found))


def find_sheet(request: HttpRequest, pk: int) -> Attempt:
    return get_object_or_404(Attempt.objects.filter(user=request.user).select_related("case_version__case"), pk=pk)


def find_line(request: HttpRequest, pk: int, line: int) -> tuple[Attempt, AttemptLine]:
    found = find_sheet(request, pk)
    return found, get_object_or_404(found.lines.filter(removed_at=None).select_related("attempt"), pk=line)


def write(
    request: HttpRequest, found: Attempt, verb: Callable[[], AttemptLine | None], *, focus: str = "line"
) -> HttpResponse:
    """Do it, then show the sheet with the focus on the line that the verb gives back, or in the code box."""
    try:
        return answer(request, found, line=verb(), focus=focus)
    except (sheet.LineRefused, NoRelease) as error:
        return answer(request, found, problem=str(error), typed=request.POST.get("code", ""), status=422)
    except sheet.SheetIsClosed:
        messages.info(request, wording.ALREADY_SUBMITTED)
        return leave_for(request, reverse("feedback", args=[found.pk]))


def leave_for(request: HttpRequest, address: str) -> HttpResponse:
    """A redirect of the whole page, also from a request that would fill a part of it."""
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)


def answer(
    request: HttpRequest, found: Attempt, *, status: int = 200, line: AttemptLine | None = None, **what: Any
) -> HttpResponse:
    """The sheet alone for htmx, the whole workspace again without script."""
    if request.htmx:
        page = sheet_of(found) | {"current": line.pk if line else None, "is_partial": True} | what
        return render(request, "coursework/_sheet.html", page, status=status)
    if "problem" in what:
        return render(request, "coursework/attempt.html", workspace(found) | what, status=status)
    return redirect("attempt", found.pk)


def workspace(found: Attempt) -> dict[str, Any]:
    return sheet_of(found) | {"documents": feedback_page.documents_with_marks(found.case_version, [])}


def sheet_of(found: Attempt) -> dict[str, Any]:
    """What the sheet shows: its lines with titles, and what is still open before submitting."""
    header = found.case_version.header
    lines = sheet.with_titles(list(found.lines.filter(removed_at=None)), on=header.coded_on)
    return {
        "attempt": found,
        "version": found.case_version,
        "header": header,
        "lines": lines,
        "poa_choices": Poa.choices,
        "checks": [
            wording.needs_poa(shown.line.position, shown.line.code)
            for shown in lines
            if header.is_inpatient and shown.needs_poa
        ],
        "submit_label": wording.submit_label(len(lines)),
        "can_undo": found.lines.exclude(removed_at=None).exists(),
    }
