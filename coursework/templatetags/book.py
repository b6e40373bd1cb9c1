"""What templates say of the code book: a citation that leads to its section."""

from django import template
from django.utils.safestring import SafeString

from coursework.book import links

register = template.Library()


@register.simple_tag
def cite(number: str) -> SafeString:
    return links.citation(number) if number else SafeString()
