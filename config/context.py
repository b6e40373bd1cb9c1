"""What every page may say: which site this is, who is looking, and which style sheets it wears."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.models import Cohort
from accounts.roles import Capability
from codesets.loaders.packages import PACKAGED
from codesets.models import Release
from coursework.authoring.models import Pack

STYLESHEETS = [
    f"css/{name}.css" for name in ["tokens", "base", "elements", "forms", "layouts", "workspace", "runner", "feedback"]
]


def site(request: HttpRequest) -> dict[str, Any]:
    return {
        "is_demo": settings.DEMO,
        "stylesheets": STYLESHEETS,
        "teaches": SimpleLazyObject(partial(teaches, request)),
        "loading": loading,
    }


def loading() -> str:
    """The strip of a demo that serves before all of its content is in."""
    if not settings.DEMO:
        return ""
    if Pack.objects.filter(state=Pack.State.LOADING).exists():
        return "Still loading: the exam and its questions appear in a few seconds. Everything else works already."
    if Release.objects.are_missing(PACKAGED):
        return "Still loading: procedure codes, supplies and their tables appear in a minute. Diagnoses are all here."
    return ""


def teaches(request: HttpRequest) -> bool:
    """Asked by the header only, once for both its menus, so a page without it (the exam runner) costs no query."""
    user = getattr(request, "user", None)
    return bool(user and user.is_authenticated and Cohort.objects.allowing(user, Capability.SEE_RESULTS).exists())
