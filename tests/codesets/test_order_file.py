import shutil
import zipfile
from datetime import date
from pathlib import Path

import pytest

from codesets.differences import Held, compare
from codesets.loaders import order_file, registry
from codesets.loaders.archive import Refused, members
from codesets.loaders.edition import Edition
from codesets.systems import System
from tests.codesets.conftest import official, read_official

CM_2025 = "icd10cm-fy2025/icd10cm_order_2025.zip"
CM_2026 = "icd10cm-fy2026/icd10cm-code-descriptions-2026.zip"
PCS_2025 = "icd10pcs/icd10pcs_order_2025.zip"
PCS_2026 = "icd10pcs/icd10pcs_order_2026.zip"


def line(number: int, code: str, billable: int, title: str) -> str:
    return f"{number:05} {code:7} {billable} {title:60} {title}\r\n"


@pytest.fixture
def order_2026(tmp_path):
    def write(text: str, name: str = "icd10cm_order_2026.txt"):
        path = tmp_path / name
        path.write_bytes(text.encode())
        (member,) = members(path)
        return member

    return write


def held(edition: Edition) -> dict[str, Held]:
    return {row.code: Held(row.title, row.billable) for row in edition.codes}


def changes(before: str, after: str) -> tuple[int, int, int]:
    found = compare(held(read_official(before)), held(read_official(after)), against="")
    return len(found.added), len(found.deleted), len(found.became_headers)


def test_a_line_gives_code_titles_and_what_stands_above_it(order_2026):
    member = order_2026(line(1, "A00", 0, "Cholera") + line(2, "A000", 1, "Cholera due to Vibrio cholerae 01"))

    first, second = order_file.CM.read(member).codes

    assert (first.code, first.billable, first.parent) == ("A00", False, "")
    assert (second.code, second.billable, second.parent) == ("A000", True, "A00")
    assert second.title == second.short_title == "Cholera due to Vibrio cholerae 01"


def test_the_name_says_the_year(order_2026):
    edition = order_file.CM.read(order_2026(line(1, "A00", 0, "Cholera")))

    assert (edition.label, edition.effective_from, edition.effective_to) == (
        "FY2026", date(2025, 10, 1), date(2026, 9, 30),
    )  # fmt: skip


def test_the_update_of_april_starts_in_april(order_2026):
    edition = order_file.CM.read(order_2026(line(1, "A00", 0, "Cholera"), "icd10cm_order_April_2026.txt"))

    assert (edition.label, edition.effective_from) == ("FY2026 April", date(2026, 4, 1))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (line(1, "A00", 0, "Cholera") + "00002 A000    1 Chol", "stops in the middle of a line"),
        (line(1, "A00", 0, "Cholera") + line(3, "A000", 1, "Cholera"), "line 2: this is not a line"),
        (line(1, "A00", 0, "Cholera") + line(2, "0016070", 1, "Bypass"), "0016070 is not a code of ICD-10-CM"),
        (line(1, "A00", 0, "Cholera") + line(2, "A000", 2, "Cholera"), "line 2: this is not a line"),
        (line(1, "A00", 0, "Choléra"), "bytes that the official file does not have"),
    ],
)
def test_a_damaged_or_mixed_file_is_refused_with_the_line(order_2026, text, why):
    with pytest.raises(Refused, match=why):
        order_file.CM.read(order_2026(text))


def test_a_file_without_a_year_in_its_name_is_refused(order_2026):
    with pytest.raises(Refused, match="names no single year"):
        order_file.CM.read(order_2026(line(1, "A00", 0, "Cholera"), "order.txt"))


def test_icd10cm_2026_holds_the_official_numbers():
    edition = read_official(CM_2026)

    assert edition.counts == (98_186, 74_719)
    assert (edition.system, edition.label) == (System.ICD10CM, "FY2026")


def test_icd10cm_changes_by_487_and_28():
    assert changes(CM_2025, CM_2026) == (487, 28, 16)


def test_icd10pcs_holds_the_official_numbers():
    assert read_official(PCS_2025).counts.counted == 78_948
    assert read_official(PCS_2026).counts == (80_029, 79_115)


def test_icd10pcs_changes_by_206_and_39():
    assert changes(PCS_2025, PCS_2026) == (206, 39, 0)


def test_the_file_of_another_year_is_refused_whatever_it_is_called(tmp_path):
    with zipfile.ZipFile(official(CM_2025)) as files:
        (tmp_path / "icd10cm_order_2026.txt").write_bytes(files.read("icd10cm_order_2025.txt"))

    with pytest.raises(Refused, match=r"gives 97,584 rows.*These are the counts of FY2025"):
        registry.read(tmp_path / "icd10cm_order_2026.txt")


def unpacked(archive: str, path: Path) -> Path:
    """An official order file under another name."""
    with zipfile.ZipFile(official(archive)) as files:
        name = next(name for name in files.namelist() if "order" in name and "addenda" not in name)
        path.write_bytes(files.read(name))
    return path


@pytest.mark.parametrize(
    ("archive", "name", "year"),
    [
        (CM_2026, "icd10cm_order_2027.txt", "FY2026"),
        (CM_2025, "icd10cm_order_2028.txt", "FY2025"),
        (CM_2025, "icd10cm_order_April_2026.txt", "FY2025"),
        (PCS_2026, "icd10pcs_order_2027.txt", "FY2026"),
    ],
)
def test_a_year_that_nobody_has_counted_is_not_that_of_a_known_file(tmp_path, archive, name, year):
    with pytest.raises(Refused, match=f"calls itself FY202.*These are the counts of {year}"):
        registry.read(unpacked(archive, tmp_path / name))


def test_an_update_of_april_may_hold_what_its_year_holds(tmp_path):
    (edition,) = registry.read(unpacked(CM_2026, tmp_path / "icd10cm_order_April_2026.txt"))

    assert (edition.label, edition.counts.counted) == ("FY2026 April", 74_719)


@pytest.mark.parametrize(("archive", "lost"), [(CM_2026, 9_000), (PCS_2026, 3_000)])
def test_a_file_of_a_coming_year_that_ends_before_its_last_chapter_is_refused(tmp_path, archive, lost):
    path = unpacked(archive, tmp_path / "order_2027.txt")
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-lost]))

    with pytest.raises(Refused, match="it is cut off or mixed"):
        registry.read(path)


@pytest.mark.parametrize("control", ["\t", "\0", "\x7f"])
def test_a_title_with_a_control_character_is_refused(tmp_path, monkeypatch, control):
    monkeypatch.setattr("codesets.loaders.edition.known_counts", dict)
    path = tmp_path / "icd10cm_order_2026.txt"
    path.write_text(line(1, "A010", 0, "Typhoid fever") + line(2, "A0100", 1, f"Typhoid{control}fever, unspecified"))

    with pytest.raises(Refused, match="control character in the title of A0100"):
        registry.read(path)


def test_a_file_that_lost_its_last_lines_is_refused(tmp_path):
    with zipfile.ZipFile(official(CM_2026)) as files:
        lines = files.read("icd10cm-order-2026.txt").splitlines(keepends=True)
    (tmp_path / "icd10cm_order_2026.txt").write_bytes(b"".join(lines[:90_000]))

    with pytest.raises(Refused, match="gives 90,000 rows"):
        registry.read(tmp_path / "icd10cm_order_2026.txt")


def test_two_years_at_once_are_refused(tmp_path):
    for name in (CM_2025, CM_2026):
        shutil.copy(official(name), tmp_path)

    with pytest.raises(Refused, match=r"mixes FY2025 and FY2026 of ICD-10-CM"):
        registry.read(tmp_path)
