"""Small real editions of ICD-10-PCS, HCPCS Level II and MS-DRG: one removal of a gallbladder, one injection, one heart.

Titles, rows and definitions are those of the official files of the years that the labels name.
"""

from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from codesets.loaders import facts, hcpcs, load
from codesets.loaders.edition import CodeRow, Edition, fiscal_year
from codesets.loaders.indexes import IndexRow
from codesets.loaders.pcs_definitions import TermRow
from codesets.models import System
from tests.codesets.excerpt import LOADED_AT

TABLES = {"0FT", "0FB"}
TITLES = {
    "0FT40ZZ": "Resection of Gallbladder, Open Approach",
    "0FT44ZG": "Resection of Gallbladder, Percutaneous Endoscopic Approach, Hand-Assisted",
    "0FT44ZZ": "Resection of Gallbladder, Percutaneous Endoscopic Approach",
    "10D10ZZ": "Extraction of Products of Conception, Retained, Open Approach",
}
ENDOSCOPIC = (
    "Entry, by puncture or minor incision, of instrumentation through the skin or mucous membrane and any other body "
    "layers necessary to reach and visualize the site of the procedure"
)
TERMS = [
    TermRow(
        "0", 3, "Operation", "Resection", "Cutting out or off, without replacement, all of a body part", "",
        "Total nephrectomy, total lobectomy of lung", 0,
    ),
    TermRow("0", 4, "Body Part", "Ampulla of Vater", "", "", "Duodenal ampulla; Hepatopancreatic ampulla", 1),
    TermRow("0", 5, "Approach", "Percutaneous Endoscopic", ENDOSCOPIC, "", "", 2),
]  # fmt: skip
INDEX = [
    IndexRow(0, None, 0, "Abdominal esophagus", "Abdominal esophagus", use="Esophagus, Lower"),
    IndexRow(1, None, 0, "Abrasion", "Abrasion", see="Extraction"),
    IndexRow(2, None, 0, "Cholecystectomy", "Cholecystectomy"),
    IndexRow(3, 2, 1, "", "Cholecystectomy", see="Excision, Gallbladder 0FB4"),
    IndexRow(4, 2, 1, "", "Cholecystectomy", see="Resection, Gallbladder 0FT4"),
    IndexRow(5, None, 0, "Cholecystoscopy", "Cholecystoscopy", code="0FJ44ZZ"),
    IndexRow(6, None, 0, "Extraction", "Extraction"),
    IndexRow(7, 6, 1, "Products of Conception", "Extraction › Products of Conception"),
    IndexRow(8, 7, 2, "Retained", "Extraction › Products of Conception › Retained", code="10D1"),
    IndexRow(9, None, 0, "Resection", "Resection"),
    IndexRow(10, 9, 1, "Gallbladder", "Resection › Gallbladder", code="0FT4"),
]
SUPPLIES = {"A4221", "J0696", "J1815", "E0601", "LT", "RT"}
DRGS = {"291", "292", "293", "871", "872", "998"}

YEAR, QUARTER = {"edition": "FY2026"}, {"edition": "October-2025"}
PROCEDURE_ADDRESSES: dict[str, dict[str, Any]] = {
    **dict.fromkeys(["pcs_builder", "drg_categories"], YEAR),
    "pcs_table": YEAR | {"table": "0FT"},
    "pcs_code": YEAR | {"code": "0FT44ZZ"},
    **dict.fromkeys(["hcpcs_sections", "hcpcs_modifiers"], QUARTER),
    "hcpcs_section": QUARTER | {"letter": "J"},
    "hcpcs_code": QUARTER | {"code": "J0696"},
    "drg_category": YEAR | {"mdc": "05"},
    "drg": YEAR | {"number": "291"},
}


@cache
def editions() -> list[Edition]:
    tables, drgs, supplies = facts.pcs_tables(), facts.table_5(), hcpcs.packaged_edition()
    held, rows = tables.others
    return [
        replace(
            tables, others=[[row for row in held if row.code in TABLES], [row for row in rows if row.table in TABLES]]
        ),
        replace(drgs, others=[[row for row in drgs.others[0] if row.number in DRGS]]),
        replace(supplies, codes=[row for row in supplies.codes if row.code in SUPPLIES]),
        of_year(System.ICD10PCS, 2026, codes=[CodeRow(code, title, True) for code, title in TITLES.items()]),
        of_year(System.PCS_DEFINITIONS, 2021, others=[TERMS]),
        of_year(System.PCS_INDEX, 2026, others=[INDEX]),
    ]


def of_year(system: System, year: int, **rows: Any) -> Edition:
    return Edition(system=system, member="excerpt", sha256=f"{system} {year}", **fiscal_year(year), **rows)


@pytest.fixture
def procedure_books(db) -> None:
    for edition in editions():
        load.load(edition, source="excerpt for tests", now=LOADED_AT)
