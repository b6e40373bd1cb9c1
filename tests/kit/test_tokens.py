"""Colours live in one file, and can be read on what lies behind them."""

import re

import pytest

from tests.kit.reading import ROOT, TOKENS, colours, contrast, files, without_comments

COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|rgba|hsl|hsla|hwb|lab|lch|oklab|oklch|color)\(")
COLOUR_WORDS = re.compile(r":[^;{}]*\b(?:white|black|red|green|blue|gr[ae]y|yellow|orange|purple|silver|navy|teal)\b")
VERDICTS = ("exact", "partial", "wrong", "missed", "extra")
SURFACES = ("bg", "surface", "sunken", "accent-tint", *(f"{verdict}-tint" for verdict in VERDICTS))
MARKS = ("mark-key", "mark-mine", "mark-active")
READABLE = [
    *[("text", behind) for behind in (*SURFACES, *MARKS)],
    *[(ink, behind) for ink in ("muted", "subtle", "accent", "danger") for behind in ("bg", "surface")],
    *[("muted", behind) for behind in ("sunken", "accent-tint")],
    ("accent", "accent-tint"),
    ("accent-strong", "accent-tint"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("on-danger", "danger"),
    ("on-mode-mock", "mode-mock"),
    *[(f"{verdict}-ink", verdict) for verdict in VERDICTS],
]
VISIBLE = [
    *[("line-strong", behind) for behind in ("bg", "surface")],
    *[(f"{verdict}-edge", "surface") for verdict in VERDICTS],
    *[("focus-ring", behind) for behind in ("bg", "surface", "focus-inner")],
    ("mode-mock-edge", "surface"),
]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "behind"), READABLE)
def test_text_can_be_read(ink, behind, theme):
    roles = colours()

    assert contrast(roles[ink][theme], roles[behind][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("edge", "behind"), VISIBLE)
def test_controls_badges_and_focus_can_be_seen(edge, behind, theme):
    roles = colours()

    assert contrast(roles[edge][theme], roles[behind][theme]) >= 3


def test_no_style_sheet_but_the_tokens_names_a_colour():
    sheets = [path for path in files(".css") if path != TOKENS]

    named = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in sheets
        for line in without_comments(path.read_text(encoding="utf-8")).splitlines()
        if COLOUR.search(line) or COLOUR_WORDS.search(line)
    ]

    assert sheets
    assert named == []


def test_every_variable_that_a_style_sheet_uses_is_defined():
    sheets = [without_comments(path.read_text(encoding="utf-8")) for path in files(".css")]
    defined = {name for sheet in sheets for name in re.findall(r"(--[\w-]+)\s*:", sheet)}

    used = {name for sheet in sheets for name in re.findall(r"var\((--[\w-]+)", sheet)}

    assert used - defined == set()


def test_no_template_writes_a_style_or_an_inline_script():
    templates = files(".html")
    inline = re.compile(r"\sstyle\s*=|<style|\son\w+\s*=\s*[\"']|<script(?![^>]*(?:src=|application/json))", re.I)

    found = [str(path.relative_to(ROOT)) for path in templates if inline.search(path.read_text(encoding="utf-8"))]

    assert templates
    assert found == []


def test_style_sheets_scripts_and_templates_of_the_kit_stay_short():
    limits = {".css": 250, ".js": 150, ".html": 80}
    ours = [path for suffix in limits for path in files(suffix) if path.is_relative_to(ROOT / "kit")]

    long = [path.name for path in ours if len(path.read_text(encoding="utf-8").splitlines()) > limits[path.suffix]]

    assert long == []
