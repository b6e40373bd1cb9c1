"""Which codes does a note of the Tabular List mean, and what does it ask? Reads the wording; knows no sheet."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from codesets import formats
from codesets.models import CodeNote, NoteKind
from codesets.rules import ranges
from codesets.rules.ranges import NoRange, Range

READ = (NoteKind.EXCLUDES1, NoteKind.CODE_FIRST, NoteKind.USE_ADDITIONAL, NoteKind.CODE_ALSO)
BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
# A comma parts two references only where a code follows: "T39.0-, with sixth character 1-4" is one.
BETWEEN = re.compile(r"(?:,| and |;|(?<=-)\.)\s*(?=[A-Z][0-9])")
# "underlying disease, such as:" and ", if applicable:" lead the lines that follow them.
LEAD = re.compile(r"(?::|such as|by type|complicating:)\s*$")
OPEN = re.compile(r"such as|by type|underlying|condition resulting")  # names examples or none, never the whole list
# What is asked for may rightly be absent: the chart may not have it, or the note is about some of its codes only.
IF = re.compile(r"\bif\b")
CONDITIONAL = re.compile(r"\b(if|any|all|when|where|associated)\b")
CONDITIONAL_FIRST = re.compile(
    rf"{CONDITIONAL.pattern}|\b(complicating|due to|during|following|encounter|to identify|to specify)\b"
)
LONGEST_LIST = 120
ADVERSE_EFFECT, OF_ADVERSE_EFFECT = "adverse effect", "5"


@dataclass(frozen=True, slots=True)
class Note:
    """One instruction: a line of its own, or a lead with the lines below it. `holder` is the code or block that has it.

    Excludes notes stay line by line, for each line excludes something of its own.
    """

    kind: NoteKind
    holder: str  # "E11.2", "J09-J18"; a chapter is its number
    lines: tuple[str, ...]
    ranges: tuple[Range, ...] = ()
    is_open: bool = False
    is_conditional: bool = False

    @property
    def text(self) -> str:
        """A long list as far as its first lines."""
        lead, items = self._lead_and_items
        shown = [item for at, item in enumerate(items) if len("; ".join(items[: at + 1])) < LONGEST_LIST]
        return " ".join([lead, "; ".join(shown + ["…"] * (len(shown) < len(items)))]).strip()

    @property
    def _lead_and_items(self) -> tuple[str, tuple[str, ...]]:
        """Without a lead every line is a choice of its own."""
        has_lead = len(self.lines) == 1 or LEAD.search(self.lines[0])
        return (self.lines[0], self.lines[1:]) if has_lead else ("", self.lines)

    def text_naming(self, place: str, code: str) -> str:
        """Of a long list, the line that names the code."""
        lead, items = self._lead_and_items
        naming = (item for item in items if any(each.holds_at(place, code) for each in references(item)))
        return f"{lead} {next(naming, '')}".strip()

    def names(self, place: str, code: str) -> bool:
        return any(each.holds_at(place, code) for each in self.ranges)

    @property
    def is_of_section(self) -> bool:
        """What a block or chapter advises holds for so many codes that it says little about one."""
        return "-" in self.holder or self.holder.isdigit()

    @property
    def has_if(self) -> bool:
        return any(map(IF.search, self.lines))

    @property
    def names_examples(self) -> bool:
        """Whatever stands before may be what is meant: the nature of an adverse effect, a cause "if applicable"."""
        return ADVERSE_EFFECT in self.lines[0] or (self.is_open and self.has_if)

    def is_about(self, code: str) -> bool:
        """The note of T36-T50 on adverse effects stands above poisonings and underdosings, too."""
        return ADVERSE_EFFECT not in self.lines[0] or ranges.circumstance(code) == OF_ADVERSE_EFFECT


def read(notes: Iterable[CodeNote]) -> list[Note]:
    """The notes of one holder, in the order of the book."""
    read_from = (note for note in notes if note.kind in READ)
    return [
        _instruction(NoteKind(kind), lines)
        for kind, group in groupby(read_from, key=lambda note: note.kind)
        for lines in ([[each] for each in group] if kind == NoteKind.EXCLUDES1 else _instructions(group))
    ]


def references(text: str) -> tuple[Range, ...]:
    """The codes in the brackets of a note; words in brackets are none."""
    phrases = (phrase for inside in BRACKETS.findall(text) for phrase in BETWEEN.split(inside))
    return tuple(each for each in map(_range, phrases) if each is not None)


def _range(phrase: str) -> Range | None:
    try:
        return ranges.read(phrase.strip(" ,.").replace(" -", "-"))
    except NoRange:
        return None


def _instructions(lines: Iterable[CodeNote]) -> Iterator[list[CodeNote]]:
    """A lead takes every line after it, as far as the next lead. Without one, what comes first is a choice."""
    led: list[CodeNote] = []
    for line in lines:
        if led and not LEAD.search(line.text) and (LEAD.search(led[0].text) or line.kind == NoteKind.CODE_FIRST):
            led.append(line)
        else:
            yield from [led] if led else []
            led = [line]
    yield from [led] if led else []


def holder_shown(holder: str) -> str:
    return holder if "-" in holder or holder.isdigit() else formats.dotted(holder)


def _instruction(kind: NoteKind, lines: list[CodeNote]) -> Note:
    lead = lines[0].text.strip(" ,")
    texts = (lead, *(line.text for line in lines[1:]))
    found = tuple(each for line in lines for each in references(line.text))
    is_open = not found or (OPEN.search(lead) is not None and not references(lead))
    conditional = CONDITIONAL_FIRST if kind is NoteKind.CODE_FIRST else CONDITIONAL
    return Note(kind, holder_shown(lines[0].holder), texts, found, is_open, conditional.search(lead) is not None)
