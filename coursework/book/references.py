"""Codes as text refers to them: title, billable or not, and the address in the code book."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from codesets.models import NoRelease, Release
from codesets.relations import relations_for
from coursework.lessons.markdown import CodeReference


def code_references_on(on: date, codes: Iterable[str]) -> dict[str, CodeReference]:
    """By code as written. Codes that the release of that day does not hold are absent; so are all without a release."""
    wanted = list(codes)
    try:
        release = Release.objects.in_force("icd10cm", on)
    except NoRelease:
        return {}
    return {
        code: CodeReference(code, facts.title, facts.billable, reverse("code_in_release", args=[release.label, code]))
        for code, facts in relations_for(wanted, release).items()
    }
