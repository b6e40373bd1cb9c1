"""What do the loaded releases say about the codes of an encounter on its day? Reads rows, once for each code.

The edits see a `Sheet`, plain values; only this file and `shelf` ask the database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from accounts.models import Institution
from codesets import formats
from codesets.edits import wording
from codesets.edits.encounter import Encounter
from codesets.edits.sheet import Entry, Line, Sheet, Standing
from codesets.edits.shelf import Shelf
from codesets.models import CodingEdit, Release, System, UnitLimit
from codesets.systems import LICENSED
from grading.answers import CPT, HCPCS, ICD10CM, ICD10PCS, CodedLine

REFUSED_WITHOUT = (ICD10CM, ICD10PCS)  # a claim with these needs the release of its day
LISTS = (*REFUSED_WITHOUT, HCPCS, CPT)
WITHOUT_I_AND_O = str.maketrans("IO", "10")


def book_on(day: date, institution: Institution | None = None) -> Book:
    """Pass the institution only while its licence is in force: its CPT, NCCI and MUE are read, nobody else's."""
    return Book(day, institution)


@dataclass
class Book:
    """The code sets of one day. It remembers every code that it was asked for: take one for many claims."""

    on: date
    institution: Institution | None = None
    notices: dict[str, None] = field(default_factory=dict)  # what is not judged and why, each sentence once
    _entries: dict[tuple[str, str], Entry] = field(default_factory=dict, repr=False)
    _shelves: dict[str, Shelf | None] = field(default_factory=dict, repr=False)

    def sheet(self, encounter: Encounter) -> Sheet:
        """Raises NoRelease with its sentence where a code set of the claim is not loaded for the day."""
        self.look_up(encounter.lines)
        lines = tuple(map(self.line, encounter.lines))
        read = replace(encounter, lines=tuple(line.coded for line in lines))
        services = {line.entry.code for line in lines if line.coded.system in (CPT, HCPCS)}
        return Sheet(read, lines, self.notices, self._pairs(services), self._limits(services))

    def look_up(self, lines: Iterable[CodedLine]) -> None:
        """The codes of many claims may be asked for together: a few statements for all of them."""
        asked: dict[str, set[str]] = defaultdict(set)
        for line in lines:
            if line.system in LISTS and (line.system, formats.strip(line.code)) not in self._entries:
                asked[line.system].update(readings(line.system, line.code))
        for system, codes in asked.items():
            for entry in self._found(system, codes):
                self._entries[system, entry.code] = entry

    def line(self, coded: CodedLine) -> Line:
        """R20: what was typed, if it is a code; else the one look-alike that is; else what was typed."""
        plain = formats.strip(coded.code)
        typed = self._entries.get((coded.system, plain)) or Entry(coded.system, plain, Standing.NOT_JUDGED)
        if not typed.is_known and len(spelt := readings(coded.system, coded.code)) > 1:
            meant = [entry for code in spelt if (entry := self._entries[coded.system, code]).is_known]
            if len(meant) == 1:
                return Line(replace(coded, code=meant[0].shown), coded.code, meant[0])
        return Line(coded, coded.code, typed)

    def release(self, system: str) -> Release | None:
        """The one in force on the day; of a licensed code set, the institution's own."""
        shelf = self._shelf(system)
        return shelf.release if shelf else None

    def _shelf(self, system: str) -> Shelf | None:
        if system not in self._shelves:
            owner = self.institution if system in LICENSED else None
            ready = list(Release.objects.ready(system, owner).order_by("effective_from"))
            covering = [each for each in ready if each.effective_from <= self.on <= each.effective_to]
            self._shelves[system] = Shelf(covering[-1], ready, self.on) if covering else None
        return self._shelves[system]

    def _found(self, system: str, codes: set[str]) -> Iterable[Entry]:
        shelf = self._shelf(system)
        if shelf is None and system in REFUSED_WITHOUT:
            Release.objects.in_force(system, self.on)  # raises, and says what is loaded instead
        if shelf is None or shelf.release.is_selection:
            self.notices.setdefault(wording.not_judged(system, self.on, shelf is not None))
        if shelf is not None and system == ICD10CM and not shelf.has_notes:
            self.notices.setdefault(wording.NO_NOTES)
        return shelf.entries(codes) if shelf else (Entry(system, code, Standing.NOT_JUDGED) for code in codes)

    def _pairs(self, services: set[str]) -> tuple[CodingEdit, ...]:
        release = self.release(System.NCCI_PTP) if self.institution and len(services) > 1 else None
        if release is None:
            return ()
        held = CodingEdit.objects.filter(release=release, column_one__in=services, column_two__in=services)
        return tuple(held.active_on(self.on))

    def _limits(self, services: set[str]) -> tuple[UnitLimit, ...]:
        release = self.release(System.MUE) if self.institution and services else None
        return tuple(UnitLimit.objects.filter(release=release, code__in=services)) if release else ()


def readings(system: str, code: str) -> list[str]:
    """What was typed first, then its look-alikes; ICD-10-PCS has neither I nor O."""
    if system == ICD10PCS:
        plain = formats.strip(code)
        return list(dict.fromkeys((plain, plain.translate(WITHOUT_I_AND_O))))
    return formats.spellings(code)
