"""HCPCS Level II: proved on the official file of 2019, fixed width and XLSX; of October 2025 only derivations exist."""

import csv
import tracemalloc
import zipfile
from datetime import date

import pytest

from codesets import lives
from codesets.lives import Life
from codesets.loaders import hcpcs, heavy, load, packages, registry
from codesets.loaders.archive import Refused, members
from codesets.loaders.edition import Edition
from codesets.models import Code, System
from tests.codesets.conftest import official, read_official
from tests.codesets.excerpt import LOADED_AT

OFFICIAL = "hcpcs/hcpcs_2019-Alpha-Numeric-HCPCS-File.zip"
DERIVED = "hcpcs/hcpcs_2025_OCT_code_longdesc.csv"


def record(code: str, kind: str, long: str, short: str = "", *, dates: str = "") -> str:
    """One line of the published layout."""
    start = f"{code:>5}00100{kind}{long:80}{short:28}51"
    return f"{start:268}{dates:24}N".ljust(320) + "\r\n"


FILE = (
    "***Disclaimers\r\n"
    + record("RT", "7", "Right side", "Right side", dates="1990010119900101        ")
    + record("J0696", "3", "Injection, ceftriaxone", "Ceftriaxone inj", dates="199501011995010120251130")
    + record("J0696", "4", "sodium, per 250 mg")
)


@pytest.fixture
def ceftriaxone(tmp_path):
    path = tmp_path / "HCPC2025_OCT_ANWEB.txt"
    path.write_bytes(FILE.encode())
    (member,) = members(path)
    return hcpcs.read_fixed(member)


def test_continuation_lines_complete_the_title(ceftriaxone):
    modifier, code = ceftriaxone.codes

    assert code.title == "Injection, ceftriaxone sodium, per 250 mg"
    assert (modifier.code, modifier.is_modifier, modifier.billable) == ("RT", True, False)


def test_each_code_has_its_own_dates(ceftriaxone):
    assert (ceftriaxone.codes[1].valid_from, ceftriaxone.codes[1].valid_to) == (date(1995, 1, 1), date(2025, 11, 30))


def test_a_quarterly_file_is_in_force_for_its_quarter(ceftriaxone):
    assert (ceftriaxone.label, ceftriaxone.effective_from, ceftriaxone.effective_to) == (
        "October 2025", date(2025, 10, 1), date(2025, 12, 31),
    )  # fmt: skip


def test_a_discontinued_code_is_not_valid_after_its_date(ceftriaxone, db):
    release = load.load(ceftriaxone, source="test", now=LOADED_AT).release

    valid = Code.objects.in_release(release)
    assert valid.valid_on(date(2025, 11, 30)).filter(code="J0696").exists()
    assert not valid.valid_on(date(2025, 12, 1)).filter(code="J0696").exists()
    assert lives.lives_of("hcpcs", "J0696") == [Life(date(1995, 1, 1), date(2025, 11, 30))]


def test_dates_that_are_none_are_refused(tmp_path):
    path = tmp_path / "HCPC2025_OCT_ANWEB.txt"
    path.write_bytes(record("J0696", "3", "Injection", dates="20259999").encode())

    with pytest.raises(Refused, match="dates of J0696"):
        hcpcs.read_fixed(members(path)[0])


def test_official_file_gives_its_codes_and_modifiers():
    codes = {row.code: row for row in read_official(OFFICIAL).codes}

    assert read_official(OFFICIAL).counts == (6_800, 6_440)
    assert codes["A4221"].title.endswith("per week (list drugs separately)")
    assert codes["A4221"].particulars["coverage"] == "C"


def test_spreadsheet_says_what_the_fixed_file_says(tmp_path):
    pytest.importorskip("openpyxl", reason="openpyxl is not installed: see requirements.txt.")
    with zipfile.ZipFile(official(OFFICIAL)) as files:
        name = "HCPC2019_CONTR_ANWEB.xlsx"
        (tmp_path / name).write_bytes(files.read(name))

    (sheet,) = registry.read(tmp_path / name)

    fixed = {row.code: (row.valid_from, row.valid_to, row.short_title) for row in read_official(OFFICIAL).codes}
    assert {row.code: (row.valid_from, row.valid_to, row.short_title) for row in sheet.codes} == fixed


def test_a_zip_with_both_is_read_once():
    assert [form.name for form, _ in registry.recognised(official(OFFICIAL))] == ["HCPCS Level II file"]


def test_a_spreadsheet_that_is_none_is_refused(tmp_path):
    path = tmp_path / "HCPC2025_OCT_ANWEB.xlsx"
    path.write_bytes(b"PK not a zip")

    with pytest.raises(Refused, match="spreadsheet is cut off or damaged"):
        registry.read(path)


def test_a_small_spreadsheet_that_claims_every_row_is_refused_before_it_fills_the_memory(tmp_path):
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed: see requirements.txt.")
    book, path = openpyxl.Workbook(), tmp_path / "HCPC2025_OCT_ANWEB.xlsx"
    book.active["XFD1048576"] = "J0696"
    book.save(path)

    tracemalloc.start()
    with pytest.raises(Refused, match="20,000 rows or more"):
        registry.read(path)

    assert tracemalloc.get_traced_memory()[1] < 100_000_000
    tracemalloc.stop()


def test_a_code_that_ended_by_its_own_date_is_told_as_deleted_once(db, tmp_path):
    def edition(quarter: str, text: str) -> Edition:
        path = tmp_path / f"HCPC{quarter}_ANWEB.txt"
        path.write_text(text, newline="")
        return hcpcs.read_fixed(members(path)[0])

    both = "".join(record(code, "3", code, dates="19950101") for code in ("J0696", "J1885"))
    ended = record("J0696", "3", "J0696", dates="199501011995010120251231") + record("J1885", "3", "J1885")
    january, april = edition("2026_JAN", ended), edition("2026_APR", ended)
    load.load(edition("2025_OCT", both), source="test", now=LOADED_AT)

    assert load.plan(january).deleted == ("J0696",)
    load.load(january, source="test", now=LOADED_AT)
    assert load.plan(april).deleted == ()


def test_a_missing_package_is_said_in_one_sentence():
    with pytest.raises(Refused, match=r"no_such_package is not installed: install requirements\.txt to read"):
        heavy.package("no_such_package", "read an XLSX file")


def test_our_selection_equals_the_derived_file_of_its_quarter():
    with official(DERIVED).open(encoding="utf-8", newline="") as lines:
        truth = {row["Code"].strip(): " ".join(row["Description"].split()) for row in csv.DictReader(lines)}
    _, (edition,) = packages.packaged(System.HCPCS)

    assert {row.code: row.title for row in edition.codes}.items() <= truth.items()
    assert sum(row.billable for row in edition.codes) >= 600
    assert {row.code for row in edition.codes if row.is_modifier} == {code for code in truth if len(code) == 2}
