"""The picker's list of codes, and the page on which an institution admin loads official files."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import Institution
from codesets import purposes, search, uploads, wording
from codesets.loaders import load, registry
from codesets.loaders.archive import Refused
from codesets.loaders.edition import Edition
from codesets.models import NoRelease, Release
from codesets.systems import LICENSED
from kit.tables import Kind, Table

ROWS = 8


class FindForm(forms.Form):
    """What the picker asks: words or a code, and the date of the encounter."""

    q = forms.CharField(max_length=search.MAX_QUERY, required=False)
    on = forms.DateField(required=False)


class SupplyForm(forms.Form):
    supplied = forms.FileField(label="Official file", help_text=wording.SUPPLY_HINT)


@login_required
@require_GET
def find_codes(request: HttpRequest) -> HttpResponse:
    form = FindForm(request.GET)
    if not form.is_valid():
        return _list(request, explanation=wording.CANNOT_SEARCH, status=400)
    asked = form.cleaned_data["q"]
    try:
        found = search.find(asked, on=form.cleaned_data["on"], viewer=request.user, limit=ROWS)
    except NoRelease as problem:
        return _list(request, explanation=str(problem))
    return _list(request, found=found, explanation=wording.NOTHING_FOUND if asked.strip() else wording.TYPE_TO_SEARCH)


@login_required
@require_http_methods(["GET", "POST"])
def code_sets(request: HttpRequest) -> HttpResponse:
    """What is loaded; a supplied file is checked and compared, nothing is written yet."""
    institution = _loading_for(request)
    if request.method == "GET":
        return _sets(request, institution, SupplyForm())
    form = SupplyForm(request.POST, request.FILES)
    if not form.is_valid():
        return _sets(request, institution, form)
    try:
        token = uploads.keep(form.cleaned_data["supplied"])
        checked = [_checked(edition, institution) for edition in registry.read(uploads.kept(token))]
    except Refused as problem:
        form.add_error("supplied", str(problem))
        return _sets(request, institution, form)
    return _sets(request, institution, SupplyForm(), checked=checked, token=token)


@login_required
@require_POST
def load_code_set(request: HttpRequest) -> HttpResponse:
    institution = _loading_for(request)
    token = request.POST.get("token", "")
    try:
        path = uploads.kept(token)
        for edition in registry.read(path):
            owner = institution if edition.system in LICENSED else None
            loaded = load.load(edition, source=path.name, now=timezone.now(), institution=owner)
            messages.success(request, wording.loaded(str(loaded.release), loaded.release.span, loaded.is_new))
    except Refused as problem:
        form = SupplyForm(request.POST)
        form.errors.clear()
        form.add_error(None, str(problem))
        return _sets(request, institution, form)
    uploads.forget(token)
    search.build_index()
    return redirect("code_sets")


def _loading_for(request: HttpRequest) -> Institution:
    institution = uploads.institution_of(request.user)
    if institution is None:
        raise PermissionDenied
    return institution


def _checked(edition: Edition, institution: Institution) -> dict[str, object]:
    owner = institution if edition.system in LICENSED else None
    return {"summary": wording.summary(edition), "changes": wording.difference(load.plan(edition, owner))}


def _sets(request: HttpRequest, institution: Institution, form: SupplyForm, **checked: object) -> HttpResponse:
    held = Release.objects.held_by(institution)
    rows = tuple((str(each), each.span, each.source) for each in held)
    columns = ("Release", "In force", ("Source", "", Kind.CODE))
    page = {
        "form": form,
        "purposes": purposes.purposes(timezone.now().date()),
        "table": Table("Loaded code sets", columns, rows, wording.NOTHING_LOADED),
        **checked,
    }
    return render(request, "codesets/code_sets.html", page, status=422 if form.errors else 200)


def _list(
    request: HttpRequest, *, explanation: str, found: search.Found | None = None, status: int = 200
) -> HttpResponse:
    hits = found.results if found else []
    context = {"hits": hits, "release": found.release if found else "", "explanation": explanation}
    return render(request, "codesets/options.html", context, status=status)
