"""What was looked up in the book while a chart was being coded, in which order and by which way."""

from collections.abc import Callable, Iterable
from urllib.parse import unquote, urlsplit

from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, Concat
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from coursework.book.pages import page_at
from coursework.practice.models import Attempt, LookUp
from grading.trail import Step

LONGEST = 300


def record_look_ups(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, so that no page of the book can be forgotten."""

    def record(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_read = request.method == "GET" and response.status_code == 200
        if is_read and request.path.startswith(reverse("code_search")) and (step := look_up_of(request)):
            note(request, step)
        return response

    return record


def look_up_of(request: HttpRequest) -> LookUp | None:
    words = request.GET.get("q", "").strip()
    if request.path == reverse("code_search") and words:
        return LookUp(kind=LookUp.Kind.SEARCH, at=words[:LONGEST])
    page = page_at(request.path)
    return LookUp(kind=page.book.kind, page=page.key[:LONGEST], at=page.at[:LONGEST]) if page else None


def note(request: HttpRequest, step: LookUp) -> None:
    """For the chart whose workspace was opened last in this browser, or else for the one begun last."""
    if not request.user.is_authenticated:
        return
    last = LookUp.objects.filter(attempt=OuterRef("pk")).order_by("-pk").values(seen=Concat("kind", Value(" "), "at"))
    charts = Attempt.objects.filter(user=request.user, state=Attempt.State.OPEN)
    found = list(charts.annotate(seen=Coalesce(Subquery(last[:1]), Value(""))).order_by("-pk"))
    coding = next((chart for chart in found if chart.pk == request.session.get("chart")), next(iter(found), None))
    if coding and coding.seen != f"{step.kind} {step.at}":
        step.attempt, step.reached_by = coding, way_to(request)
        step.save(force_insert=True)


def way_to(request: HttpRequest) -> LookUp.ReachedBy:
    """By the page that the browser came from."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc != request.get_host():
        return LookUp.ReachedBy.DIRECT
    path = unquote(came_from.path)
    if path == reverse("code_search"):
        return LookUp.ReachedBy.SEARCH
    page = page_at(path)
    return LookUp.ReachedBy(page.book.kind) if page else LookUp.ReachedBy.LINK


def steps_of(look_ups: Iterable[LookUp]) -> list[Step]:
    return [Step(each.kind, each.at) for each in look_ups]
