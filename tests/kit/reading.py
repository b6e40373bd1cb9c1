"""Reads the repository's templates and style sheets, and computes contrasts as WCAG does."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OURS = ("config", "cohorts", "quizzes", "coursework", "codesets", "accounts", "kit")
TOKENS = ROOT / "kit/static/css/tokens.css"


def files(suffix: str) -> list[Path]:
    return [path for app in OURS for path in sorted((ROOT / app).rglob(f"*{suffix}"))]


def without_comments(css: str) -> str:
    return re.sub(r"/\*.*?\*/", "", css, flags=re.S)


def colours() -> dict[str, tuple[str, str]]:
    """Each colour role as (light, dark)."""
    found = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", TOKENS.read_text(encoding="utf-8"))
    return {role: (light, dark) for role, light, dark in found}


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
