"""Every official format that can be read, and which of them a supplied file holds."""

from collections.abc import Iterable
from pathlib import Path

from codesets.loaders import (
    cpt_files,
    edits,
    guidelines,
    hcpcs,
    icd10cm_tabular,
    indexes,
    lists,
    order_file,
    pcs_definitions,
    pcs_package,
    pcs_tables,
)
from codesets.loaders.archive import Member, Refused, members, refusing
from codesets.loaders.edition import Edition, Format, check_counts

FORMATS: tuple[Format, ...] = (
    order_file.CM,
    order_file.PCS,
    icd10cm_tabular.FORMAT,
    indexes.MAIN,
    indexes.EXTERNAL,
    indexes.NEOPLASM,
    indexes.DRUG,
    pcs_package.FORMAT,
    pcs_tables.FORMAT,
    indexes.PROCEDURES,
    pcs_definitions.FORMAT,
    hcpcs.FIXED,
    hcpcs.SHEET,
    lists.POA,
    lists.MCC,
    lists.CC,
    lists.EXCLUSIONS,
    lists.DRGS,
    lists.HCC,
    guidelines.PDF,
    guidelines.TEXT,
    edits.PTP,
    edits.MUE,
    cpt_files.FORMAT,
)


def recognised(path: Path) -> list[tuple[Format, Member]]:
    """What of the supplied file can be loaded. Raises Refused when nothing can, or when editions are mixed."""
    with refusing(path.name):
        found = list(_best(members(path)))
    if not found:
        names = ", ".join(each.name for each in FORMATS)
        raise Refused(f"{path.name} holds no file that is known here: supply one of {names}, as published.")
    return found


def read(path: Path) -> list[Edition]:
    """Every edition of the supplied file, each checked; one that is wrong refuses all."""
    with refusing(path.name):
        editions = [check_counts(form.read(member)) for form, member in recognised(path)]
    for system in {edition.system for edition in editions}:
        years = {edition.label for edition in editions if edition.system == system}
        if len(years) > 1:
            raise Refused(f"{path.name} mixes {' and '.join(sorted(years))} of {system.label}: supply one at a time.")
    return editions


def _best(supplied: Iterable[Member]) -> Iterable[tuple[Format, Member]]:
    """Each member with its format; the same table in two formats is read once, the same format twice is mixed."""
    heads = [(member, member.head()) for member in supplied]
    taken: dict[str, str] = {}
    for form in FORMATS:
        for member in (member for member, head in heads if form.recognise(member, head)):
            group = form.alternative or form.name
            if taken.setdefault(group, form.name) != form.name:
                continue
            yield form, member
