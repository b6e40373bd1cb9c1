"""What templates say of the code book: a citation that leads to its section."""

from django import template
from django.utils.safestring import SafeString

from codesets.search import Hit
from coursework.book import editions, links

register = template.Library()


@register.simple_tag
def cite(number: str) -> SafeString:
    return links.citation(number) if number else SafeString()


@register.filter
def address(hit: Hit) -> str:
    """Where the book shows what a search has found."""
    return editions.address_of(hit.system, hit.release, hit.code)
