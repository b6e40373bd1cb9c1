"""The pages on which an institution admin loads official files, and records the licence that CPT needs."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Institution
from codesets import cpt, purposes, search, wording
from codesets.loaders import load, registry
from codesets.loaders.archive import Refused
from codesets.loaders.edition import Edition
from codesets.models import CptLicence, Release
from codesets.supply import uploads
from codesets.supply.forms import LicenceForm, SupplyForm
from codesets.systems import LICENSED
from kit.tables import Kind, Table


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


@login_required
@require_http_methods(["GET", "POST"])
def cpt_licence(request: HttpRequest) -> HttpResponse:
    """The AMA licences that the institution has recorded, and how many people have read CPT under each."""
    institution = _loading_for(request)
    form = LicenceForm(request.POST if request.method == "POST" else None, institution=institution)
    if form.is_valid():
        form.instance.institution = institution
        form.instance.attested_by, form.instance.attested_at = request.user, timezone.now()
        licence = form.save()
        messages.success(request, wording.licence_recorded(licence.year))
        return redirect("code_sets")
    licences = CptLicence.objects.filter(institution=institution)
    rows = tuple(
        (each.year, each.number, each.span, each.users, cpt.readers(institution, each.year)) for each in licences
    )
    number = ("", Kind.NUMBER)
    columns = ("Year", "Licence", "In force", ("Licensed people", *number), ("People who saw CPT", *number))
    page = {"form": form, "table": Table("Recorded licences", columns, rows, wording.NOTHING_LOADED)}
    return render(request, "codesets/cpt_licence.html", page, status=422 if form.errors else 200)


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
    columns = ("Release", "In force", "Source")
    page = {
        "form": form,
        "purposes": purposes.purposes(timezone.now().date()),
        "table": Table("Loaded code sets", columns, rows, wording.NOTHING_LOADED),
        **checked,
    }
    return render(request, "codesets/code_sets.html", page, status=422 if form.errors else 200)
