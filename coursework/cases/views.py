"""Choose a chart, read its face sheet, begin."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from coursework.cases.models import Case
from coursework.practice.models import Attempt
from coursework.practice.results import newest_attempts
from coursework.practice.start_attempt import start_attempt


@login_required
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    found = list(Case.objects.visible_to(request.user).with_current())
    attempts = newest_attempts(request.user, found)
    return render(request, "coursework/cases.html", {"cases": [(case, attempts.get(case.pk)) for case in found]})


@login_required
@require_safe
def case(request: HttpRequest, slug: str) -> HttpResponse:
    found = find_case(request, slug)
    attempts = Attempt.objects.filter(user=request.user, case_version__case=found).prefetch_related("grades")
    page = {
        "case": found,
        "version": found.current,
        "header": found.current.header,
        "documents": found.current.documents.all(),
        "open_attempt": attempts.filter(state=Attempt.State.OPEN).first(),
        "submitted": attempts.submitted(),
    }
    return render(request, "coursework/case.html", page)


@login_required
@require_POST
def start(request: HttpRequest, slug: str) -> HttpResponse:
    return redirect(start_attempt(find_case(request, slug), request.user, now=timezone.now()))


def find_case(request: HttpRequest, slug: str) -> Case:
    found = Case.objects.visible_to(request.user).named(slug).with_current().first()
    if found is None:
        raise Http404
    return found
