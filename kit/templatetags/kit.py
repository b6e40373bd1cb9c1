"""The template language of the product: icons, buttons, badges, notices, tables, and how values are written."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField
from django.template.loader import render_to_string
from django.utils.html import json_script
from django.utils.safestring import SafeString, mark_safe

from kit import icons, keyboard
from kit.forms import error_sentences
from kit.tables import Table

register = template.Library()
NO_BREAK = "\N{NO-BREAK SPACE}"
ICONS_AFTER_TEXT = {"right", "arrow-right", "down", "external"}
NOTICE_ICONS = {"info": "info", "warning": "warning", "danger": "warning", "success": "check"}
NOTICE_OF_LEVEL = {"debug": "info", "info": "info", "success": "success", "warning": "warning", "error": "danger"}
BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrom": "Chrome", "Safari": "Safari"}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


@register.simple_tag
def icon(name: str) -> SafeString:
    return icons.icon(name)


@register.inclusion_tag("elements/button.html")
def button(text: str, kind: str = "primary", **options: Any) -> dict[str, Any]:
    """`href` makes it a link; `key` is an action of the keyboard table.

    Further options: `name`, `value`, `id`, `form`, `type`, `icon`, `dense`, `disabled`, and `label` for screen readers.
    """
    found = [s for s in keyboard.SHORTCUTS if s.action and s.action == options.get("key")]
    side = "after" if options.get("icon") in ICONS_AFTER_TEXT else "before"
    return {"text": text, "kind": kind, "type": "submit", **options, "side": side, "shortcut": next(iter(found), None)}


@register.inclusion_tag("elements/badge.html")
def badge(kind: str, word: str) -> dict[str, Any]:
    return {"kind": kind, "word": word, "shape": icons.badge_shape(kind)}


def badge_of(kind: str, word: str) -> SafeString:
    """In the cell of a table."""
    return render_to_string("elements/badge.html", badge(kind, word))


@register.inclusion_tag("elements/tag.html")
def tag(word: str, kind: str = "") -> dict[str, Any]:
    return {"word": word, "kind": kind}


@register.inclusion_tag("elements/notice.html")
def notice(kind: str, text: str, title: str = "") -> dict[str, Any]:
    kind = NOTICE_OF_LEVEL.get(kind, kind)
    return {"kind": kind, "text": text, "title": title, "icon": NOTICE_ICONS[kind]}


@register.inclusion_tag("elements/empty_state.html")
def empty_state(title: str, text: str, href: str = "", action: str = "", kind: str = "primary") -> dict[str, Any]:
    return {"title": title, "text": text, "href": href, "action": action, "kind": kind}


@register.inclusion_tag("elements/error_summary.html")
def error_summary(form: BaseForm, still: bool = False) -> dict[str, Any]:
    """Every error with the id of its field, so that each line leads to where it is put right.

    The summary takes the focus when the page opens, unless it is `still` (a sample on the style page).
    """
    if not isinstance(form, BaseForm) or not form.is_bound:
        return {"general": [], "errors": []}
    hidden = [error for field in form.hidden_fields() for error in field.errors]
    errors = [(first_input_id(field), text) for field in form.visible_fields() for text in error_sentences(field)]
    return {"general": [*form.non_field_errors(), *hidden], "errors": errors, "still": still, "form": form}


def first_input_id(field: BoundField) -> str:
    return field.id_for_label or f"{field.auto_id}_0"


@register.simple_tag
def render_table(table: Table) -> SafeString:
    return render_to_string("elements/table.html", {"table": table})


@register.inclusion_tag("elements/meter.html")
def meter(value: float, maximum: float, label: str) -> dict[str, Any]:
    share = 100 * max(0.0, min(1.0, value / maximum)) if maximum else 0.0
    return {"width": f"{share:.1f}%", "label": label}


@register.simple_tag
def keyboard_table() -> SafeString:
    return json_script(keyboard.for_scripts(), "keyboard-table")


@register.filter
def widget_kind(field: BoundField) -> str:
    """Which row the field needs: a single tick box has its label behind it, a group has a legend."""
    return "checkbox" if getattr(field.field.widget, "input_type", "") == "checkbox" and not field.use_fieldset else ""


register.filter(error_sentences)


@register.filter
def day(value: date | datetime | None, user: Any = None) -> str:
    """A date; of a moment, the date that its reader has then: 14 Dec 2025."""
    on = in_zone_of(user, value) if isinstance(value, datetime) else value
    return f"{on.day} {on:%b %Y}" if on else "–"


@register.filter
def moment(value: datetime | None, user: Any = None) -> str:
    """Date, time and zone as the reader lives them: 14 Dec 2025, 09:00 EST."""
    if value is None:
        return "–"
    local = in_zone_of(user, value)
    return f"{day(local.date())}, {local:%H:%M}{NO_BREAK}{local.tzname()}"


def in_zone_of(user: Any, value: datetime) -> datetime:
    return value.astimezone(ZoneInfo(getattr(user, "time_zone", "") or settings.TIME_ZONE))


@register.filter
def percent(milli: int | None) -> str:
    """Milli-points are exact to a tenth of a per cent, so 69.5 % never reads as 70 %."""
    if milli is None:
        return "–"
    whole, tenth = divmod(int(milli), 10)
    return f"{whole}.{tenth}{NO_BREAK}%" if tenth else f"{whole}{NO_BREAK}%"


@register.filter
def duration(minutes: float | timedelta | None) -> str:
    if minutes is None:
        return "–"
    total = round(minutes.total_seconds() / 60) if isinstance(minutes, timedelta) else round(minutes)
    hours, rest = divmod(total, 60)
    parts = [f"{hours}{NO_BREAK}h"] * bool(hours) + [f"{rest}{NO_BREAK}min"] * bool(rest or not hours)
    return " ".join(parts)


@register.filter
def stopwatch(seconds: int) -> str:
    """How long something took, as a clock that counts up shows it: 0:42, 12:05."""
    return f"{seconds // 60}:{seconds % 60:02}"


@register.simple_tag
def current(path: str, link: str) -> SafeString:
    """Marks the link of the page, or of the part of the site, that is shown now."""
    if path == link:
        return mark_safe(' aria-current="page"')
    return mark_safe(' aria-current="true"') if path.startswith(link) and link != "/" else mark_safe("")


@register.filter
def browser(user_agent: str) -> str:
    """What people call it; the first match wins, because every browser names several."""
    name = next((word for sign, word in BROWSERS.items() if sign in user_agent), "A browser")
    system = next((word for sign, word in SYSTEMS.items() if sign in user_agent), "")
    return f"{name} on {system}" if system else name
