"""The picker's list: an HTML fragment of codes for what was typed."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from codesets import formats, search, wording
from codesets.models import NoRelease
from codesets.systems import System

ROWS = 8
CHART = (System.ICD10CM,)  # what a chart's sheet takes so far
SIX, SEVENTHS = 6, 17  # a code of six characters with every 7th character that a fracture may have


class FindForm(forms.Form):
    """What the picker asks: words or a code, and the date of the encounter."""

    q = forms.CharField(max_length=search.MAX_QUERY, required=False)
    on = forms.DateField(required=False)


@login_required
@require_GET
def find_codes(request: HttpRequest) -> HttpResponse:
    form = FindForm(request.GET)
    if not form.is_valid():
        return _list(request, explanation=wording.CANNOT_SEARCH, status=400)
    if not request.book_rule.allows_search:
        return _list(request, explanation=request.book_rule.because, status=403)
    asked = form.cleaned_data["q"]
    try:
        on, limit = form.cleaned_data["on"], _rows(asked)
        found = search.find(asked, on=on, systems=CHART, limit=limit, waits=False)
    except NoRelease as problem:
        return _list(request, explanation=str(problem))
    return _list(request, found=found, explanation=_why_empty(asked, found.warning))


def _why_empty(asked: str, warning: str) -> str:
    if not asked.strip():
        return wording.TYPE_TO_SEARCH
    return wording.NOTHING_BEFORE_THAT if warning else wording.NOTHING_FOUND


def _rows(asked: str) -> int:
    return SEVENTHS if len(formats.strip(asked)) == SIX and formats.has_shape(asked) else ROWS


def _list(
    request: HttpRequest, *, explanation: str, found: search.Found | None = None, status: int = 200
) -> HttpResponse:
    return render(request, "codesets/options.html", {"found": found, "explanation": explanation}, status=status)
