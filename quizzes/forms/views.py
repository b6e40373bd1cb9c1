"""The exams of a student, and the rules of one of them."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from quizzes import wording
from quizzes.forms.listing import exams_of, listed_exam
from quizzes.forms.models import Administration
from quizzes.sitting import start
from quizzes.sitting.models import Sitting


@login_required
@require_safe
def exams(request: HttpRequest) -> HttpResponse:
    groups = exams_of(request.user, now=timezone.now())
    return render(request, "quizzes/exams.html", {"groups": groups, "is_empty": not any(groups.values())})


@login_required
@require_safe
@never_cache
def exam(request: HttpRequest, pk: int) -> HttpResponse:
    return _rules(request, _own_exam(request, pk))


@login_required
@require_POST
@never_cache
def start_sitting(request: HttpRequest, pk: int) -> HttpResponse:
    administration = _own_exam(request, pk)
    try:
        return redirect(start.start_sitting(administration, request.user, now=timezone.now()))
    except start.ExamNotOpen:
        return _rules(request, administration, status=409)


def _own_exam(request: HttpRequest, pk: int) -> Administration:
    return get_object_or_404(Administration.objects.open_to(request.user).with_form(), pk=pk)


def _rules(request: HttpRequest, administration: Administration, *, status: int = 200) -> HttpResponse:
    now = timezone.now()
    sitting = Sitting.objects.sat_by(request.user).filter(administration=administration).first()
    context = {
        "administration": administration,
        "blueprint": administration.form.blueprint,
        "minutes": administration.seconds_allowed / 60,
        "marks_rule": wording.OWN_MARKS[administration.allows_marks],
        "book_rule": wording.BOOK[administration.book],
        "listed": listed_exam(administration, sitting, now=now),
        "deadline": start.personal_deadline(administration, now),
        "can_start": sitting is None and administration.is_open(now),
        "refusal": ""
        if administration.is_open(now) or sitting
        else wording.not_open(administration, request.user, now),
    }
    return render(request, "quizzes/exam.html", context, status=status)
