"""What a page of the book answers where something is not loaded, or not in the edition."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from codesets.models import System
from coursework.book import set_wording as wording


def not_loaded(request: HttpRequest, system: System) -> HttpResponse:
    title, text = wording.missing_book(system)
    return render(request, "coursework/book/no_such.html", {"title": title, "text": text, "is_missing": True})


def not_there(request: HttpRequest, typed: str, sentence: str) -> HttpResponse:
    page = {"title": wording.no_such(typed), "text": sentence}
    return render(request, "coursework/book/no_such.html", page, status=404)
