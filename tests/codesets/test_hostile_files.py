"""Whatever a damaged or hostile file breaks on its way, it is refused with one sentence and leaves nothing behind."""

import random
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from codesets.loaders import load, registry
from codesets.loaders.archive import Refused
from codesets.models import Release, Supplied
from tests.codesets.excerpt import LOADED_AT
from tests.codesets.test_hcpcs import record

TABULAR, INDEX = (f"<ICD10CM.{root}><version>2026</version>{{}}</ICD10CM.{root}>" for root in ("tabular", "index"))
DIAGNOSIS = "<chapter><name>1</name>{}</chapter>"
PCS_TABLE = "<ICD10PCS.tabular><version>2026</version><pcsTable>{}</pcsTable></ICD10PCS.tabular>"
AXES = "".join(f'<axis><label code="{code}">Bypass</label></axis>' for code in "001")
CODED = DIAGNOSIS.format('<section id="A00-A09"><diag><name>A00</name>{}</diag></section>')
DRG_TABLE = (
    "LIST OF MEDICARE SEVERITY DIAGNOSIS-RELATED GROUPS FY 2026\n"
    "MS-DRG\tPost-Acute DRG\tSpecial Pay DRG\tMDC\tTYPE\tMS-DRG Title\tWeights\tGeometric\tArithmetic\n"
    "291\tYes\tNo\t05\tMED\tHEART FAILURE\t1.0\t3.0\t4.0\n"
)
LONG_FIELD = "x" * 140_000
PTP = "Column 1\tColumn 2\tEffective Date\tDeletion Date\tModifier\tRationale\n99213\t99214\t{}\t*\t1\tx\n"
MUE = '"HCPCS","MUE Values","MUE Adjudication Indicator","MUE Rationale"\n"99213","{}","3","x"\n'


def damaged_zip() -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as files:
        files.writestr("icd10cm_order_2026.txt", random.Random(1).randbytes(9_000).hex())
    content = bytearray(packed.getvalue())
    content[60:110] = b"\xff" * 50
    return bytes(content)


def sheet(*rows: list[str]) -> bytes:
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed: see requirements.txt.")
    book, kept = openpyxl.Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(kept)
    return kept.getvalue()


def plain_zip() -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as files:
        files.writestr("one.txt", "1")
    return packed.getvalue()


def nested(tag: str, times: int) -> str:
    return f"<{tag}>" * times + f"</{tag}>" * times


