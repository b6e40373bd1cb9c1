"""Read the official indexes (XML): ICD-10-CM's Index, External Cause Index, Neoplasm and Drug tables; ICD-10-PCS's.

All five nest terms below main terms; they differ in what a term may lead to.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from codesets.loaders import xml
from codesets.loaders.archive import Member
from codesets.loaders.edition import Counts, Edition, Format, edition_of, fiscal_year
from codesets.systems import System

STEP = " › "
NONE = ("-", "--")  # a cell of the table that leads nowhere


class IndexRow(NamedTuple):
    position: int
    parent: int | None
    level: int
    term: str
    path: str
    modifiers: str = ""
    code: str = ""
    manifestation: str = ""
    see: str = ""
    see_also: str = ""
    use: str = ""
    cells: dict[str, str] = {}


def reader(system: System) -> Callable[[Member], Edition]:
    def read(member: Member) -> Edition:
        content = member.content()
        root = xml.parse(member, content)
        rows: list[IndexRow] = []
        for term in root.iterfind("letter/mainTerm"):
            rows.extend(_terms(term, None, len(rows)))
        counts = Counts(len(rows), sum(bool(row.code or row.cells) for row in rows))
        return edition_of(system, member, content, rows, counts=counts, **fiscal_year(xml.version(member, root)))

    return read


def _terms(node: Element, above: IndexRow | None, position: int) -> Iterator[IndexRow]:
    """The term, then everything below it, in the order of the book."""
    row = _row(node, above, position)
    yield row
    position += 1
    for child in node.findall("term"):
        for below in _terms(child, row, position):
            yield below
            position += 1


def _row(node: Element, above: IndexRow | None, position: int) -> IndexRow:
    term, modifiers = _title(node.find("title"))
    return IndexRow(
        position=position,
        parent=above.position if above else None,
        level=above.level + 1 if above else 0,
        term=term,
        path=STEP.join(part for part in (above.path if above else "", term) if part),
        modifiers=modifiers,
        code=_joined(node, "code", "codes", "tab"),
        manifestation=_joined(node, "manif"),
        see=_joined(node, "see", "seecat"),
        see_also=_joined(node, "seeAlso", "subcat"),
        use=_joined(node, "use"),
        cells={cell.attrib["col"]: text for cell in node.findall("cell") if (text := xml.whole_text(cell)) not in NONE},
    )


def _title(title: Element | None) -> tuple[str, str]:
    """The words, and the nonessential modifiers that stand between them in brackets."""
    if title is None:
        return "", ""
    words = (title.text or "") + " ".join(inline.tail or "" for inline in title)
    return " ".join(words.split()), " ".join(xml.whole_text(inline) for inline in title.findall("nemod"))


def _joined(node: Element, *tags: str) -> str:
    """What stands inline, a table or the beginning of a code, keeps a blank before it."""
    found = (child for child in node if child.tag in tags)
    return "; ".join(" ".join(" ".join(child.itertext()).split()) for child in found)


_is_index = xml.root_is("ICD10CM.index")


def _is_heading(word: bytes) -> Callable[[Member, bytes], bool]:
    heading = b'<head col="1">' + word
    return lambda member, head: _is_index(member, head) and heading in head


def _is_external(member: Member, head: bytes) -> bool:
    return _is_index(member, head) and b"EXTERNAL CAUSE" in head.upper()


def _is_main(member: Member, head: bytes) -> bool:
    return _is_index(member, head) and b"<head " not in head and not _is_external(member, head)


MAIN = Format("ICD-10-CM Alphabetic Index", _is_main, reader(System.CM_INDEX))
EXTERNAL = Format("ICD-10-CM External Cause Index", _is_external, reader(System.CM_EXTERNAL))
NEOPLASM = Format("ICD-10-CM Table of Neoplasms", _is_heading(b"Neoplasm"), reader(System.CM_NEOPLASM))
DRUG = Format("ICD-10-CM Table of Drugs and Chemicals", _is_heading(b"Substance"), reader(System.CM_DRUG))
PROCEDURES = Format("ICD-10-PCS Index", xml.root_is("ICD10PCS.index"), reader(System.PCS_INDEX))
