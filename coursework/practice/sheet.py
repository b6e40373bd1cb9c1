"""Write on the coding sheet of an open attempt: add, set POA, move, remove, undo.

Each is one verb; what it gives back is the line that the learner looks at next.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from codesets.formats import dotted, strip
from codesets.models import Code, NoRelease, Release
from coursework import wording
from coursework.lines import Poa
from coursework.practice.models import Attempt, AttemptLine


class SheetIsClosed(Exception):
    """The sheet has been submitted, perhaps in another window; nothing is written on it any more."""


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
        codes = Code.objects.in_release(Release.objects.in_force("icd10cm", on))
        known = {dotted(each.code): each for each in codes.filter(code__in=[strip(line.code) for line in shown])}
    except NoRelease:
        known = {}
    return [
        ShownLine(line, code.title if code else "", bool(code and code.poa_exempt))
        for line in shown
        for code in [known.get(line.code)]
    ]


@contextmanager
def writing_on(attempt: Attempt) -> Iterator[list[AttemptLine]]:
    """The lines of the sheet, locked until they are written. Raises SheetIsClosed once it has been submitted."""
    with transaction.atomic():
        if not Attempt.objects.select_for_update().filter(pk=attempt.pk, state=Attempt.State.OPEN).first():
            raise SheetIsClosed
        yield list(attempt.lines.filter(removed_at=None))


def add_line(attempt: Attempt, typed: str, *, poa: str = "") -> AttemptLine:
    """Add the code at the end of the sheet. Takes it with or without its dot."""
    code = find_billable_code(typed, on=attempt.case_version.header.coded_on).dotted
    letter = known_poa(poa)
    with writing_on(attempt) as lines:
        if code in {line.code for line in lines}:
            raise LineRefused(wording.already_on_sheet(code))
        return AttemptLine.objects.create(attempt=attempt, position=len(lines) + 1, code=code, poa=letter)


def find_billable_code(typed: str, *, on: date) -> Code:
    release = Release.objects.in_force("icd10cm", on)
    code = Code.objects.in_release(release).find_code(typed)
    if code is None:
        raise LineRefused(wording.unknown_code(typed, release.label))
    if not code.billable:
        raise LineRefused(wording.header_code(code))
    return code


def set_poa(line: AttemptLine, poa: str) -> None:
    """Gives back no line: the next thing to do is the next code."""
    letter = known_poa(poa)
    with writing_on(line.attempt):
        AttemptLine.objects.filter(pk=line.pk).update(poa=letter)


def known_poa(poa: str) -> str:
    letter = poa.strip().upper()
    if letter in Poa.values or not letter:
        return letter
    raise LineRefused(wording.UNKNOWN_POA)


def move_line(line: AttemptLine, to: str) -> AttemptLine | None:
    """`to` is up, down or first. The sheet is numbered anew, so that places stay 1, 2, 3 …"""
    with writing_on(line.attempt) as lines:
        if line not in lines:
            return None
        here = lines.index(line)
        there = {"up": max(here - 1, 0), "down": min(here + 1, len(lines) - 1), "first": 0}.get(to, here)
        lines.insert(there, lines.pop(here))
        number(lines)
        return line


def remove_line(line: AttemptLine, *, now: datetime) -> AttemptLine | None:
    """Gives back the line that took its place, or the last one."""
    with writing_on(line.attempt) as lines:
        AttemptLine.objects.filter(pk=line.pk).update(removed_at=now)
        left = [other for other in lines if other != line]
        number(left)
        return left[min(line.position, len(left)) - 1] if left else None


def undo_remove(attempt: Attempt) -> AttemptLine | None:
    """Bring back the line removed last, at its old place; one whose code is back already stays removed."""
    with writing_on(attempt) as lines:
        removed = attempt.lines.exclude(removed_at=None).exclude(code__in=[line.code for line in lines])
        line = removed.order_by("-removed_at", "-pk").first()
        if line:
            line.removed_at = None
            lines.insert(line.position - 1, line)
            number(lines)
        return line


def number(lines: list[AttemptLine]) -> None:
    for position, line in enumerate(lines, start=1):
        line.position = position
    AttemptLine.objects.bulk_update(lines, ["position", "removed_at"])
