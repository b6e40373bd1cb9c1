"""Which codes the published charts and lessons hold: what a new release of a code set may touch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from accounts.models import InstitutionQuerySet
from codesets.groupers import msdrg
from codesets.groupers.claims import CannotGroup, version_on
from codesets.models import System
from coursework.cases.models import AnswerKey, Case, KeyLine
from coursework.keys import stay_of
from coursework.lessons import markdown
from coursework.lessons.models import Lesson

ICD10CM = System.ICD10CM.value


@dataclass(frozen=True, order=True)
class Holding:
    """One code in one piece of content. `on` is the day whose code set the piece is written for."""

    kind: str
    title: str
    part: str
    system: str
    code: str
    on: date | None = None
    address: str = ""


def codes_held(owners: InstitutionQuerySet) -> Iterator[Holding]:
    yield from _in_keys(owners)
    yield from _in_lessons(owners)


def current_keys(owners: InstitutionQuerySet) -> list[AnswerKey]:
    """The newest revision of the key of each chart that is shown now, with its lines. Two statements."""
    shown = Case.objects.filter(archived_at=None, institution__in=owners, current__isnull=False)
    keys = AnswerKey.objects.filter(case_version__in=shown.values("current")).select_related("case_version__case")
    newest = {key.case_version_id: key for key in keys.order_by("revision").prefetch_related("lines")}
    return sorted(newest.values(), key=lambda key: key.case_version.title)


def _in_keys(owners: InstitutionQuerySet) -> Iterator[Holding]:
    for key in current_keys(owners):
        for system, code in sorted({pair for line in key.lines.all() for pair in _codes_of(line)}):
            yield _holding(key, system, code)


def _holding(key: AnswerKey, system: str, code: str) -> Holding:
    version = key.case_version
    part, address = f"key {key.revision}", version.case.get_absolute_url()
    return Holding("Chart", version.title, part, system, code, version.header.coded_on, address)


def _codes_of(line: KeyLine) -> Iterator[tuple[str, str]]:
    """The line's own code, and those that are taken in its place."""
    yield line.system, line.code
    for other in line.accept:
        yield line.system, other["code"]


def regrouped(owners: InstitutionQuerySet, *, on: date) -> Iterator[Holding]:
    """Stays from before that day whose key groups to another MS-DRG on it; none where no grouper is installed."""
    for key in current_keys(owners):
        header = key.case_version.header
        if not header.is_inpatient or header.coded_on >= on:
            continue
        try:
            groups = [msdrg.group(stay_of(key, on=day)).drg for day in (header.coded_on, on)]
        except CannotGroup:
            continue
        if groups[0] != groups[1]:
            yield _holding(key, System.MS_DRG, " → ".join(groups))


def why_not_regrouped(on: date) -> str:
    """The sentence where no grouper of that day is at hand; empty where one is."""
    try:
        version_on(on)
    except CannotGroup as problem:
        return str(problem)
    return ""


def _in_lessons(owners: InstitutionQuerySet) -> Iterator[Holding]:
    for lesson in Lesson.objects.filter(archived_at=None, course__institution__in=owners):
        for code in sorted(markdown.code_references(lesson.body)):
            yield Holding("Lesson", lesson.title, "text", ICD10CM, code, lesson.codes_on, lesson.get_absolute_url())
