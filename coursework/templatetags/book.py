"""What templates say of the code book: a citation that leads to its section, whether its search is on, one's margin."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from codesets.search import Hit
from coursework.book import editions, links, mode, wording
from coursework.book.marks import margin_of
from coursework.book.pages import page_at

register = template.Library()


@register.simple_tag
def cite(number: str) -> SafeString:
    return links.citation(number) if number else SafeString()


@register.filter
def address(hit: Hit) -> str:
    """Where the book shows what a search has found."""
    return editions.address_of(hit.system, hit.release, hit.code)


@register.simple_tag(takes_context=True)
def book_mode(context: dict[str, Any]) -> mode.Mode:
    return mode.mode_of(context["request"])


@register.simple_tag(takes_context=True)
def own_margin(context: dict[str, Any]) -> dict[str, Any]:
    """Empty where the page is none of the book, or an exam forbids it: then nothing is read and nothing is shown."""
    request = context["request"]
    page = page_at(request.path)
    if page is None or not request.book_rule.allows_marks:
        return {"closed": wording.MARKS_CLOSED if page else ""}
    return margin_of(request.user, page).as_context()
