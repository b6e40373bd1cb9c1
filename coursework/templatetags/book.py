"""What templates say of the code book: a citation that leads to its section, and what is in the margin of a page."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from coursework.book import links, wording
from coursework.book.marks import margin_of, marks_are_open
from coursework.book.pages import page_at

register = template.Library()


@register.simple_tag
def cite(number: str) -> SafeString:
    return links.citation(number) if number else SafeString()


@register.simple_tag(takes_context=True)
def own_margin(context: dict[str, Any]) -> dict[str, Any]:
    """Empty where the page is none of the book, or an exam forbids it: then nothing is read and nothing is shown."""
    request = context["request"]
    page = page_at(request.path)
    if page is None or not marks_are_open(request.user):
        return {"closed": wording.MARKS_CLOSED if page else ""}
    return margin_of(request.user, page).as_context()
