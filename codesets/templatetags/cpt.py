"""The owner's notice, wherever a page shows a CPT number: {% cpt_notice year %}. Without a year it shows nothing."""

from typing import Any

from django import template

from codesets import wording

register = template.Library()


@register.inclusion_tag("codesets/cpt_notice.html")
def cpt_notice(year: int | None) -> dict[str, Any]:
    return {"notice": wording.cpt_notice(year) if year else ""}
