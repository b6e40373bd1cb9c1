"""The code book: search it, and read one code with everything that governs it."""

from itertools import groupby

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from codesets import search
from codesets.models import Code, NoRelease, Release
from coursework import wording
from coursework.book.forms import SearchForm
from coursework.cases.models import Case, KeyLine
from coursework.practice.models import Attempt

RESULTS_ON_A_PAGE = 30


@login_required
@require_safe
def code_search(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET if request.GET.get("q") else None)
    loaded = Release.objects.filter(state=Release.State.READY).code_sets()
    page = {"form": form, "query": form.query(), "releases": loaded}
    if form.is_valid() and form.query():
        try:
            page["found"] = search.find(
                form.query(),
                on=form.cleaned_data["on"],
                systems=("icd10cm",),
                viewer=request.user,
                limit=RESULTS_ON_A_PAGE,
            )
        except NoRelease as error:
            page["problem"] = str(error)
    return render(request, "coursework/code_search.html", page)


@login_required
@require_safe
def code(request: HttpRequest, code: str, label: str = "") -> HttpResponse:
    release = find_release(label)
    found = Code.objects.in_release(release).with_place().find_code(code) if release else None
    if found is None:
        text = wording.unknown_code(code, release.label if release else label)
        return render(request, "coursework/code_unknown.html", {"typed": code, "sentence": text}, status=404)
    if code != found.dotted:
        return redirect("code_in_release", release.label, found.dotted)
    return render(request, "coursework/code.html", code_page(found, request))


def find_release(label: str) -> Release | None:
    """The release of that label; without a label, the newest one."""
    ready = Release.objects.ready("icd10cm")
    chosen = ready.filter(label=label) if label else ready
    found = chosen.order_by("-effective_from").first()
    if label and found is None:
        raise Http404
    return found


def code_page(found: Code, request: HttpRequest) -> dict:
    notes = found.inherited_notes()
    return {
        "code": found,
        "ancestors": list(found.ancestors),
        "children": list(found.children),
        "siblings": list(found.siblings) if found.parent else [],
        "notes": [(*place, list(held)) for place, held in groupby(notes, key=lambda held: (held.heading, held.source))],
        "cases": cases_using(found, request),
        "releases": Release.objects.ready("icd10cm"),
    }


def cases_using(found: Code, request: HttpRequest) -> list[Case]:
    """Cases with this code in their key, among those that this learner has submitted: the book gives no key away."""
    keyed = KeyLine.objects.filter(code=found.dotted, line_class=KeyLine.LineClass.REQUIRED)
    coded = Attempt.objects.filter(user=request.user, case_version__keys__lines__in=keyed).submitted()
    return list(Case.objects.visible_to(request.user).with_current().filter(versions__attempts__in=coded).distinct())
