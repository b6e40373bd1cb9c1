"""Join a cohort, and one's own preferences. Everything about signing in is allauth's."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts import membership
from accounts.forms import JoinForm, PreferencesForm


@login_required
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    form = JoinForm(sent(request), initial={"code": request.GET.get("code", "")})
    if request.method == "POST" and not ratelimit.consume(request, action="join", user=request.user):
        return render(request, "429.html", status=429)
    if form.is_valid():
        cohort = form.cleaned_data["code"]
        is_new = membership.join_cohort(request.user, cohort, now=timezone.now())
        messages.success(request, f"You {'have joined' if is_new else 'were already in'} {cohort.name}.")
        return redirect("home")
    return render(request, "accounts/join.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    form = PreferencesForm(sent(request), instance=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, "Saved.")
        return redirect("preferences")
    return render(request, "accounts/preferences.html", {"form": form}, status=422 if form.errors else 200)


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with; an empty form that is sent is still to be checked."""
    return request.POST if request.method == "POST" else None
