"""Answers that came after the end of a sitting. They change nothing by themselves; their instructor decides."""

from collections.abc import Sequence
from typing import Any

from accounts.models import User
from kit.tables import Column, Table
from kit.templatetags.kit import moment
from quizzes.forms.models import Administration, FormItem
from quizzes.scoring.results import students_sittings
from quizzes.sitting.models import SittingEvent


def late_answers(administration: Administration, reader: User) -> Table:
    """At most one row for each student and item; times are in the reader's zone."""
    refused = SittingEvent.objects.filter(kind=SittingEvent.Kind.LATE_REFUSED)
    events = list(refused.filter(sitting__in=students_sittings(administration)).select_related("sitting__user"))
    slots = _slots_of(administration) if events else {}
    rows = tuple(_row(event, slots[event.slot], reader) for event in events)
    return Table("Answers that came too late", (Column("Student"), "Item", "Answer", "Came at"), rows)


def _slots_of(administration: Administration) -> dict[int | None, FormItem]:
    slots = FormItem.objects.filter(form=administration.form_id).select_related("item_version__item")
    return {slot.position: slot for slot in slots}


def _row(event: SittingEvent, slot: FormItem, reader: User) -> tuple[str, ...]:
    item = f"{slot.position} · {slot.item_version.item.slug}"
    chosen = _texts(slot.item_version.body, event.payload["chosen"])
    return str(event.sitting.user), item, chosen or "–", moment(event.at, reader)


def _texts(body: dict[str, Any], chosen: Sequence[str]) -> str:
    return ", ".join(option["text"] for option in body["options"] if option["id"] in chosen)
