"""Pages of the site itself: the style guide, the list of keys, and what is said when a form has expired."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kit.keyboard import by_place
from kit.samples import samples


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    return render(request, "styleguide.html", samples())


@require_safe
def keyboard(request: HttpRequest) -> HttpResponse:
    return render(request, "keyboard.html", {"places": by_place()})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The log-in or the form has expired: what was typed is shown again, so that it can be copied."""
    typed = [(name, value) for name, value in request.POST.items() if value and not is_secret(name)]
    return render(request, "403_csrf.html", {"typed": typed}, status=403)


def is_secret(field_name: str) -> bool:
    return field_name == "csrfmiddlewaretoken" or "password" in field_name
