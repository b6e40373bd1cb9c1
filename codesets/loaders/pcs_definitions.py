"""Read the official ICD-10-PCS definitions (XML): root operations, approaches, the body part and device keys."""

from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from codesets.loaders import xml
from codesets.loaders.archive import Member
from codesets.loaders.edition import Counts, Edition, Format, edition_of, fiscal_year
from codesets.systems import System

DEVICE = 6


class TermRow(NamedTuple):
    section: str
    axis: int
    axis_title: str
    term: str
    definition: str
    explanation: str
    includes: str
    position: int


def read(member: Member) -> Edition:
    content = member.content()
    root = xml.parse(member, content)
    rows = [row._replace(position=position) for position, row in enumerate(_terms(root))]
    counts, dates = Counts(len(rows), sum(bool(row.definition) for row in rows)), fiscal_year(xml.version(member, root))
    return edition_of(System.PCS_DEFINITIONS, member, content, rows, counts=counts, **dates)


def _terms(root: Element) -> Iterator[TermRow]:
    for section in root.findall("section"):
        for axis in section.findall("axis"):
            for terms in axis.findall("terms"):
                yield _term(section.attrib["code"], axis, terms)
    for device in root.iterfind("deviceAggregation/aggregate"):
        yield _aggregate(device)


def _term(section: str, axis: Element, terms: Element) -> TermRow:
    words = [_all(terms, tag) for tag in ("title", "definition", "explanation", "includes")]
    return TermRow(section, int(axis.attrib["pos"]), xml.text(axis, "title"), *words, position=0)


def _aggregate(device: Element) -> TermRow:
    """A specific device that other operations code to its broader one."""
    parent = f"{xml.text(device, 'parent')} in other operations"
    return TermRow(
        "", DEVICE, "Device aggregation", xml.text(device, "device"), parent,
        xml.text(device, "operation"), _all(device, "bodySys"), 0,
    )  # fmt: skip


def _all(node: Element, tag: str) -> str:
    return "; ".join(xml.whole_text(child) for child in node.findall(tag))


FORMAT = Format("ICD-10-PCS Definitions", xml.root_is("ICD10PCS.definitions"), read)
