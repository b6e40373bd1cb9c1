"""Open what somebody supplies, a file, a folder or a zip, without trusting it: names and sizes are checked first.

Nothing is ever unpacked to disk, and no member is read beyond the size that was allowed for it.
"""

import csv
import logging
import lzma
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError

MEGABYTE = 1_000_000
MOST_MEMBERS = 200
LARGEST = 64 * MEGABYTE  # the largest official file has 17 MB
LARGEST_TOGETHER = 200 * MEGABYTE
# The official files shrink to a thirteenth at best; xz of the largest table to a fiftieth.
MOST_SHRUNK = 100
HEAD = 2_000
ZIP_STARTS = b"PK\x03\x04"
# What readers, packages and the database raise over a file that is not what it seems.
DAMAGE = (
    ArithmeticError, AttributeError, LookupError, RuntimeError, SyntaxError, TypeError, ValueError,
    csv.Error, zipfile.BadZipFile, zlib.error, ValidationError, DataError, IntegrityError,
)  # fmt: skip
logger = logging.getLogger(__name__)


class Refused(ValueError):
    """What was supplied cannot be loaded; the message says why in one sentence."""


@contextmanager
def refusing(name: str) -> Iterator[None]:
    """Whatever a damaged or hostile file breaks inside is told as one sentence; what it was stands in the log."""
    try:
        yield
    except Refused:
        raise
    except DAMAGE as problem:
        logger.warning("%s was refused", name, exc_info=True)
        raise Refused(f"{name} is damaged or not in the published layout: supply it again as published.") from problem


@dataclass(frozen=True)
class Member:
    """One file of what was supplied. `within` is the name of the archive or folder around it."""

    name: str
    within: str
    path: Path
    packed: str = ""  # the name inside the zip

    @property
    def shown(self) -> str:
        return self.name if self.name == self.within else f"{self.name} in {self.within}"

    def head(self) -> bytes:
        return self._read(HEAD)

    def content(self) -> bytes:
        found = self._read(LARGEST + 1)
        if len(found) > LARGEST:
            raise Refused(f"{self.shown} has more than {LARGEST // MEGABYTE} MB: no official file is that large.")
        return found

    def _read(self, most: int) -> bytes:
        try:
            if self.packed:
                with zipfile.ZipFile(self.path) as archive, archive.open(self.packed) as stream:
                    return stream.read(most)
            with _unpacked(self.path) as stream:
                return stream.read(most)
        except (OSError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, ValueError) as problem:
            raise Refused(f"{self.shown} cannot be read: it is cut off or damaged.") from problem


def members(path: Path) -> list[Member]:
    """Every file of what was supplied. Raises Refused for what is absent, damaged or hostile."""
    if path.is_dir():
        found = sorted(each for each in path.iterdir() if each.is_file() and not each.name.startswith("."))
        return [member for each in found for member in _in_file(each, path.name)]
    if not path.is_file():
        raise Refused(f"There is no file {path.name}: check the path.")
    return list(_in_file(path, path.name))


def siblings(member: Member) -> list[Member]:
    """What was supplied together with it, in the same archive or folder."""
    supplied = member.path if member.packed or member.name == member.within else member.path.parent
    return [each for each in members(supplied) if each.within == member.within]


def check_spreadsheet(member: Member, content: bytes) -> None:
    """An XLSX file is a zip too: the same limits hold for what it unpacks to."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _check(member.shown, archive.infolist())
    except zipfile.BadZipFile as problem:
        raise Refused(f"{member.shown} cannot be opened: the spreadsheet is cut off or damaged.") from problem


def _in_file(path: Path, within: str) -> Iterator[Member]:
    if path.stat().st_size > LARGEST_TOGETHER:
        raise Refused(f"{path.name} has more than {LARGEST_TOGETHER // MEGABYTE} MB: no official file is that large.")
    is_spreadsheet = path.suffix.lower() == ".xlsx"
    if not zipfile.is_zipfile(path) or is_spreadsheet:
        member = Member(path.name.removesuffix(".xz"), within, path)
        if member.head().startswith(ZIP_STARTS) and not is_spreadsheet:
            raise Refused(f"{path.name} begins as a zip and has no end: it is cut off.")
        yield member
        return
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except (OSError, zipfile.BadZipFile) as problem:
        raise Refused(f"{path.name} cannot be opened: the zip is cut off or damaged.") from problem
    _check(path.name, entries)
    for entry in entries:
        yield Member(PurePosixPath(entry.filename).name, path.name, path, packed=entry.filename)


def _check(name: str, entries: list[zipfile.ZipInfo]) -> None:
    """The directory of a zip, before a byte of it is inflated."""
    if len(entries) > MOST_MEMBERS:
        raise Refused(f"{name} holds {len(entries):,} files: an official archive holds a few.")
    for entry in entries:
        _check_entry(name, entry)
    total = sum(entry.file_size for entry in entries)
    if total > LARGEST_TOGETHER:
        raise Refused(f"{name} would unpack to {total // MEGABYTE:,} MB: no official archive is that large.")


def _check_entry(name: str, entry: zipfile.ZipInfo) -> None:
    inside = PurePosixPath(entry.filename.replace("\\", "/"))
    if inside.is_absolute() or ".." in inside.parts or ":" in entry.filename:
        raise Refused(f"{name} holds a file that points outside the archive: it is not an official file.")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise Refused(f"{name} holds a link instead of a file: it is not an official file.")
    if entry.flag_bits & 1:
        raise Refused(f"{name} is locked with a password: supply it as it was published.")
    if entry.file_size > LARGEST or entry.file_size > MOST_SHRUNK * max(entry.compress_size, 1):
        raise Refused(f"{name} holds a file that unpacks to {entry.file_size:,} bytes: it is not an official file.")


def _unpacked(path: Path) -> BinaryIO:
    return lzma.open(path) if path.suffix == ".xz" else path.open("rb")
