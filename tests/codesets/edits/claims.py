"""Claims in one line, the small releases that they need, and what the checker finds in them."""

from dataclasses import replace
from datetime import UTC, date, datetime

from codesets.edits.check import book_on, check
from codesets.edits.encounter import Encounter, Finding, Kind
from codesets.loaders.edition import fiscal_year
from codesets.models import Code, PcsRow, Release, System
from grading.answers import HCPCS, CodedLine, Setting
from tests.codesets.groupers.stays import NOVEMBER, stay

LOADED_AT = datetime(2025, 10, 1, tzinfo=UTC)
CHOLECYSTECTOMY = [
    {"title": "Body Part", "values": {"4": "Gallbladder"}},
    {"title": "Approach", "values": {"0": "Open", "4": "Percutaneous Endoscopic"}},
    {"title": "Device", "values": {"Z": "No Device"}},
    {"title": "Qualifier", "values": {"Z": "No Qualifier"}},
]


def visit(*codes: str, setting: Setting = Setting.CLINIC, on: date = NOVEMBER, **facts) -> Encounter:
    return replace(stay(*codes, on=on, **facts), setting=setting)


def found(encounter: Encounter, kind: Kind | None = None) -> list[Finding]:
    """What the checker says; with a kind, of that kind alone."""
    return [each for each in check(encounter, book_on(encounter.on)) if kind in (None, each.kind)]


def pairs(encounter: Encounter, kind: Kind) -> list[tuple[str, tuple[str, ...]]]:
    return [(each.severity.value, each.codes) for each in found(encounter, kind)]


def release(system: str, **fields) -> Release:
    return Release.objects.create(
        system=system, state=Release.State.READY, sha256="0" * 64, source="test", loaded_at=LOADED_AT,
        **(fiscal_year(2026) | fields),
    )  # fmt: skip


def add_codes(held: Release, *codes: str, **fields) -> None:
    for position, code in enumerate(codes, start=held.codes.count()):
        fields = {"title": "", "billable": True, "billable_length": len(code)} | fields
        Code.objects.create(release=held, code=code, position=position, **fields)


def procedures(*codes: str) -> Release:
    """ICD-10-PCS with these codes, and one row of table 0FT."""
    held = release(System.ICD10PCS)
    add_codes(held, *codes)
    PcsRow.objects.create(release=release(System.PCS_TABLES), table="0FT", position=0, axes=CHOLECYSTECTOMY)
    return held


def services(*codes: CodedLine, on: date = NOVEMBER) -> Encounter:
    return Encounter(on, Setting.CLINIC, codes)


def service(code: str, **facts) -> CodedLine:
    return CodedLine(code, system=HCPCS if code[0].isalpha() else "cpt", **facts)
