"""Write on the coding sheet of an open attempt: add, set POA, move, remove, undo. Each is one verb."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from codesets.models import Code, NoRelease, Release
from codesets.relations import relations_for
from coursework import wording
from coursework.lines import Poa
from coursework.practice.models import Attempt, AttemptLine


class LineRefused(ValueError):
    """The line cannot stand on a sheet; the message says why and what to do."""


@dataclass(frozen=True)
class ShownLine:
    """A line with what the code set says about its code."""

    line: AttemptLine
    title: str
    is_exempt: bool

    @property
    def needs_poa(self) -> bool:
        return not self.is_exempt and self.line.poa not in Poa.values


def with_titles(lines: Iterable[AttemptLine], *, on: date) -> list[ShownLine]:
    shown = list(lines)
    try:
        known = relations_for([line.code for line in shown], Release.objects.in_force("icd10cm", on))
    except NoRelease:
        known = {}
    return [
        ShownLine(line, facts.title if facts else "", bool(facts and facts.poa_exempt))
        for line in shown
        for facts in [known.get(line.code)]
    ]


def add_line(attempt: Attempt, typed: str, *, poa: str = "") -> AttemptLine:
    """Add the code at the end of the sheet. Takes it with or without its dot."""
    code = find_billable_code(typed, on=attempt.case_version.header.coded_on)
    on_sheet = attempt.lines.filter(removed_at=None)
    if on_sheet.filter(code=code.dotted).exists():
        raise LineRefused(wording.already_on_sheet(code.dotted))
    last = on_sheet.aggregate(last=Max("position"))["last"] or 0
    return AttemptLine.objects.create(attempt=attempt, position=last + 1, code=code.dotted, poa=known_poa(poa))


def find_billable_code(typed: str, *, on: date) -> Code:
    release = Release.objects.in_force("icd10cm", on)
    code = Code.objects.in_release(release).find_code(typed)
    if code is None:
        raise LineRefused(wording.unknown_code(typed, release.label))
    if not code.billable:
        raise LineRefused(wording.header_code(code))
    return code


def set_poa(line: AttemptLine, poa: str) -> None:
    line.poa = known_poa(poa)
    line.save(update_fields=["poa"])


def known_poa(poa: str) -> str:
    letter = poa.strip().upper()
    if letter in Poa.values or not letter:
        return letter
    raise LineRefused(wording.UNKNOWN_POA)


@transaction.atomic
def move_line(line: AttemptLine, to: str) -> None:
    """`to` is up, down or first. The sheet is numbered anew, so that places stay 1, 2, 3 …"""
    lines = list(line.attempt.lines.select_for_update().filter(removed_at=None))
    here = lines.index(line)
    there = {"up": max(here - 1, 0), "down": min(here + 1, len(lines) - 1), "first": 0}.get(to, here)
    lines.insert(there, lines.pop(here))
    number(lines)


@transaction.atomic
def remove_line(line: AttemptLine, *, now: datetime) -> None:
    line.removed_at = now
    line.save(update_fields=["removed_at"])
    number(list(line.attempt.lines.filter(removed_at=None)))


@transaction.atomic
def undo_remove(attempt: Attempt) -> AttemptLine | None:
    """Bring back the line removed last, at its old place."""
    line = attempt.lines.exclude(removed_at=None).order_by("-removed_at", "-pk").first()
    if line is None:
        return None
    lines = list(attempt.lines.filter(removed_at=None))
    line.removed_at = None
    lines.insert(line.position - 1, line)
    number(lines)
    return line


def number(lines: list[AttemptLine]) -> None:
    for position, line in enumerate(lines, start=1):
        line.position = position
    AttemptLine.objects.bulk_update(lines, ["position", "removed_at"])
