"""What holds for every answer: a person's page stays in no browser, and an expired log-in ends on a page.

A middleware, so that no view can forget it. It stands outside of everything that answers for a view.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render, resolve_url
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme

View = Callable[[HttpRequest], HttpResponse]


def personal_answers(get_response: View) -> View:
    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if isinstance(response, HttpResponseNotAllowed):
            response = wrong_way(request, response)
        elif wants_log_in(request, response):
            response = to_log_in(request, response)
        # Nobody looked at the session: nothing personal is in it, and a health page must not ask the database.
        if request.session.accessed and request.user.is_authenticated:
            add_never_cache_headers(response)
        return response

    return answer


def wrong_way(request: HttpRequest, refused: HttpResponseNotAllowed) -> HttpResponse:
    page = render(request, "405.html", status=405)
    page["Allow"] = refused["Allow"]
    return page


def wants_log_in(request: HttpRequest, response: HttpResponse) -> bool:
    """Exactly what Django's login_required answers."""
    return response.get("Location") == redirect_to_login(request.get_full_path()).url


def to_log_in(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """After the log-in comes a page, never the address that a form was sent to; htmx must not swap the log-in in."""
    if request.htmx:
        log_in = redirect_to_login(page_of(request)).url
        return HttpResponse(status=401, headers={"HX-Redirect": log_in})
    return redirect_to_login(page_of(request)) if request.method == "POST" else response


def page_of(request: HttpRequest) -> str:
    """The page of ours from which this was sent, or else the start page."""
    page = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure()):
        return urlsplit(page)._replace(scheme="", netloc="", fragment="").geturl()
    return resolve_url(settings.LOGIN_REDIRECT_URL)
