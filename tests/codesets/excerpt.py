"""A real but small release for tests: the asked codes with the headers, sections and notes above them."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

from codesets import formats
from codesets.loaders import icd10cm_tabular, load
from codesets.loaders.archive import members
from codesets.loaders.edition import Edition
from codesets.models import Release, System

LOADED_AT = datetime(2025, 10, 1, tzinfo=UTC)


@cache
def whole_tabular() -> Edition:
    """The whole Tabular List, parsed once per session (0.6 s)."""
    (member,) = members(icd10cm_tabular.packaged_file())
    return icd10cm_tabular.read(member)


def load_excerpt(codes: list[str]) -> Release:
    """FY2026 with these codes and everything above them. Where FY2026 stands already, that is the release."""
    ready = Release.objects.ready(System.ICD10CM).first()
    if ready is not None:
        return ready
    return load.load(excerpt_of(*codes), source="excerpt for tests", now=LOADED_AT).release


@cache
def excerpt_of(*asked: str) -> Edition:
    """These codes of the Tabular List, with everything above them."""
    whole, wanted = whole_tabular(), frozenset(map(formats.strip, asked))
    kept = wanted | {prefix for code in wanted for prefix in formats.prefixes(code)}
    codes = [row for row in whole.codes if row.code in kept]
    if missing := wanted - {row.code for row in codes}:
        raise LookupError(f"not in FY2026: {sorted(missing)}")
    blocks = {row.block for row in codes}
    chapters = {row.chapter for row in whole.sections if row.name in blocks}
    sections = [row for row in whole.sections if row.name in blocks | chapters]
    holders = kept | blocks | chapters
    notes = [row for row in whole.others[0] if row.holder in holders]
    content = hashlib.sha256(" ".join(row.code for row in codes).encode()).hexdigest()
    return replace(whole, sha256=content, sections=sections, codes=codes, others=[notes])
