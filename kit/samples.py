"""Samples for the style page: a form in each state, a table, the colour roles. Made-up people, real codes."""

from __future__ import annotations

from typing import Any

from django import forms

from kit import icons
from kit.tables import Column, Kind, Table

THEMES = ("light", "dark")
COLOURS = {
    "Surfaces and text": {
        "bg": "page",
        "surface": "cards, fields",
        "sunken": "hover, table head",
        "text": "text",
        "muted": "second voice",
        "subtle": "placeholder, hint",
        "line": "decoration only",
        "line-strong": "fields, controls",
    },
    "Acts": {
        "accent": "links, primary button",
        "accent-strong": "hover",
        "on-accent": "text on accent",
        "accent-tint": "chosen row",
        "danger": "errors, destructive",
        "on-danger": "text on danger",
        "focus-ring": "focus, outer",
        "focus-inner": "focus, inner",
    },
    "Verdicts": {
        "exact": "fill",
        "exact-tint": "row",
        "partial": "fill",
        "partial-tint": "row",
        "wrong": "fill",
        "wrong-tint": "row",
        "missed": "fill",
        "missed-tint": "row",
        "extra": "fill",
        "extra-tint": "row",
    },
    "Chart marks": {"mark-key": "key", "mark-mine": "yours", "mark-active": "in focus", "mark-active-edge": "its edge"},
}
VERDICTS = (
    ("exact", "Exact"),
    ("partial", "Partly right"),
    ("wrong", "Wrong code"),
    ("missed", "Missed"),
    ("extra", "Extra"),
    ("compliance", "Not supported"),
    ("not-scored", "Not scored"),
)


class SampleForm(forms.Form):
    name = forms.CharField(label="Name of the cohort", help_text="Students see it when they join.")
    on = forms.DateField(label="First day", required=False, error_messages={"invalid": "Enter a day like 14 Dec 2025."})
    setting = forms.ChoiceField(
        label="Setting", choices=[("in", "Inpatient"), ("out", "Outpatient")], widget=forms.RadioSelect
    )
    release = forms.ChoiceField(label="Code year", choices=[("26", "FY2026"), ("25", "FY2025")])
    note = forms.CharField(label="Note to students", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    weekly = forms.BooleanField(
        label="Send a weekly mail", help_text="One press in the mail turns it off.", required=False
    )


def sample_table() -> Table:
    return Table(
        "Domains of the mock exam",
        (
            "Domain",
            Column("Items", kind=Kind.NUMBER),
            Column("Right", kind=Kind.NUMBER),
            Column("Example", kind=Kind.CODE),
        ),
        (
            ("Endocrine", 6, 5, "E11.22"),
            ("Respiratory", 5, 2, "J18.9"),
            ("Circulatory, with hypertension and heart failure", 9, 8, "I13.0"),
        ),
    )


def sides() -> list[dict[str, Any]]:
    """One side per theme; ids and names carry the theme, because both sides stand on one page."""
    filled = {"name": "Boot camp December", "setting": "in", "release": "26"}
    return [
        {
            "theme": theme,
            "form": SampleForm(prefix=theme, initial=filled),
            "faulty": SampleForm({f"{theme}x-on": "soon"}, prefix=f"{theme}x"),
            "table": sample_table(),
            "empty_table": Table("Sittings", ("Student", "Score"), (), empty="Nobody has started yet."),
        }
        for theme in THEMES
    ]


def samples() -> dict[str, Any]:
    return {"sides": sides(), "colours": COLOURS, "verdicts": VERDICTS, "icons": sorted(icons.PATHS)}
