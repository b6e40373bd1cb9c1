"""Words of the face sheet in templates."""

from django import template

from coursework import wording

register = template.Library()


@register.filter
def face_word(value: str) -> str:
    return wording.FACE_WORDS[value]
