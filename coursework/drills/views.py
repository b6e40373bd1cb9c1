"""The pages of a find-it drill: start and last results, one task a page, the answer with its way, the summary."""

import secrets

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from coursework.book import mode
from coursework.book.look_ups import look_up_for, looked_up
from coursework.book.shelf import open_shelf
from coursework.drills import results, run, wording
from coursework.drills.forms import AnswerForm
from coursework.drills.models import Drill


@login_required
@require_safe
def drills(request: HttpRequest) -> HttpResponse:
    last = results.last_drills(request.user)
    page = {"table": results.drills_table(last, request.user) if last else None, "count": run.TASKS}
    return render(request, "coursework/drills/drills.html", page)


@login_required
@require_POST
def start_drill(request: HttpRequest) -> HttpResponse:
    """A drill is run in book mode: the switch is on from here."""
    try:
        drill = run.start_drill(request.user, open_shelf(), seed=secrets.randbits(32), now=timezone.now())
    except run.NothingToFind:
        messages.warning(request, wording.NOTHING_LOADED)
        return redirect("drills")
    mode.switch(request, is_on=True)
    return redirect(drill)


@login_required
@require_POST
def repeat_drill(request: HttpRequest, pk: int) -> HttpResponse:
    drill = run.repeat_drill(own_drill(request, pk), now=timezone.now())
    mode.switch(request, is_on=True)
    return redirect(drill)


@login_required
@require_safe
@never_cache
def drill(request: HttpRequest, pk: int) -> HttpResponse:
    progress = results.progress_of(own_drill(request, pk))
    if not progress.is_complete:
        return redirect("drill_task", pk, progress.place)
    page = {"progress": progress, "table": results.tasks_table(progress), "look_ups": looked_up(progress.drill)}
    return render(request, "coursework/drills/summary.html", page)


@login_required
@require_safe
@never_cache
def drill_task(request: HttpRequest, pk: int, place: int) -> HttpResponse:
    """The task while its clock runs, then its answer. A task that was not shown yet is not there."""
    progress = results.progress_of(own_drill(request, pk))
    if done := progress.at(place):
        said = wording.said(place, progress.count, is_right=done.is_right)
        page = {"progress": progress, "done": done, "said": said, "badge": results.verdict(done)}
        return render(request, "coursework/drills/answer.html", page)
    if progress.since is None or place != progress.place:
        raise Http404
    return render_task(request, progress, AnswerForm())


@login_required
@require_POST
def answer_task(request: HttpRequest, pk: int, place: int) -> HttpResponse:
    drill, form = own_drill(request, pk), AnswerForm(request.POST)
    is_passed = "pass" in request.POST
    if not (is_passed or form.is_valid()):
        progress = results.progress_of(drill)
        if progress.since and place == progress.place:
            return render_task(request, progress, form, status=422)
        return redirect(drill)
    try:
        run.give_answer(drill, place, "" if is_passed else form.cleaned_data["answer"], now=timezone.now())
    except run.NotShown as absent:
        raise Http404 from absent
    return redirect("drill_task", pk, place)


@login_required
@require_POST
def next_task(request: HttpRequest, pk: int) -> HttpResponse:
    drill = own_drill(request, pk)
    progress = results.progress_of(drill)
    if progress.since is None and not progress.is_complete:
        run.show_task(drill, progress.place + 1, now=timezone.now())
    return redirect(drill)


def own_drill(request: HttpRequest, pk: int) -> Drill:
    return get_object_or_404(Drill, pk=pk, user=request.user)


def render_task(
    request: HttpRequest, progress: results.Progress, form: AnswerForm, *, status: int = 200
) -> HttpResponse:
    look_up_for(request, progress.drill)
    elapsed = (timezone.now() - progress.since).total_seconds() if progress.since else 0
    task = progress.drill.task(progress.place)
    page = {"progress": progress, "task": task, "form": form, "elapsed_ms": max(0, int(elapsed * 1000))}
    return render(request, "coursework/drills/task.html", page, status=status)
