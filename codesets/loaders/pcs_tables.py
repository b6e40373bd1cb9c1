"""Read the official ICD-10-PCS tables (XML): each table with its rows, and the values that may stand together."""

from collections.abc import Iterator
from itertools import product
from math import prod
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from codesets.loaders import xml
from codesets.loaders.archive import Member, Refused
from codesets.loaders.edition import Counts, Edition, Format, edition_of, fiscal_year
from codesets.systems import System


class TableRow(NamedTuple):
    code: str
    section: str
    body_system: str
    operation: str
    definition: str
    position: int


class ValuesRow(NamedTuple):
    """A row of a table. `axes` holds characters 4 to 7, each as {"title": …, "values": {character: meaning}}."""

    table: str
    position: int
    axes: list[dict[str, Any]]


def read(member: Member) -> Edition:
    content = member.content()
    root = xml.parse(member, content)
    tables: list[TableRow] = []
    rows: list[ValuesRow] = []
    for node in root.findall("pcsTable"):
        tables.append(_table(node, len(tables)))
        rows.extend(_rows(member, node, tables[-1].code, len(rows)))
    counts, dates = Counts(len(rows), len(codes_of(rows))), fiscal_year(xml.version(member, root))
    return edition_of(System.PCS_TABLES, member, content, tables, rows, counts=counts, **dates)


def codes_of(rows: list[ValuesRow]) -> set[str]:
    """Every code that the tables can build."""
    return {row.table + "".join(values) for row in rows for values in product(*(axis["values"] for axis in row.axes))}


def _table(node: Element, position: int) -> TableRow:
    first, second, third = node.findall("axis")
    code = "".join(label.attrib["code"] for axis in (first, second, third) for label in axis.findall("label"))
    meanings = [xml.text(axis, "label") for axis in (first, second, third)]
    return TableRow(code, *meanings, xml.text(third, "definition"), position)


def _rows(member: Member, node: Element, table: str, position: int) -> Iterator[ValuesRow]:
    for offset, row in enumerate(node.findall("pcsRow")):
        axes = [_axis(axis) for axis in row.findall("axis")]
        # The file says how many codes each row builds: a row that lost a value would build fewer.
        if len(axes) != 4 or prod(len(axis["values"]) for axis in axes) != int(row.attrib["codes"]):
            raise Refused(f"{member.shown}, table {table}: a row does not build the number of codes that it states.")
        yield ValuesRow(table, position + offset, axes)


def _axis(node: Element) -> dict[str, Any]:
    values = {label.attrib["code"]: xml.whole_text(label) for label in node.findall("label")}
    return {"title": xml.text(node, "title"), "values": values}


FORMAT = Format("ICD-10-PCS Tables", xml.root_is("ICD10PCS.tabular"), read)
