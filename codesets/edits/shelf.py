"""Rows of the code sets as entries for the checker: a few statements for any number of codes."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from itertools import groupby, islice
from typing import Any

from codesets import formats
from codesets.edits import notes
from codesets.edits.notes import Note
from codesets.edits.sheet import Axis, Entry, Standing
from codesets.groupers import mce
from codesets.groupers.claims import CannotGroup
from codesets.lives import Life, lives_in
from codesets.models import Code, CodeNote, LicensedCode, NoRelease, PcsRow, Release, System
from codesets.rules import ranges

AT_ONCE = 5_000  # codes in one statement
COLUMNS = (
    "release_id", "code", "title", "billable", "billable_length", "poa_exempt", "valid_from", "valid_to",
    "block__name", "block__chapter__name",
)  # fmt: skip
LONGEST = 7


class Shelf:
    """The releases of one code set, of which one is in force on the day."""

    def __init__(self, release: Release, ready: Sequence[Release], on: date) -> None:
        self.release, self.ready, self.on = release, ready, on
        self.source = str(release)
        self._notes: dict[str, list[Note]] = {}

    @cached_property
    def has_notes(self) -> bool:
        """An order file alone brings none; the Tabular List does."""
        return CodeNote.objects.filter(release=self.release).exists()

    def entries(self, codes: Collection[str]) -> Iterator[Entry]:
        if self.release.system == System.CPT:
            yield from self._licensed(codes)
            return
        held = self._held(self._with_relatives(codes))
        now = {code: rows[self.release.pk] for code, rows in held.items() if self.release.pk in rows}
        self._read_notes({holder for code in codes if code in now for holder in _holders(now[code], now)})
        sevenths = self._sevenths({header for code in codes if _is_header(header := _without_placeholders(code), now)})
        tables = self._tables({code[:3] for code in codes if code not in held})
        for code in codes:
            billable = {pk: row for pk, row in held.get(code, {}).items() if row.billable}
            lives = tuple(lives_in(self.release.system, self.ready, billable))
            if code in now:
                yield self._entry(now[code], lives, _holders(now[code], now), sevenths.get(code, ()))
            elif lives:
                yield Entry(self.release.system, code, Standing.OTHER_DATE, self.source, lives=lives)
            else:
                lacking = sevenths.get(_without_placeholders(code), ())
                yield replace(self._absent(code, now, tables.get(code[:3], ())), sevenths=tuple(lacking))

    def _licensed(self, codes: Collection[str]) -> Iterator[Entry]:
        """Numbers alone: no descriptor leaves the rows of the institution."""
        held = set(LicensedCode.objects.filter(release=self.release, code__in=codes).values_list("code", flat=True))
        for code in codes:
            yield Entry(System.CPT, code, Standing.BILLABLE if code in held else Standing.UNKNOWN, self.source)

    def _with_relatives(self, codes: Collection[str]) -> set[str]:
        """The headers above, whose notes govern, and what was meant where only the placeholder is missing."""
        if self.release.system != System.ICD10CM:
            return set(codes)
        above = {prefix for code in codes for prefix in formats.prefixes(code)}
        return above.union(codes, map(_with_placeholder, codes))

    def _held(self, codes: set[str]) -> dict[str, dict[int, Any]]:
        """code → release → row"""
        held: dict[str, dict[int, Any]] = defaultdict(dict)
        left = iter(codes)
        while some := list(islice(left, AT_ONCE)):
            rows = Code.objects.filter(release__in=self.ready, code__in=some, is_modifier=False).order_by()
            for row in rows.values_list(*COLUMNS, named=True):
                held[row.code][row.release_id] = row
        return held

    def _read_notes(self, holders: set[str]) -> None:
        left = iter(holders - self._notes.keys())
        while some := list(islice(left, AT_ONCE)):
            self._notes.update((holder, []) for holder in some)
            rows = CodeNote.objects.filter(release=self.release, holder__in=some, kind__in=notes.READ)
            for holder, held in groupby(rows.order_by("holder", "position"), key=lambda note: note.holder):
                self._notes[holder] = notes.read(held)

    def _sevenths(self, headers: Collection[str]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        rows = Code.objects.filter(release=self.release, parent__in=headers, billable=True) if headers else []
        for row in rows:
            if len(row.code) == LONGEST:
                found[row.parent].append(row.code[-1])
        return found

    def _tables(self, names: set[str]) -> dict[str, list[tuple[Axis, ...]]]:
        if self.release.system != System.ICD10PCS or not names:
            return {}
        try:
            release = Release.objects.in_force(System.PCS_TABLES, self.on)
        except NoRelease:
            return {}
        tables: dict[str, list[tuple[Axis, ...]]] = defaultdict(list)
        for row in PcsRow.objects.filter(release=release, table__in=names):
            tables[row.table].append(tuple(row.axes))
        return tables

    def _entry(self, row: Any, lives: tuple[Life, ...], holders: list[str], sevenths: Collection[str]) -> Entry:
        return Entry(
            system=self.release.system,
            code=row.code,
            standing=_standing(row, self.on),
            source=self.source,
            title=row.title,
            poa_exempt=row.poa_exempt,
            lives=lives,
            notes=tuple(note for holder in holders for note in self._notes[holder]),
            missing=formats.missing_characters(row.code, row.billable_length),
            sevenths=tuple(sevenths),
            place=ranges.place(row.code),
        )

    def _absent(self, code: str, now: dict[str, Any], rows: Collection[tuple[Axis, ...]]) -> Entry:
        system = self.release.system
        if self.release.is_selection:
            return Entry(system, code, Standing.NOT_JUDGED, self.source)
        if system == System.ICD10PCS and _is_known_to_grouper(code, self.on):
            return Entry(system, code, Standing.BILLABLE, self.source)
        meant = _with_placeholder(code)
        return Entry(
            system=system,
            code=code,
            standing=Standing.UNKNOWN,
            source=self.source,
            with_placeholder=meant if meant in now and now[meant].billable else "",
            complete_at=next((short for short in formats.prefixes(code) if short in now and now[short].billable), ""),
            rows=tuple(rows),
        )


def _standing(row: Any, on: date) -> Standing:
    if not row.billable:
        return Standing.HEADER
    return Standing.BILLABLE if Life(row.valid_from, row.valid_to).covers(on) else Standing.OTHER_DATE


def _holders(row: Any, now: dict[str, Any]) -> list[str]:
    """Whose notes govern a code, nearest first: its own, its headers', its block's, its chapter's."""
    above = [prefix for prefix in reversed(formats.prefixes(row.code)) if prefix in now]
    return [row.code, *above, *filter(None, (row.block__name, row.block__chapter__name))]


def _is_header(code: str, now: dict[str, Any]) -> bool:
    return code in now and not now[code].billable


def _without_placeholders(code: str) -> str:
    """W19XXX, which only lacks its 7th character → W19"""
    return code.rstrip("X") if len(code) == LONGEST - 1 else code


def _with_placeholder(code: str) -> str:
    """T07A → T07XXXA"""
    return formats.with_seventh(code[:-1], code[-1]) if formats.CATEGORY < len(code) < LONGEST else code


def _is_known_to_grouper(code: str, on: date) -> bool:
    """Its list may be newer than ours: such a code lacks a title here and nothing else."""
    try:
        return formats.PCS_SHAPE.fullmatch(code) is not None and mce.knows_procedure(code, on)
    except CannotGroup:
        return False
