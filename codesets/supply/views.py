"""The pages on which an institution admin loads official files, and records the licence that CPT needs."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Institution
from codesets import cpt, purposes, wording
from codesets.loaders import registry
from codesets.loaders.archive import Refused
from codesets.models import CptLicence, Release, Supplied
from codesets.supply import uploads
from codesets.supply.forms import LicenceForm, SupplyForm
from codesets.supply.work import discard, work_on
from codesets.tasks import work_on_supplied
from kit.tables import Kind, Table


@login_required
@require_http_methods(["GET", "POST"])
def code_sets(request: HttpRequest) -> HttpResponse:
    """What is loaded. A supplied file is checked and compared in the background; nothing is written yet."""
    institution = _loading_for(request)
    form = SupplyForm(request.POST, request.FILES) if request.method == "POST" else SupplyForm()
    if not form.is_valid():
        return _sets(request, institution, form)
    try:
        kept = _kept(form.cleaned_data["supplied"], institution, request)
    except Refused as problem:
        form.add_error("supplied", str(problem))
        return _sets(request, institution, form)
    return _enqueued(kept)


@login_required
@require_safe
def supplied(request: HttpRequest, pk: int) -> HttpResponse:
    """One supplied file: where it stands, what it would change, what it became."""
    found = get_object_or_404(Supplied.objects.of(_loading_for(request)), pk=pk)
    return render(request, "codesets/supplied.html", {"supplied": found})


@login_required
@require_POST
def load_code_set(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Supplied.objects.of(_loading_for(request)), pk=pk)
    if found.state == Supplied.State.CHECKED and found.move(to=Supplied.State.TO_LOAD):
        return _enqueued(found)
    return redirect(found)


@login_required
@require_POST
def discard_supplied(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Supplied.objects.of(_loading_for(request)), pk=pk)
    if discard(found, now=timezone.now()):
        messages.success(request, wording.discarded(found.name))
        return redirect("code_sets")
    messages.warning(request, wording.TOO_LATE_TO_DISCARD)
    return redirect(found)


@login_required
@require_POST
def work_now(request: HttpRequest, pk: int) -> HttpResponse:
    """Where no worker runs: the answer comes when it is done."""
    found = get_object_or_404(Supplied.objects.of(_loading_for(request)), pk=pk)
    work_on(found, now=timezone.now())
    return redirect(found)


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
    number = ("", Kind.NUMBER)
    people = (("Licensed people", *number), ("With access", *number), ("Who saw CPT", *number))
    columns = ("Year", "Licence", "In force", *people)
    rows = tuple(map(_licence_row, CptLicence.objects.filter(institution=institution)))
    page = {"form": form, "table": Table("Recorded licences", columns, rows, wording.NOTHING_LOADED)}
    return render(request, "codesets/cpt_licence.html", page, status=422 if form.errors else 200)


def _licence_row(licence: CptLicence) -> tuple[object, ...]:
    people = (licence.users, cpt.people_with_access(licence), cpt.readers(licence.institution, licence.year))
    return (licence.year, licence.number, licence.span, *people)


def _loading_for(request: HttpRequest) -> Institution:
    institution = uploads.institution_of(request.user)
    if institution is None:
        raise PermissionDenied
    return institution


def _kept(file: UploadedFile, institution: Institution, request: HttpRequest) -> Supplied:
    """Told at once when nothing in it is known; what needs reading waits for the worker."""
    token = uploads.keep(file)
    try:
        registry.recognised(uploads.kept(token))
    except Exception:
        uploads.forget(token)
        raise
    return Supplied.objects.create(
        institution=institution,
        supplied_by=request.user,
        name=uploads.kept(token).name,
        token=token,
        requested_at=timezone.now(),
    )


def _enqueued(found: Supplied) -> HttpResponse:
    """The row is the queue: when the broker is away, the sweep finds it."""

    def hint() -> None:
        work_on_supplied.delay(found.pk)

    transaction.on_commit(hint, robust=True)
    return redirect(found)


def _sets(request: HttpRequest, institution: Institution, form: SupplyForm) -> HttpResponse:
    held = Release.objects.held_by(institution)
    rows = tuple((str(each), each.span, each.source) for each in held)
    columns = ("Release", ("In force", "", Kind.SPAN), "Source")
    today = timezone.now().date()
    page = {
        "form": form,
        "purposes": purposes.purposes(today, request.user),
        "behind": wording.behind(each.system for each in purposes.behind(today)),
        "table": Table("Loaded code sets", columns, rows, wording.NOTHING_LOADED),
        "supplied": Supplied.objects.of(institution).shown(),
    }
    return render(request, "codesets/code_sets.html", page, status=422 if form.errors else 200)
