"""The page on which an institution admin sets what counts how much in a chart's grade."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.models import Institution
from accounts.roles import Capability
from coursework.weights import wording
from coursework.weights.change_weights import ChangedMeanwhile, change_weights
from coursework.weights.forms import WeightsForm
from coursework.weights.models import HouseWeights


@login_required
@require_http_methods(["GET", "POST"])
def weights(request: HttpRequest) -> HttpResponse:
    institution = Institution.objects.allowing(request.user, Capability.WEIGH_GRADES).first()
    if institution is None:
        raise PermissionDenied
    current = HouseWeights.objects.of(institution).select_related("changed_by").first()
    form = WeightsForm(_given(request), current)
    if form.is_valid():
        return _changed(request, institution, form)
    page = {"institution": institution, "current": current, "form": form, "tables": form.tables()}
    return render(request, "coursework/weights.html", page, status=422 if form.errors else 200)


def _given(request: HttpRequest) -> Mapping[str, Any] | None:
    """The button for the defaults sends them, whatever was typed."""
    if request.method == "POST" and "defaults" in request.POST:
        return {**wording.DEFAULTS, "after": request.POST.get("after")}
    return request.POST if request.method == "POST" else None


def _changed(request: HttpRequest, institution: Institution, form: WeightsForm) -> HttpResponse:
    after = form.cleaned_data["after"]
    try:
        change_weights(institution, form.changes(), after=after, by=request.user, now=timezone.now())
        messages.success(request, wording.SAVED)
    except ChangedMeanwhile:
        messages.error(request, wording.CHANGED_MEANWHILE)
    return redirect("weights")
