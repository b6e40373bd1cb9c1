"""Read a lesson and answer its checks."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from coursework.book.links import with_citations
from coursework.book.references import code_references_on
from coursework.cases.models import Case
from coursework.lessons import markdown
from coursework.lessons.answer_check import UnknownOption, answer_check
from coursework.lessons.models import Check, CheckAnswer, Lesson


@login_required
@require_safe
def lessons(request: HttpRequest) -> HttpResponse:
    found = Lesson.objects.visible_to(request.user).with_progress(request.user).select_related("course")
    return render(request, "coursework/lessons.html", {"lessons": found})


@login_required
@require_safe
def lesson(request: HttpRequest, slug: str) -> HttpResponse:
    found = find_lesson(request, slug)
    references = code_references_on(found.codes_on, markdown.code_references(found.body))
    answers = newest_answers(found, request.user)
    outline = Lesson.objects.visible_to(request.user).with_progress(request.user).filter(course=found.course)
    page = {
        "lesson": found,
        "parts": list(with_checks(found, markdown.parts(found.body, references, with_citations), answers)),
        "outline": outline,
        "next_lesson": next((other for other in outline if other.position > found.position), None),
        "answered_count": len(answers),
        "references": sorted(references.values(), key=lambda reference: reference.code),
        "cases": Case.objects.visible_to(request.user).with_current().filter(slug__in=found.cases),
    }
    return render(request, "coursework/lesson.html", page)


@login_required
@require_POST
def check(request: HttpRequest, slug: str, check_slug: str) -> HttpResponse:
    found = find_lesson(request, slug)
    asked = get_object_or_404(found.asked, slug=check_slug)
    try:
        answer = answer_check(asked, request.user, request.POST.get("option", ""), now=timezone.now())
    except UnknownOption as error:
        page = {"lesson": found, "check": asked, "error": str(error)}
        return render(request, "coursework/check_page.html", page, status=422)
    if request.htmx:
        return render(request, "coursework/_check.html", {"lesson": found, "check": asked, "answer": answer})
    return redirect(f"{found.get_absolute_url()}#check-{asked.slug}")


def find_lesson(request: HttpRequest, slug: str) -> Lesson:
    found = Lesson.objects.visible_to(request.user).named(slug).select_related("course").first()
    if found is None:
        raise Http404
    return found


def newest_answers(found: Lesson, user: User) -> dict[int, CheckAnswer]:
    answers = CheckAnswer.objects.filter(check_in_lesson__in=found.asked, user=user)
    return {answer.check_in_lesson_id: answer for answer in answers}


def with_checks(found: Lesson, parts: list[markdown.Part], answers: dict[int, CheckAnswer]) -> Any:
    """Each part with its check and the learner's newest answer beside it."""
    checks: dict[str, Check] = {check.slug: check for check in found.asked}
    for part in parts:
        asked = checks.get(part.check)
        yield {"html": part.html, "check": asked, "answer": answers.get(asked.pk) if asked else None}
