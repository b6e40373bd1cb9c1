"""What an edit sees: the lines of an encounter, each with what the code sets say about its code. Plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cached_property

from codesets import formats
from codesets.edits.encounter import Encounter, Finding, Kind, Severity
from codesets.edits.notes import Note
from codesets.lives import Life
from codesets.models import CodingEdit, UnitLimit
from grading.answers import ICD10CM, CodedLine, Role

FIRST_ROLES = (Role.PRINCIPAL, Role.FIRST_LISTED)
Axis = dict[str, list[dict[str, str]]]


class Standing(Enum):
    """What a code is on the day."""

    BILLABLE = auto()
    HEADER = auto()
    OTHER_DATE = auto()  # a code before or after, not now
    UNKNOWN = auto()
    NOT_JUDGED = auto()  # no whole list of its code set is at hand


@dataclass(frozen=True, slots=True)
class Entry:
    """One code as the releases hold it; `code` has no dot. From `missing` on: what helps to mend a wrong one."""

    system: str
    code: str
    standing: Standing
    source: str = ""  # "ICD-10-CM FY2026"
    title: str = ""
    poa_exempt: bool | None = None  # None: no list of that year is loaded
    lives: tuple[Life, ...] = ()
    notes: tuple[Note, ...] = ()  # nearest first: own, of the headers above, of block and chapter
    place: str = ""  # sorts as the book does
    missing: tuple[int, ...] = ()  # places that a header lacks
    sevenths: tuple[str, ...] = ()  # of a header, or of one with its placeholders, that lacks nothing else
    with_placeholder: str = ""  # the code that was meant, where only the X between was left out
    complete_at: str = ""  # a shorter code that takes no further character
    rows: tuple[tuple[Axis, ...], ...] = ()  # the table of a procedure code that is none
    shown: str = field(init=False)  # as people write it

    def __post_init__(self) -> None:
        object.__setattr__(self, "shown", formats.written(self.system, self.code))

    @property
    def is_known(self) -> bool:
        return self.standing in (Standing.BILLABLE, Standing.HEADER, Standing.OTHER_DATE)

    @property
    def life(self) -> Life | None:
        """The nearest that is known of it, latest first."""
        return self.lives[-1] if self.lives else None


@dataclass(frozen=True)
class Line:
    """One line of the sheet. `coded` has the code that was meant where a look-alike was typed (R20)."""

    coded: CodedLine
    typed: str
    entry: Entry

    @property
    def code(self) -> str:
        return self.entry.shown

    @property
    def is_corrected(self) -> bool:
        return formats.strip(self.typed) != self.entry.code


@dataclass(frozen=True)
class Sheet:
    encounter: Encounter  # with the corrected codes
    lines: tuple[Line, ...]
    notices: dict[str, None]  # what cannot be judged, and why; an edit may add to it
    pairs: tuple[CodingEdit, ...] = ()  # NCCI, the institution's own
    limits: tuple[UnitLimit, ...] = ()  # MUE, the institution's own

    @cached_property
    def diagnoses(self) -> tuple[Line, ...]:
        """In sequence: the line that says that it is first, then the others in the order of the sheet."""
        lines = [line for line in self.lines if line.coded.system == ICD10CM]
        first = next((line for line in lines if line.coded.role in FIRST_ROLES), None)
        return tuple(lines) if first is None else (first, *(line for line in lines if line is not first))

    @property
    def first(self) -> Line | None:
        return self.diagnoses[0] if self.diagnoses else None


def finding(severity: Severity, kind: Kind, lines: tuple[Line, ...], reference: str, text: str) -> Finding:
    return Finding(severity, kind, tuple(dict.fromkeys(line.code for line in lines)), reference, text)
