"""Write the lessons of a pack. Unchanged lessons write nothing; a lesson that is gone is archived."""

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import Institution
from coursework.authoring.hashes import content_hash
from coursework.authoring.read_pack import ContentError, PackText
from coursework.book.references import code_references_on
from coursework.cases.header import as_date
from coursework.lessons import markdown
from coursework.lessons.models import Check, Course, Lesson

FIELDS = ["position", "title", "minutes", "guideline", "rule", "body", "codes_on", "cases"]


@transaction.atomic
def load_lessons(pack: PackText, institution: Institution, *, now: datetime) -> int:
    """How many lessons were new or changed."""
    course, _ = Course.objects.get_or_create(
        institution=institution, slug=pack.slug, defaults={"title": pack.title, "sentence": pack.sentence}
    )
    written = sum(load_lesson(course, fields, now=now) for fields in pack.lessons)
    kept = [fields["slug"] for fields in pack.lessons]
    course.lessons.filter(archived_at=None).exclude(slug__in=kept).update(archived_at=now)
    return written


def load_lesson(course: Course, fields: dict[str, Any], *, now: datetime) -> bool:
    text_hash = content_hash(fields)
    rename(course, fields)
    refuse_taken_slug(course, fields)
    if course.lessons.filter(slug=fields["slug"], text_hash=text_hash, archived_at=None).exists():
        return False
    refuse_unknown_codes(fields)
    values = {name: fields.get(name) or [] for name in FIELDS} | {"text_hash": text_hash, "archived_at": None}
    lesson, _ = Lesson.objects.update_or_create(course=course, slug=fields["slug"], defaults=values)
    load_checks(lesson, fields, now=now)
    return True


def rename(course: Course, fields: dict[str, Any]) -> None:
    if fields.get("was"):
        course.lessons.filter(slug=fields["was"]).update(slug=fields["slug"])


def refuse_taken_slug(course: Course, fields: dict[str, Any]) -> None:
    """A lesson is found by its slug alone, so two courses of one institution cannot share one."""
    others = Lesson.objects.filter(course__institution=course.institution, slug=fields["slug"]).exclude(course=course)
    if others.exists():
        raise ContentError(f"{fields['file']}: another course has a lesson {fields['slug']}. Choose another slug.")


def refuse_unknown_codes(fields: dict[str, Any]) -> None:
    wanted = markdown.code_references(fields["body"])
    known = code_references_on(as_date(fields["codes_on"]), wanted)
    if unknown := sorted(wanted - known.keys()):
        raise ContentError(f"{fields['file']}: {', '.join(unknown)} is no code on {fields['codes_on']}.")


def load_checks(lesson: Lesson, fields: dict[str, Any], *, now: datetime) -> None:
    """A check keeps its row, and so its answers; one that is gone is archived."""
    try:
        texts = markdown.checks(fields["body"])
    except ValueError as error:
        raise ContentError(f"{fields['file']}: {error}") from error
    for position, check in enumerate(texts, start=1):
        refuse_unfair_check(fields["file"], check)
        values = {name: check.fields.get(name, "") for name in ("stem", "options", "rule", "guideline")}
        place = {"position": position, "archived_at": None}
        Check.objects.update_or_create(lesson=lesson, slug=check.slug, defaults=values | place)
    lesson.asked.exclude(slug__in=[check.slug for check in texts]).update(archived_at=now)


def refuse_unfair_check(file: str, check: markdown.CheckText) -> None:
    options = check.fields.get("options") or []
    if sum(bool(option.get("right")) for option in options) != 1:
        raise ContentError(f"{file}: the check {check.slug} needs exactly one right option.")
    if any(not option.get("why") for option in options):
        raise ContentError(f"{file}: every option of the check {check.slug} needs its why.")
