"""Read the official ICD-10-CM Tabular List (XML) into plain rows: sections, codes with 7th characters, notes.

Knows the file and the code's form; nothing of the database. Counts are checked before anybody writes a row.
"""

import hashlib
import importlib.util
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import parse

from codesets import formats

RANGE = re.compile(r"\s*\([A-Z0-9-]+\)$")  # the block's name says it
PACKAGE = "simple_icd_10_cm"
NOTE_KINDS = {
    "inclusionTerm": "inclusion_term",
    "includes": "includes",
    "excludes1": "excludes1",
    "excludes2": "excludes2",
    "codeFirst": "code_first",
    "useAdditionalCode": "use_additional",
    "codeAlso": "code_also",
    "notes": "note",
    "sevenChrNote": "seventh_character",
}
# The prose note of category S06: death before regaining consciousness has an initial encounter only.
NO_LATER_ENCOUNTER = ("S06", 6, frozenset("78"), frozenset("DS"))


class NotTheTabularList(ValueError):
    """The file cannot be loaded; the message says why in one sentence."""


class SectionRow(NamedTuple):
    name: str
    title: str
    chapter: str  # empty for a chapter


class CodeRow(NamedTuple):
    code: str
    title: str
    billable: bool
    parent: str
    block: str


class NoteRow(NamedTuple):
    holder: str
    kind: str
    position: int
    text: str


class Counts(NamedTuple):
    rows: int
    billable: int
    chapters: int


# By the version that the file states. A file with other counts is cut off, mixed or of another year.
EXPECTED = {"2026": Counts(rows=98_186, billable=74_719, chapters=22)}


@dataclass
class Tabular:
    """One edition of the Tabular List. `codes` stand in tabular order, headers before what they hold."""

    version: str
    sha256: str
    sections: list[SectionRow] = field(default_factory=list)
    codes: list[CodeRow] = field(default_factory=list)
    notes: list[NoteRow] = field(default_factory=list)

    @property
    def counts(self) -> Counts:
        billable = sum(row.billable for row in self.codes)
        return Counts(len(self.codes), billable, sum(not row.chapter for row in self.sections))


def packaged_file() -> Path:
    """The Tabular List inside the installed package, found without importing it (an import costs 174 MB)."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise NotTheTabularList("The package simple-icd-10-cm is not installed: install requirements.txt, load again.")
    found = sorted((Path(spec.origin).parent / "data").glob("*tabular*.xml"))
    if not found:
        raise NotTheTabularList(
            "simple-icd-10-cm holds no tabular XML: install the version that requirements.txt names."
        )
    return found[-1]


def read(path: Path) -> Tabular:
    """Everything the file says, checked against the counts of its year."""
    tabular = read_unchecked(path)
    expected = EXPECTED.get(tabular.version)
    if expected is None:
        raise NotTheTabularList(f"{path.name} is the edition {tabular.version or 'without a year'}; loadable is 2026.")
    if tabular.counts != expected:
        found = f"{path.name} gives {_said(tabular.counts)}, expected {_said(expected)}"
        raise NotTheTabularList(f"{found}: nothing was loaded.")
    return tabular


def read_unchecked(path: Path) -> Tabular:
    try:
        root = parse(path).getroot()
    except (ParseError, DefusedXmlException, OSError) as problem:
        raise NotTheTabularList(f"{path.name} cannot be read as XML: it is cut off, damaged or unsafe.") from problem
    if root.tag != "ICD10CM.tabular":
        raise NotTheTabularList(f"{path.name} is not an ICD-10-CM Tabular List: its root is {root.tag}.")
    tabular = Tabular(_text(root, "version"), hashlib.sha256(path.read_bytes()).hexdigest())
    for chapter in root.findall("chapter"):
        _read_chapter(chapter, tabular)
    return tabular


def section_name(identifier: str) -> str:
    """A block of one category ("B20") is named "B20-B20", because "B20" alone reads as a code."""
    return identifier if "-" in identifier else f"{identifier}-{identifier}"


def _read_chapter(chapter: Element, tabular: Tabular) -> None:
    name = _text(chapter, "name")
    tabular.sections.append(SectionRow(name, _text(chapter, "desc"), ""))
    tabular.notes.extend(_notes(chapter, name))
    for section in chapter.findall("section"):
        block = section_name(section.attrib["id"])
        tabular.sections.append(SectionRow(block, RANGE.sub("", _text(section, "desc")), name))
        tabular.notes.extend(_notes(section, block))
        for category in section.findall("diag"):
            _read_diagnosis(category, "", block, (), tabular)


def _read_diagnosis(node: Element, parent: str, block: str, sevenths: tuple[Element, ...], tabular: Tabular) -> None:
    """One header or code, then everything below it; `sevenths` is the nearest list of 7th characters above."""
    code, title = formats.strip(_text(node, "name")), _text(node, "desc")
    sevenths = tuple(node.findall("sevenChrDef/extension")) or sevenths
    below = node.findall("diag")
    expanded = [] if below or len(code) == 7 else list(_expanded(code, title, block, sevenths))
    tabular.codes.append(CodeRow(code, title, not below and not expanded, parent, block))
    tabular.codes.extend(expanded)
    tabular.notes.extend(_notes(node, code))
    for child in below:
        _read_diagnosis(child, code, block, sevenths, tabular)


def _expanded(code: str, title: str, block: str, sevenths: tuple[Element, ...]) -> Iterator[CodeRow]:
    for extension in sevenths:
        character, meaning = extension.attrib["char"], _first_line(extension)
        if not _is_forbidden(code, character):
            yield CodeRow(formats.with_seventh(code, character), f"{title}, {meaning}", True, code, block)


def _is_forbidden(code: str, seventh: str) -> bool:
    category, place, characters, forbidden = NO_LATER_ENCOUNTER
    return code.startswith(category) and code[place - 1 : place] in characters and seventh in forbidden


def _notes(node: Element, holder: str) -> Iterator[NoteRow]:
    lines = [(NOTE_KINDS[child.tag], line) for child in node if child.tag in NOTE_KINDS for line in _lines(child)]
    lines += [("seventh_character", f"{each.attrib['char']}: {_first_line(each)}") for each in _extensions(node)]
    for position, (kind, text) in enumerate(lines):
        yield NoteRow(holder, kind, position, text)


def _extensions(node: Element) -> list[Element]:
    return node.findall("sevenChrDef/extension")


def _lines(container: Element) -> list[str]:
    return [" ".join((note.text or "").split()) for note in container.findall("note")]


def _first_line(extension: Element) -> str:
    """The wording proper; further lines repeat it with "NOS" and stand in no official title."""
    return " ".join((extension.text or "").strip().splitlines()[0].split())


def _text(node: Element, tag: str) -> str:
    return " ".join((node.findtext(tag) or "").split())


def _said(counts: Counts) -> str:
    return f"{counts.rows:,} rows, {counts.billable:,} billable codes and {counts.chapters} chapters"
