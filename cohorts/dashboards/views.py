"""The first page of everyone: what this is, what now, and for instructors their cohorts."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Cohort, Institution
from accounts.roles import Capability
from cohorts.dashboards import cohort as cohort_dashboard
from cohorts.dashboards import student
from cohorts.dashboards.table import results_table
from coursework.cases.models import Case
from quizzes.models import Administration


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return render(request, "cohorts/landing.html")
    steps = student.next_steps(request.user, now=timezone.now())
    page = {
        "next": steps[0] if steps else None,
        "others": steps[1:],
        "is_new": student.is_new(request.user),
        "join_url": student.join_url(request.user),
        "losses": student.where_points_are_lost(request.user),
        "taught": Cohort.objects.allowing(request.user, Capability.SEE_RESULTS),
    }
    return render(request, "cohorts/home.html", page)


@login_required
@require_safe
def teach(request: HttpRequest) -> HttpResponse:
    taught = Cohort.objects.allowing(request.user, Capability.SEE_RESULTS).select_related("institution")
    may_weigh = Institution.objects.allowing(request.user, Capability.WEIGH_GRADES).exists()
    return render(request, "cohorts/teach.html", {"cohorts": taught, "may_weigh": may_weigh})


@login_required
@require_safe
def cohort(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Cohort.objects.allowing(request.user, Capability.SEE_RESULTS), pk=pk)
    administrations = list(Administration.objects.not_withdrawn().filter(cohort=found).with_form())
    cases = list(Case.objects.visible_to(request.user).with_current())
    rows = cohort_dashboard.student_rows(found, administrations)
    page = {
        "cohort": found,
        "administrations": administrations,
        "table": results_table(rows, cases, administrations),
        "student_count": len(rows),
    }
    return render(request, "cohorts/cohort.html", page)
