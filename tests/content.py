"""Small real charts, lessons and exams for the tests. Codes and titles are those of FY2026."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from accounts.models import Institution
from codesets.models import Release
from coursework.authoring.load_cases import load_cases
from coursework.authoring.load_lessons import load_lessons
from coursework.authoring.models import Pack
from coursework.authoring.read_pack import PackText, read_lesson
from coursework.cases.models import Case
from coursework.lessons.models import Lesson
from tests.clock import NOON
from tests.codesets.excerpt import load_excerpt

SHIPPED = Path(__file__).resolve().parents[1] / "fixtures/first-rounds"

HEADER = {
    "setting": "clinic",
    "claim": "professional",
    "payer_rules": "Medicare",
    "status": "Sent home",
    "starts_on": date(2025, 11, 12),
    "ends_on": date(2025, 11, 12),
    "patient": {"name": "Ana Demo", "age": 67, "sex": "F", "number": "000-1"},
    "scope": "Every reportable diagnosis.",
    "code_sets": ["icd10cm"],
    "house_policy": "None.",
    "fictional": {"names": ["Ana Demo"], "dates": [date(2025, 11, 12)]},
}
INPATIENT = HEADER | {"setting": "inpatient", "claim": "facility"}
NOTE = "HISTORY\nType 2 diabetes with stage 4 chronic kidney disease, on insulin.\n\nPLAN\nShe has no chest pain today."


def key_line(code: str, **more: Any) -> dict[str, Any]:
    return {
        "code": code,
        "rationale": "The note says so.",
        "guideline": "I.C.4.a",
        "evidence": [{"document": "note", "quote": "Type 2 diabetes"}],
    } | more


def case_text(slug: str = "ana", *, key: list[dict[str, Any]] | None = None, **more: Any) -> dict[str, Any]:
    """E11.22 first, then N18.4 and Z79.4: the chart of a diabetic with kidney disease, on insulin."""
    lines = key or [key_line("E11.22", role="first_listed"), key_line("N18.4"), key_line("Z79.4")]
    return {
        "file": f"{slug}.yaml",
        "slug": slug,
        "title": "A visit in autumn",
        "summary": "A follow-up.",
        "minutes": 6,
        "level": 1,
        "header": HEADER,
        "documents": [
            {"slug": "note", "title": "Visit note", "author": "Physician", "dated_on": date(2025, 11, 12), "text": NOTE}
        ],
        "key": {
            "lesson": "Code the complication and its stage.",
            "lines": lines,
            "forbidden": [key_line("R07.9")],
            "order": [{"before": "E11.22", "after": "N18.4", "guideline": "I.A.13"}],
        },
    } | more


LESSON = """---
slug: excludes
title: Excludes notes
position: 1
minutes: 5
guideline: I.A.12
rule: Excludes1 means not together.
codes_on: 2025-11-15
---
## One rule

A code such as {icd10cm:E11.22} shows its title.

```check first
stem: Which one?
options:
  - {id: a, text: Wrong, why: Not this.}
  - {id: b, text: Right, right: true, why: This one.}
rule: Keep it.
guideline: I.A.12.a
```
"""


CODES = ["E11.22", "E11.21", "E11.9", "N18.4", "N18.9", "Z79.4", "R07.9", "I10", "I42.0"]


@pytest.fixture
def codes(db) -> Release:
    """FY2026 with the codes of these charts, their headers and notes."""
    return load_excerpt(CODES)


def pack_of(institution: Institution | None = None) -> Pack:
    owner = institution or Institution.objects.catalogue()
    return Pack.objects.get_or_create(institution=owner, namespace="tests", slug="track", title="Track")[0]


@pytest.fixture
def make_case(codes, db):
    def make(slug: str = "ana", **text: Any) -> Case:
        kept = [case_text(case.slug) for case in Case.objects.filter(archived_at=None).exclude(slug=slug)]
        load_cases([*kept, case_text(slug, **text)], pack_of(), now=NOON)
        return Case.objects.get(slug=slug)

    return make


@pytest.fixture
def lesson(codes, db, tmp_path) -> Lesson:
    file = tmp_path / "1-excludes.md"
    file.write_text(LESSON, encoding="utf-8")
    pack = PackText("tests", "track", "Track", "A track.", [read_lesson(file)], [], [], [])
    load_lessons(pack, Institution.objects.catalogue(), now=NOON)
    return Lesson.objects.get(slug="excludes")
