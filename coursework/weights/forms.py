"""The form of the weights: whole numbers, those of the ladder in per cent, each beside its default."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.html import format_html

from coursework.weights import wording
from coursework.weights.models import HouseWeights
from kit.tables import Kind, Table
from kit.templatetags.kit import tag

DEFAULT = ("Default", "", Kind.NUMBER)
CHARACTERS = [f"learning-pcs_{name}" for name in ("root_operation", "body_part", "approach", "device", "qualifier")]


class WeightsForm(forms.Form):
    after = forms.IntegerField(widget=forms.HiddenInput)  # the number of the change that is looked at

    def __init__(self, given: Mapping[str, Any] | None, current: HouseWeights | None) -> None:
        numbers = wording.shown(current.weights) if current else wording.DEFAULTS
        super().__init__(given, initial={**numbers, "after": current.number if current else 0})
        for name, label in wording.LABELS.items():
            said = dict.fromkeys(("invalid", "min_value", "max_value"), wording.not_whole(label))
            self.fields[name] = forms.IntegerField(label=label, min_value=0, max_value=100, error_messages=said)

    def clean(self) -> None:
        numbers = self.cleaned_data
        if not self.errors and not any(numbers[name] for name in numbers if name.startswith("weighted")):
            self.add_error("weighted-principal", wording.NOTHING_COUNTS)
        if (together := sum(numbers.get(name, 0) for name in CHARACTERS)) > 100:
            self.add_error(CHARACTERS[0], wording.too_many_characters(together))

    def changes(self) -> dict[str, dict[str, float]]:
        """What differs from the defaults, as it is stored."""
        found: dict[str, dict[str, float]] = {}
        for field, default in wording.DEFAULTS.items():
            if (number := self.cleaned_data[field]) != default:
                part, name = field.split("-")
                found.setdefault(part, {})[name] = number / 100 if part == "learning" else number
        return found

    def tables(self) -> list[Table]:
        columns = {part: ("What", (unit, "", Kind.NUMBER), DEFAULT) for part, (unit, *_) in wording.UNITS.items()}
        groups = wording.GROUPS
        return [Table(caption, columns[part], tuple(self._rows(part, names))) for part, caption, names in groups]

    def _rows(self, part: str, names: Iterable[str]) -> Iterator[tuple[object, ...]]:
        for field in [self[f"{part}-{name}"] for name in names]:
            default = wording.DEFAULTS[field.name]
            mark = render_to_string("elements/tag.html", tag("Changed", "accent")) if field.initial != default else ""
            wrong = render_to_string("elements/field_messages.html", {"field": field, "error_only": True})
            label = format_html('<label for="{}">{}</label> {}{}', field.id_for_label, field.label, mark, wrong)
            yield label, field, default
