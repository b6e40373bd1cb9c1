"""Read the official ICD-10-CM Tabular List (XML) into plain rows: sections, codes with 7th characters, notes.

Knows the file and the code's form; nothing of the database. Counts are checked before anybody writes a row.
"""

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element

from codesets import formats
from codesets.loaders import xml
from codesets.loaders.archive import Member, Refused
from codesets.loaders.edition import CodeRow, Edition, Format, SectionRow, edition_of, fiscal_year
from codesets.systems import System

RANGE = re.compile(r"\s*\([A-Z0-9-]+\)$")  # the block's name says it
DISTRIBUTION, PACKAGE = "simple-icd-10-cm", "simple_icd_10_cm"
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


class NoteRow(NamedTuple):
    holder: str
    kind: str
    position: int
    text: str


class Rows(NamedTuple):
    sections: list[SectionRow]
    codes: list[CodeRow]
    notes: list[NoteRow]


def packaged_file() -> Path:
    """The Tabular List inside the installed package, found without importing it (an import costs 174 MB)."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise Refused("The package simple-icd-10-cm is not installed: install requirements.txt, load again.")
    found = sorted((Path(spec.origin).parent / "data").glob("*tabular*.xml"))
    if not found:
        raise Refused("simple-icd-10-cm holds no tabular XML: install the version that requirements.txt names.")
    return found[-1]


def read(member: Member) -> Edition:
    """Codes stand in tabular order, headers before what they hold; the notes are the one list of other rows."""
    content = member.content()
    root = xml.parse(member, content)
    tabular = Rows([], [], [])
    for chapter in root.findall("chapter"):
        _read_chapter(chapter, tabular)
    return edition_of(
        System.ICD10CM,
        member,
        content,
        tabular.notes,
        sections=tabular.sections,
        codes=tabular.codes,
        titles_are_official=False,  # accents, and 7th characters that are composed
        **fiscal_year(xml.version(member, root)),
    )


def section_name(identifier: str) -> str:
    """A block of one category ("B20") is named "B20-B20", because "B20" alone reads as a code."""
    return identifier if "-" in identifier else f"{identifier}-{identifier}"


def _read_chapter(chapter: Element, tabular: Rows) -> None:
    name = xml.text(chapter, "name")
    tabular.sections.append(SectionRow(name, xml.text(chapter, "desc"), ""))
    tabular.notes.extend(_notes(chapter, name))
    for section in chapter.findall("section"):
        block = section_name(section.attrib["id"])
        tabular.sections.append(SectionRow(block, RANGE.sub("", xml.text(section, "desc")), name))
        tabular.notes.extend(_notes(section, block))
        for category in section.findall("diag"):
            _read_diagnosis(category, "", block, (), tabular)


def _read_diagnosis(node: Element, parent: str, block: str, sevenths: tuple[Element, ...], tabular: Rows) -> None:
    """One header or code, then everything below it; `sevenths` is the nearest list of 7th characters above."""
    code, title = formats.strip(xml.text(node, "name")), xml.text(node, "desc")
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


FORMAT = Format("ICD-10-CM Tabular List", xml.root_is("ICD10CM.tabular"), read)
