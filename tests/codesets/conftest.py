"""Releases and official files for the tests of code sets, each read once and only when a test asks for it."""

import os
import zipfile
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

from codesets.loaders import registry
from codesets.loaders.edition import Edition
from tests.codesets.excerpt import load_excerpt

CODESET_FILES = Path(os.environ.get("CODESET_FILES", settings.BASE_DIR.parent / "shared/codesets"))


@pytest.fixture
def excerpt(db):
    """load_excerpt(["E11.22", …]): a light FY2026."""
    return load_excerpt


def official(name: str) -> Path:
    """A file of the official collection; without it the test is skipped."""
    path = CODESET_FILES / name
    if not path.exists():
        pytest.skip(f"{path} is absent: set CODESET_FILES to the folder of the official files.")
    return path


@cache
def read_official(name: str) -> Edition:
    """One edition of the official collection, read once per session."""
    (edition,) = registry.read(official(name))
    return edition


def official_lines(archive: str, member: str) -> list[str]:
    path = official(archive)
    with zipfile.ZipFile(path) as files:
        name = next(name for name in files.namelist() if name.endswith(member))
        return files.read(name).decode("latin-1").splitlines()


@pytest.fixture(scope="session")
def order_file() -> list[str]:
    return official_lines("icd10cm-fy2026/icd10cm-code-descriptions-2026.zip", "icd10cm-order-2026.txt")


@pytest.fixture(scope="session")
def poa_file() -> list[str]:
    return official_lines("icd10cm-fy2026/POAexemptCodesFY26.zip", "POAexemptCodesFY26.txt")
