"""The report of a sitting for its student, and the results of an administration for its instructor."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Cohort
from accounts.roles import Capability
from quizzes import wording
from quizzes.forms.models import Administration
from quizzes.scoring import release
from quizzes.scoring.late import late_answers
from quizzes.scoring.models import SittingScore
from quizzes.scoring.report import domain_table
from quizzes.scoring.report import sitting_report as report_of
from quizzes.scoring.results import results_of
from quizzes.sitting import close
from quizzes.sitting.views import own_sitting

SEES_EXAM = [Capability.LEARN, Capability.WATCH_EXAMS, Capability.SEE_RESULTS]


@login_required
@require_safe
@never_cache
def sitting_report(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    sitting = own_sitting(request, public_id)
    if sitting.is_open:
        return redirect("sitting", public_id)
    administration = sitting.administration
    context = {"sitting": sitting, "blueprint": administration.form.blueprint, "not_released": wording.NOT_RELEASED}
    score = SittingScore.objects.filter(sitting=sitting, run=administration.current_run_id).first()
    if administration.is_released and score is not None:
        report = report_of(sitting, score)
        context |= {"report": report, "domain_table": domain_table(report)}
    return render(request, "quizzes/report.html", context)


@login_required
@require_safe
@never_cache
def administration_results(request: HttpRequest, pk: int) -> HttpResponse:
    administration = _administration_for(request, pk, Capability.SEE_RESULTS)
    close.close_overdue_of(administration, now=timezone.now())
    results, late = results_of(administration), late_answers(administration, request.user)
    context = {
        "administration": administration,
        "blueprint": administration.form.blueprint,
        "results": results,
        "late": late,
        "late_words": wording.late_answers(len(late.rows)),
        "seats_warning": seats_warning(len(results.students.rows)),
        "may_release": Cohort.objects.allowing(request.user, Capability.RELEASE_SCORES)
        .filter(pk=administration.cohort_id)
        .exists(),
        "released_words": wording.released_on(administration, request.user),
        "warning": wording.release_warning(results.still_open, administration.is_open(timezone.now())),
    }
    return render(request, "quizzes/results.html", context)


@login_required
@require_POST
@never_cache
def release_scores(request: HttpRequest, pk: int) -> HttpResponse:
    administration = _administration_for(request, pk, Capability.RELEASE_SCORES)
    now = timezone.now()
    close.close_overdue_of(administration, now=now)
    won = release.release_scores(administration, request.user, now=now)
    messages.success(request, wording.RELEASED if won else wording.ALREADY_RELEASED)
    return redirect("administration_results", pk)


def seats_warning(students: int) -> str:
    is_too_many = connection.vendor == "sqlite" and students > wording.SQLITE_SEATS
    return wording.too_many_for_sqlite(students) if is_too_many else ""


def _administration_for(request: HttpRequest, pk: int, capability: Capability) -> Administration:
    """Invisible: 404. Visible, but not for this: 403."""
    administration = Administration.objects.not_withdrawn().with_form().filter(pk=pk).first()
    if administration is None:
        raise Http404
    cohorts = Cohort.objects.filter(pk=administration.cohort_id)
    if cohorts.allowing(request.user, capability).exists():
        return administration
    if any(cohorts.allowing(request.user, seen).exists() for seen in SEES_EXAM):
        raise PermissionDenied
    raise Http404
