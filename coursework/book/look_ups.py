"""What was looked up in the book while a chart or a drill was open, in which order and by which way."""

from collections.abc import Callable
from urllib.parse import unquote, urlsplit

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from coursework.book.pages import LONGEST_KEY, BookPage, page_at, page_named
from coursework.drills.models import Drill, DrillStep
from coursework.practice.models import Attempt, LookUp

LOOKING_FOR = "looking_for"


def record_look_ups(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, so that no page of the book can be forgotten."""

    def record(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_read = request.method == "GET" and response.status_code == 200
        if is_read and request.path.startswith(reverse("code_search")) and (step := look_up_of(request)):
            append_look(request, step)
        return response

    return record


def look_up_of(request: HttpRequest) -> LookUp | None:
    words = request.GET.get("q", "").strip()
    if request.path == reverse("code_search") and words:
        return LookUp(kind=LookUp.Kind.SEARCH, at=words[:LONGEST_KEY])
    if page := page_at(request.path):
        return LookUp(kind=page.book.kind, page=page.key, at=page.at)
    if on_the_way := page_at(request.path, or_on_the_way=True):
        typed = request.GET.get("term", "").strip()
        return LookUp(kind=on_the_way.book.kind, page=on_the_way.name, at=typed[:LONGEST_KEY])
    return None


def look_up_for(request: HttpRequest, work: Attempt | Drill) -> None:
    """From now on what is looked up in this browser is for this chart or drill."""
    if request.session.get(LOOKING_FOR) != (wanted := [work._meta.model_name, work.pk]):
        request.session[LOOKING_FOR] = wanted


def append_look(request: HttpRequest, step: LookUp) -> None:
    """Nothing without an open chart or drill; the same page again and again is one look."""
    work = open_work(request) if request.user.is_authenticated else None
    if work is None or work.seen == f"{step.page} {step.at}":
        return
    setattr(step, work._meta.model_name, work)
    step.reached_by = way_to(request)
    step.save(force_insert=True)


def open_work(request: HttpRequest) -> Attempt | Drill | None:
    """What was opened last in this browser, or else the chart begun last."""
    name, pk = request.session.get(LOOKING_FOR) or ("attempt", None)
    if name == "drill":
        answered = Count("steps", filter=Q(steps__kind=DrillStep.Kind.ANSWERED))
        drills = with_last_look(Drill.objects.filter(user=request.user, pk=pk), "drill").annotate(answered=answered)
        if (drill := drills.first()) and drill.answered < len(drill.tasks):
            return drill
    charts = with_last_look(Attempt.objects.filter(user=request.user, state=Attempt.State.OPEN), "attempt")
    found = list(charts.order_by("-pk"))
    return next((chart for chart in found if [name, pk] == ["attempt", chart.pk]), next(iter(found), None))


def with_last_look(works: QuerySet, name: str) -> QuerySet:
    last = LookUp.objects.filter(**{name: OuterRef("pk")}).order_by("-pk").values(seen=Concat("page", Value(" "), "at"))
    return works.annotate(seen=Coalesce(Subquery(last[:1]), Value("")))


def way_to(request: HttpRequest) -> LookUp.ReachedBy:
    """By the page that the browser came from."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc != request.get_host():
        return LookUp.ReachedBy.DIRECT
    path = unquote(came_from.path)
    if path == reverse("code_search"):
        return LookUp.ReachedBy.SEARCH
    page = page_at(path, or_on_the_way=True)
    return LookUp.ReachedBy(page.book.kind) if page else LookUp.ReachedBy.LINK


def looked_up(work: Attempt | Drill) -> list[tuple[LookUp, BookPage | None]]:
    """In its order, each with the page that it leads back to; a search has none."""
    return [(each, page_named(each.page)) for each in work.look_ups.all()]
