"""What a fresh install holds: every fact is checked against the official file, the Index against a reading of it."""

import csv
import re

import pytest
from django.conf import settings

from codesets.formats import strip
from codesets.loaders import packages, pcs_tables
from codesets.loaders.edition import Edition
from codesets.models import System
from codesets.search_index import PROCEDURE_BEGINNING
from tests.codesets.conftest import official, read_official
from tests.codesets.excerpt import whole_tabular
from tests.codesets.test_lists import TABLE_5
from tests.codesets.test_order_file import PCS_2026
from tests.codesets.test_pcs import INDEX, TABLES, billable

CODE = re.compile(r"^\s*-? ?\{?code: ?\"?([A-TV-Z]\d[0-9AB](?:\.[0-9A-Z]{1,4})?)", re.MULTILINE)


def packaged(system: System) -> Edition:
    _, (edition,) = packages.packaged(system)
    return edition


@pytest.fixture(scope="module")
def index() -> dict[str, str]:
    return {row.path: row.code for row in packaged(System.CM_INDEX).others[0]}


def test_table_5_is_the_official_one():
    assert packaged(System.MS_DRG).others == read_official(TABLE_5).others


def test_at_least_sixty_tables_are_the_official_ones():
    ours, theirs = packaged(System.PCS_TABLES).others, read_official(TABLES).others
    meanings = {table.code: table[:5] for table in theirs[0]}

    assert len(ours[0]) >= 60
    assert all(table[:5] == meanings[table.code] for table in ours[0])
    codes = {table.code for table in ours[0]}
    assert pcs_tables.codes_of(ours[1]) == {code for code in pcs_tables.codes_of(theirs[1]) if code[:3] in codes}


def test_tables_build_few_codes_that_the_next_year_does_not_take():
    gone = pcs_tables.codes_of(packaged(System.PCS_TABLES).others[1]) - billable(PCS_2026).keys()

    assert len(gone) <= 39


def test_index_holds_about_three_thousand_main_terms(index):
    assert sum("›" not in path for path in index) >= 3_000


def test_every_code_of_the_index_stands_in_the_tabular_list(index):
    known = {row.code for row in whole_tabular().codes}

    assert [path for path, code in index.items() if code and strip(code) not in known] == []


def test_entries_are_those_of_the_derived_index(index):
    truth, above = set(), []
    with official("icd10cm-fy2025/ICD10CM_2025_Index.csv").open(encoding="utf-8-sig", newline="") as lines:
        for line in csv.DictReader(lines):
            above = [*above[: int(line["Level"])], line["Term"].strip()]
            truth.add((" › ".join(above), line["Code"].strip()))
    books = ("External cause ›", "Neoplasm, neoplastic ›", "Table of Drugs and Chemicals ›")

    ours = {(path, code) for path, code in index.items() if not path.startswith(books)}
    assert ours <= truth


def test_terms_of_procedures_are_those_of_the_official_index():
    leads = [(row.level, row.path, row.code, row.see, row.see_also, row.use) for row in read_official(INDEX).others[0]]

    ours = packaged(System.PCS_INDEX).others[0]
    assert sum(row.level == 0 for row in ours) >= 3_000
    assert {(row.level, row.path, row.code, row.see, row.see_also, row.use) for row in ours} <= set(leads)


def test_terms_of_procedures_begin_codes_of_the_next_year():
    codes = billable(PCS_2026).keys()
    begun = {code[:length] for code in codes for length in range(3, 8)}

    ours = packaged(System.PCS_INDEX).others[0]
    printed = {each for row in ours for each in PROCEDURE_BEGINNING.findall(f"{row.code} {row.see}")}
    assert len(printed) > 500
    assert printed <= begun


def test_every_code_of_the_shipped_keys_has_a_way_through_the_index(index):
    led_to = {strip(code) for code in index.values()}
    cases = sorted((settings.BASE_DIR / "fixtures/first-rounds/cases").glob("*.yaml"))
    keyed = {strip(code) for path in cases for code in CODE.findall(path.read_text(encoding="utf-8"))}

    # The Index may stop at a shorter form: the Tabular List gives the rest.
    assert keyed
    assert {code for code in keyed if not any(code[:length] in led_to for length in range(3, 8))} == set()


def test_guidelines_for_procedures_are_in_our_own_words_and_say_so():
    edition = packaged(System.PCS_GUIDELINES)

    sections = {section.number: section for section in edition.others[0]}
    assert edition.label == "FY2026, in our own words"
    assert len(sections) == len(edition.others[0]) >= 60
    assert {"A8", "B3.2", "B3.8", "B3.15", "B4.3", "B6.1a"} <= sections.keys()
    assert all(section.text for section in sections.values())
