"""What templates say of the code book: a citation that leads to its section, and whether its search is on."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from codesets.search import Hit
from coursework.book import editions, links, mode

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
