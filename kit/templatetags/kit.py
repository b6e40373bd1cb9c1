"""Template tags of the kit, loaded in every template."""

from django import template

register = template.Library()
