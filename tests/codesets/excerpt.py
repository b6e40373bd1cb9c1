"""A real but small release for tests: the asked codes with the headers, sections and notes above them."""

import hashlib
from datetime import UTC, datetime
from functools import cache

from codesets import formats
from codesets.loaders import icd10cm_tabular, load, poa_exempt
from codesets.loaders.icd10cm_tabular import Tabular
from codesets.models import Release, System

LOADED_AT = datetime(2025, 10, 1, tzinfo=UTC)


@cache
def whole_tabular() -> Tabular:
    """The whole Tabular List, parsed once per session (0.6 s)."""
    return icd10cm_tabular.read(icd10cm_tabular.packaged_file())


def load_excerpt(codes: list[str]) -> Release:
    """FY2026 with these codes and everything above them. Where the full FY2026 is loaded, that is the release."""
    ready = Release.objects.ready(System.ICD10CM).first()
    if ready is not None:
        return ready
    tabular = _excerpt(frozenset(map(formats.strip, codes)))
    content = hashlib.sha256(" ".join(row.code for row in tabular.codes).encode()).hexdigest()
    release = load.open_release(tabular, label="FY2026", content=content, source="excerpt for tests")
    load.write_rows(release, tabular, poa_exempt.read_rules(poa_exempt.facts_file("FY2026")))
    return load.show(release, now=LOADED_AT)


def _excerpt(wanted: frozenset[str]) -> Tabular:
    whole = whole_tabular()
    kept = wanted | {prefix for code in wanted for prefix in formats.prefixes(code)}
    codes = [row for row in whole.codes if row.code in kept]
    if missing := wanted - {row.code for row in codes}:
        raise LookupError(f"not in FY2026: {sorted(missing)}")
    blocks = {row.block for row in codes}
    chapters = {row.chapter for row in whole.sections if row.name in blocks}
    sections = [row for row in whole.sections if row.name in blocks | chapters]
    holders = kept | blocks | chapters
    notes = [row for row in whole.notes if row.holder in holders]
    return Tabular(whole.version, whole.sha256, sections, codes, notes)
