"""The Index family. The official main Index is not among the files at hand: its loader is proved on a file that the
test builds to the published layout from a third party's reading of it, which is never kept here."""

import csv
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from codesets.loaders import indexes, load, registry
from codesets.loaders.archive import members
from codesets.models import IndexEntry
from tests.codesets.conftest import official, read_official
from tests.codesets.excerpt import LOADED_AT

FOLDER = "icd10cm-fy2025"
ANGINA = """<?xml version="1.0"?><ICD10CM.index><version>2025</version>
<title>ICD-10-CM INDEX TO DISEASES and INJURIES</title><letter><title>A</title>
<mainTerm><title>Abdomen, abdominal</title><seeAlso>condition</seeAlso>
<term level="1"><title>angina</title><code>K55.1</code></term></mainTerm>
<mainTerm><title>Abasia<nemod>(-astasia) (hysterical)</nemod></title><code>F44.4</code></mainTerm>
<mainTerm><title>Arthritis</title><term level="1"><title>in<nemod>(due to)</nemod></title>
<term level="2"><title>acromegaly</title><code>E22.0</code><manif>M14.8-</manif></term></term></mainTerm>
</letter></ICD10CM.index>"""


def rows_of(path: Path) -> dict[str, indexes.IndexRow]:
    ((form, member),) = registry.recognised(path)
    return {row.path: row for row in form.read(member).others[0]}


@pytest.fixture
def angina(tmp_path):
    path = tmp_path / "icd10cm_index_2025.xml"
    path.write_text(ANGINA)
    return path


def as_xml(lines: list[dict[str, str]]) -> str:
    """The published layout, terms nested by level."""
    parts, depth = ['<?xml version="1.0"?><ICD10CM.index><version>2025</version><letter><title>A</title>'], -1
    for line in lines:
        level = int(line["Level"])
        parts += [closing(each) for each in range(depth, level - 1, -1)]
        parts.append("<mainTerm>" if level == 0 else f'<term level="{level}">')
        nemod = f"<nemod>{escape(line['NonEssModif'])}</nemod>" if line["NonEssModif"] else ""
        parts.append(f"<title>{escape(line['Term'])}{nemod}</title>")
        parts += [f"<{tag}>{escape(line[name])}</{tag}>" for name, tag in LEADS.items() if line[name]]
        depth = level
    return "".join([*parts, *(closing(each) for each in range(depth, -1, -1)), "</letter></ICD10CM.index>"])


def main_index() -> tuple[list[dict[str, str]], str]:
    """The third party's lines, and the file as it is published."""
    with official(f"{FOLDER}/ICD10CM_2025_Index.csv").open(encoding="utf-8-sig", newline="") as lines:
        truth = list(csv.DictReader(lines))
    return truth, as_xml(truth)


LEADS = {"Code": "code", "See": "see", "SeeAlso": "seeAlso"}


def closing(level: int) -> str:
    return "</mainTerm>" if level == 0 else "</term>"


def test_a_subterm_stands_below_its_main_term(angina):
    rows = rows_of(angina)

    assert rows["Abdomen, abdominal › angina"].code == "K55.1"
    assert rows["Abdomen, abdominal › angina"].parent == rows["Abdomen, abdominal"].position
    assert rows["Abdomen, abdominal"].see_also == "condition"


def test_nonessential_modifiers_are_apart(angina):
    assert rows_of(angina)["Abasia"].modifiers == "(-astasia) (hysterical)"


def test_a_manifestation_stands_beside_its_etiology(angina):
    acromegaly = rows_of(angina)["Arthritis › in › acromegaly"]

    assert (acromegaly.code, acromegaly.manifestation) == ("E22.0", "M14.8-")


def test_the_four_books_are_told_apart():
    names = ["icd-10-cm-eindex-2025.xml", "icd-10-cm-neoplasm-2025.xml", "icd-10-cm-drug-2025.xml"]
    systems = [read_official(f"{FOLDER}/{name}").system for name in names]

    assert systems == ["icd10cm_external", "icd10cm_neoplasm", "icd10cm_drug"]


def test_a_neoplasm_has_a_column_for_each_behaviour():
    rows = {row.path: row for row in read_official(f"{FOLDER}/icd-10-cm-neoplasm-2025.xml").others[0]}

    assert rows["Neoplasm, neoplastic › abdomen, abdominal"].cells == {
        "2": "C76.2", "3": "C79.8-", "4": "D09.8", "5": "D36.7", "6": "D48.7", "7": "D49.89",
    }  # fmt: skip


def test_a_drug_without_underdosing_has_no_such_cell():
    rows = {row.path: row for row in read_official(f"{FOLDER}/icd-10-cm-drug-2025.xml").others[0]}

    assert rows["1-propanol"].cells == {"2": "T51.3X1", "3": "T51.3X2", "4": "T51.3X3", "5": "T51.3X4"}


def test_drug_table_equals_the_official_spreadsheet():
    with official(f"{FOLDER}/icd10cm-drug-April-2025.csv").open(encoding="latin-1", newline="") as lines:
        listed = {code for row in csv.reader(lines) for code in row[1:7] if code.startswith("T")}
    read = read_official(f"{FOLDER}/icd-10-cm-drug-2025.xml").others[0]

    assert {code for row in read for code in row.cells.values() if code.startswith("T")} == listed


def test_whole_main_index_built_to_the_layout_is_read_line_by_line(tmp_path):
    truth, text = main_index()
    path = tmp_path / "icd10cm_index_2025.xml"
    path.write_text(text)

    edition = indexes.MAIN.read(members(path)[0])

    rows = edition.others[0]
    assert edition.counts == (81_024, 62_721)
    assert [(row.level, row.code) for row in rows] == [(int(line["Level"]), line["Code"]) for line in truth]


def test_entries_leading_to_a_code_are_found(db, angina, monkeypatch):
    monkeypatch.setattr("codesets.loaders.edition.known_counts", dict)
    (edition,) = registry.read(angina)
    release = load.load(edition, source="test", now=LOADED_AT).release

    (entry,) = IndexEntry.objects.in_release(release).filter(code="K55.1")

    assert str(entry) == "Abdomen, abdominal › angina K55.1"
    assert IndexEntry.objects.in_release(release).filter(level=0).count() == 3
