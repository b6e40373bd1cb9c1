"""What templates say of the code book: a citation that leads to its section, and whether its search is on."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from coursework.book import links, mode

register = template.Library()


@register.simple_tag
def cite(number: str) -> SafeString:
    return links.citation(number) if number else SafeString()


@register.simple_tag(takes_context=True)
def book_mode(context: dict[str, Any]) -> mode.Mode:
    return mode.mode_of(context["request"])