HOSTILE: dict[str, tuple[str, bytes | Callable[[], bytes]]] = {
    "a zip with damaged bytes": ("order_2026.zip", damaged_zip),
    "a Tabular List nested deep": ("tabular.xml", TABULAR.format(CODED.format(nested("diag", 200_000))).encode()),
    "an index nested deep": (
        "index.xml", INDEX.format(f"<letter><mainTerm>{nested('term', 20_000)}</mainTerm></letter>").encode(),
    ),
    "a block without its id": ("tabular.xml", TABULAR.format(DIAGNOSIS.format("<section/>")).encode()),
    "a 7th character without char": (
        "tabular.xml",
        TABULAR.format(CODED.format("<sevenChrDef><extension>initial</extension></sevenChrDef>")).encode(),
    ),
    "an empty 7th character": (
        "tabular.xml",
        TABULAR.format(CODED.format('<sevenChrDef><extension char="A"/></sevenChrDef>')).encode(),
    ),
    "a cell without its column": (
        "index.xml",
        INDEX.format("<letter><mainTerm><title>Neoplasm</title><cell>C80.1</cell></mainTerm></letter>").encode(),
    ),
    "a PCS label without its code": ("pcs.xml", PCS_TABLE.format(AXES.replace(' code="0"', "")).encode()),
    "a PCS table without an axis": ("pcs.xml", PCS_TABLE.format(AXES[40:]).encode()),
    "a PCS row that counts in letters": (
        "pcs.xml", PCS_TABLE.format(AXES + '<pcsRow codes="x">' + "<axis/>" * 4 + "</pcsRow>").encode(),
    ),
    "Guidelines that are not UTF-8": ("g.txt", b"ICD-10-CM Official Guidelines FY 2026 \xff\xfe"),
    "Table 5 with an endless field": ("t5.txt", DRG_TABLE.replace("FY 2026", f"FY 2026\t{LONG_FIELD}").encode()),
    "HCC mappings with an endless field": ("hcc_2026.csv", f"diagnosis_code,HCC,{LONG_FIELD}\n".encode()),
    "HCC mappings without their model": ("hcc_2026.csv", b"diagnosis_code,cc,HCC\nE1122,37,1\n"),
    "a weight that is no number": ("t5.txt", DRG_TABLE.replace("1.0", "NaN").encode()),
    "a MUE value in superscript": ("MUE_eff_10-01-2025.csv", MUE.format("²").encode("latin-1")),
    "a MUE list of month 99": ("MUE_eff_99-01-2025.csv", MUE.format("2").encode()),
    "a pair of a day that never comes": ("ptp_v313r0.txt", PTP.format("20259999").encode()),
    "pairs of a quarter that never comes": ("ptp_v999r0.txt", PTP.format("20250101").encode()),
    "a spreadsheet without titles": (
        "HCPC2025_OCT_ANWEB.xlsx", lambda: sheet(["HCPC", "RECID"], ["J0696", "3"]),
    ),
    "a plain zip named spreadsheet": ("HCPC2025_OCT_ANWEB.xlsx", plain_zip),
    "a code that stands twice": (
        "HCPC2025_OCT_ANWEB.txt",
        "".join(record(code, "3", "Injection") for code in ("J0696", "J1885", "J0696")).encode(),
    ),
    **{f"year {year}": ("t.xml", TABULAR.replace("2026", year).encode()) for year in ("0000", "0001", "²²²²")},
}  # fmt: skip


@pytest.fixture
def supplied(tmp_path, monkeypatch):
    monkeypatch.setattr("codesets.loaders.edition.known_counts", dict)

    def write(name: str, content: bytes | Callable[[], bytes]) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content())
        return path

    return write


@pytest.mark.parametrize("what", HOSTILE)
def test_a_damaged_file_is_refused_with_one_sentence(supplied, what):
    path = supplied(*HOSTILE[what])

    with pytest.raises(Refused) as refused:
        registry.read(path)

    assert str(refused.value).endswith(".")


def test_what_the_database_does_not_take_is_refused_and_leaves_nothing(db, supplied):
    twice = PCS_TABLE.replace("<pcsTable>{}</pcsTable>", "<pcsTable>{0}</pcsTable>" * 2).format(
        AXES + '<pcsRow codes="1">' + '<axis><label code="0">Any</label></axis>' * 4 + "</pcsRow>"
    )
    (edition,) = registry.read(supplied("pcs_tables.xml", twice.encode()))

    with pytest.raises(Refused, match=r"pcs_tables\.xml is damaged or not in the published layout"):
        load.load(edition, source="test", now=LOADED_AT)

    assert not Release.objects.filter(system=edition.system).exists()


def test_a_zip_that_is_damaged_is_told_at_its_field_and_not_kept(client, ada, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    client.force_login(ada)

    page = client.post(reverse("code_sets"), {"supplied": SimpleUploadedFile("order_2026.zip", damaged_zip())})

    assert page.status_code == 422
    assert "order_2026.zip cannot be read: it is cut off or damaged." in page.text
    assert list((tmp_path / "uploads").iterdir()) == []


def test_a_file_that_turns_out_damaged_is_refused_on_its_page(client, ada, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    client.force_login(ada)
    name, content = HOSTILE["a block without its id"]
    client.post(reverse("code_sets"), {"supplied": SimpleUploadedFile(name, content)})

    page = client.post(reverse("work_now", args=[Supplied.objects.get().pk]), follow=True)

    assert "tabular.xml is damaged or not in the published layout" in page.text
    assert Supplied.objects.get().state == Supplied.State.REFUSED
