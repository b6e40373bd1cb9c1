"""What a machine that reaches only the package index can load: files inside installed packages, and our own facts."""

from collections.abc import Callable
from pathlib import Path

from codesets.loaders import icd10cm_tabular
from codesets.loaders.archive import Refused
from codesets.systems import System

# The name shown as the source, and where the file lies.
PACKAGED: dict[str, tuple[str, Callable[[], Path]]] = {
    System.ICD10CM: (icd10cm_tabular.DISTRIBUTION, icd10cm_tabular.packaged_file),
}


def packaged(system: str) -> tuple[str, Path]:
    """Raises Refused with the sentence when nothing installed holds this code set."""
    if system not in PACKAGED:
        raise Refused(f"No package holds {system}: write one of {', '.join(PACKAGED)}, or give the official file.")
    source, find = PACKAGED[system]
    return source, find()
