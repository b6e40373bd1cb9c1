"""What somebody supplies is not trusted: each hostile file is refused with one sentence before it is inflated."""

import stat
import zipfile
from pathlib import Path

import pytest

from codesets.loaders import archive, registry
from codesets.loaders.archive import Refused, members


@pytest.fixture
def zipped(tmp_path):
    def write(entries: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
        path = tmp_path / "supplied.zip"
        with zipfile.ZipFile(path, "w", method) as files:
            for name, content in entries.items():
                files.writestr(name, content)
        return path

    return write


def test_a_zip_bomb_is_refused_before_it_is_inflated(zipped):
    with pytest.raises(Refused, match="unpacks to 20,000,000 bytes"):
        members(zipped({"icd10cm_order_2026.txt": b"0" * 20_000_000}))


def test_many_members_that_are_large_together_are_refused(zipped, monkeypatch):
    monkeypatch.setattr(archive, "LARGEST_TOGETHER", 2_000)

    with pytest.raises(Refused, match="would unpack to 0 MB"):
        members(zipped({f"{number}.txt": bytes(range(256)) * 2 for number in range(5)}))


def test_a_thousand_members_are_refused(zipped):
    with pytest.raises(Refused, match="holds 1,000 files"):
        members(zipped({f"{number}.txt": b"" for number in range(1_000)}))


@pytest.mark.parametrize("name", ["../order_2026.txt", "/etc/passwd", "..\\order.txt", "C:/order.txt", "a/../../b"])
def test_a_name_that_leaves_the_archive_is_refused(zipped, name):
    with pytest.raises(Refused, match="points outside the archive"):
        members(zipped({name: b"x"}))


def test_a_link_is_refused(tmp_path):
    path = tmp_path / "supplied.zip"
    link = zipfile.ZipInfo("order_2026.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as files:
        files.writestr(link, "/etc/passwd")

    with pytest.raises(Refused, match="link"):
        members(path)


def test_a_zip_that_is_cut_off_is_refused(zipped):
    path = zipped({"icd10cm_order_2026.txt": b"some lines\n" * 1_000}, zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes()[:-200])

    with pytest.raises(Refused, match=r"supplied\.zip begins as a zip and has no end: it is cut off"):
        registry.read(path)


def test_a_member_that_was_changed_on_the_way_is_refused(zipped):
    path = zipped({"icd10cm_order_2026.txt": b"00001 A00     0 Cholera\n" * 1_000}, zipfile.ZIP_STORED)
    changed = bytearray(path.read_bytes())
    changed[5_000] ^= 1
    path.write_bytes(changed)

    with pytest.raises(Refused, match="cut off or damaged"):
        registry.read(path)


def test_an_absent_file_is_named():
    with pytest.raises(Refused, match=r"There is no file order_2026\.zip"):
        members(Path("/nowhere/order_2026.zip"))


def test_an_unknown_file_says_what_would_be_known(tmp_path):
    path = tmp_path / "holiday.txt"
    path.write_text("sun and sea\n")

    with pytest.raises(Refused, match="no file that is known here: supply one of ICD-10-CM order file"):
        registry.read(path)


def test_a_folder_is_read_like_a_zip(tmp_path):
    (tmp_path / "one.txt").write_text("1\n")
    (tmp_path / "two.txt").write_text("2\n")

    assert [member.name for member in members(tmp_path)] == ["one.txt", "two.txt"]
