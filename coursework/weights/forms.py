"""The form of the weights: whole numbers, those of the ladder in per cent, each beside its default."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.html import format_html

from coursework.weights.models import HouseWeights
from coursework.weights.wording import CHARACTERS, DEFAULTS, GROUPS, NOTHING_COUNTS, not_whole, too_many_characters
from kit.tables import Kind, Table
from kit.templatetags.kit import tag


class WeightsForm(forms.Form):
    after = forms.IntegerField(widget=forms.HiddenInput)  # the number of the change that is looked at

    def __init__(self, given: Mapping[str, Any] | None, current: HouseWeights | None) -> None:
        initial = numbers_of(current.changes) if current else DEFAULTS
        super().__init__(given, initial={**initial, "after": current.number if current else 0})
        for group in GROUPS:
            for name, label in group.labels.items():
                self.fields[f"{group.part}-{name}"] = whole_number(label)

    def clean(self) -> None:
        if self.errors:
            return
        if not any(self.cleaned_data[f"weighted-{name}"] for name in GROUPS[0].labels):
            self.add_error("weighted-principal", forms.ValidationError(NOTHING_COUNTS, code="nothing_counts"))
        together = sum(self.cleaned_data[f"learning-{name}"] for name in CHARACTERS)
        if together > 100:
            said = forms.ValidationError(too_many_characters(together), code="over_100")
            self.add_error(f"learning-{CHARACTERS[0]}", said)

    def changes(self) -> dict[str, dict[str, float]]:
        """What differs from the defaults, as it is stored."""
        found: dict[str, dict[str, float]] = {}
        for field, default in DEFAULTS.items():
            part, name = field.split("-")
            if (number := self.cleaned_data[field]) != default:
                found.setdefault(part, {})[name] = number / 100 if part == "learning" else number
        return found

    def tables(self) -> list[tuple[str, Table]]:
        """By group: what its numbers mean, and a row for each."""
        return [
            (
                group.meaning,
                Table(
                    group.caption,
                    ("What", (group.unit, "right", Kind.NUMBER), ("Default", "right", Kind.NUMBER)),
                    tuple(self._row(f"{group.part}-{name}") for name in group.labels),
                ),
            )
            for group in GROUPS
        ]

    def _row(self, name: str) -> tuple[object, ...]:
        field, default = self[name], DEFAULTS[name]
        wrong = render_to_string("elements/field_messages.html", {"field": field, "error_only": True})
        label = format_html('<label for="{}">{}</label>{}', field.id_for_label, field.label, wrong)
        mark = render_to_string("elements/tag.html", tag("Changed", "accent")) if field.initial != default else ""
        return (label, field, format_html("{} {}", mark, default))


def whole_number(label: str) -> forms.IntegerField:
    said = dict.fromkeys(("invalid", "min_value", "max_value"), not_whole(label))
    return forms.IntegerField(label=label, min_value=0, max_value=100, error_messages=said)


def numbers_of(changes: Mapping[str, Mapping[str, float]]) -> dict[str, int]:
    """Every number as the page shows it."""
    changed = {
        f"{part}-{name}": round(number * 100) if part == "learning" else int(number)
        for part, numbers in changes.items()
        for name, number in numbers.items()
    }
    return DEFAULTS | changed
