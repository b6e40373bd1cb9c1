"""What a machine that reaches only the package index can load: files inside installed packages, and our own facts."""

from collections.abc import Callable, Iterable, Iterator

from codesets.loaders import facts, hcpcs, icd10cm_tabular, pcs_package, registry
from codesets.loaders.archive import Refused
from codesets.loaders.edition import Edition, check_counts
from codesets.systems import System

# The name shown as the source, and what it gives.
PACKAGED: dict[str, tuple[str, Callable[[], Iterable[Edition]]]] = {
    System.ICD10CM: (icd10cm_tabular.DISTRIBUTION, lambda: registry.read(icd10cm_tabular.packaged_file())),
    System.ICD10PCS: (pcs_package.DISTRIBUTION, pcs_package.editions),
    System.HCPCS: ("fixtures/codesets", lambda: [hcpcs.packaged_edition()]),
    System.CM_INDEX: ("fixtures/codesets", lambda: [facts.main_terms()]),
    System.PCS_TABLES: ("fixtures/codesets", lambda: [facts.pcs_tables()]),
    System.PCS_INDEX: ("fixtures/codesets", lambda: [facts.procedure_terms()]),
    System.PCS_GUIDELINES: ("fixtures/codesets", lambda: [facts.pcs_guidelines()]),
    System.MS_DRG: ("fixtures/codesets", lambda: [facts.table_5()]),
}


def packaged(system: str) -> tuple[str, list[Edition]]:
    """Raises Refused with the sentence when nothing installed holds this code set."""
    if system not in PACKAGED:
        raise Refused(f"No package holds {system}: write one of {', '.join(PACKAGED)}, or give the official file.")
    source, editions = PACKAGED[system]
    return source, [check_counts(edition) for edition in editions()]


def everything() -> Iterator[tuple[str, list[Edition]]]:
    """One after the other: together they would fill the memory."""
    return (packaged(system) for system in PACKAGED)
