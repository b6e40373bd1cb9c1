"""What a person may use of the code book just now: all of it, everything but its search, or nothing.

The rule comes from above, where exams are: BOOK_RULE in the settings names the function that knows it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string

ROOT = "codes/"
# Loading is no reading, and the picker says its sentence itself.
NOT_THE_BOOK = {"find_codes", "code_sets", "supplied", "load_code_set", "work_now", "cpt_licence"}


class Book(models.TextChoices):
    WITH_SEARCH = "with_search", "With search"
    BOOK_MODE = "book_mode", "Book mode"  # Index, Tabular, tables and guidelines, as on paper
    NONE = "none", "None"


@dataclass(frozen=True)
class BookRule:
    """`because` is the sentence for whoever asks for more than the rule gives; marks are one's own tabs and notes."""

    book: Book = Book.WITH_SEARCH
    because: str = ""
    allows_marks: bool = True

    @property
    def allows_search(self) -> bool:
        return self.book == Book.WITH_SEARCH


def rule_for(user: Any) -> BookRule:
    return import_string(settings.BOOK_RULE)(user) if user.is_authenticated else BookRule()


class OpenBook:
    """Middleware: `request.book_rule` is asked for at most once, and only where the book is used."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.book_rule = SimpleLazyObject(partial(rule_for, request.user))
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        asked = request.resolver_match
        if not asked.route.lstrip("^").startswith(ROOT) or asked.url_name in NOT_THE_BOOK:
            return None
        if request.book_rule.book != Book.NONE:
            return None
        return render(request, "codesets/book_closed.html", {"sentence": request.book_rule.because}, status=403)
