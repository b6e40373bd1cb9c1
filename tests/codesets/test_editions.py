"""What measures an official file: other official files, never a selection of ours."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import call_command

from codesets import search
from codesets.loaders import edition, load, packages, registry
from codesets.loaders.archive import Refused
from codesets.loaders.edition import Counts
from codesets.models import IndexEntry, Release, System
from tests.codesets.conftest import read_official
from tests.codesets.excerpt import LOADED_AT
from tests.codesets.test_indexes import main_index
from tests.codesets.test_lists import POA
from tests.codesets.test_order_file import PCS_2026

OFFICIAL = [
    "icd10cm-fy2025/icd10cm_order_2025.zip", "icd10cm-fy2026/icd10cm-code-descriptions-2026.zip",
    "icd10cm-fy2025/icd-10-cm-eindex-2025.xml", "icd10cm-fy2025/icd-10-cm-neoplasm-2025.xml",
    "icd10cm-fy2025/icd-10-cm-drug-2025.xml", "icd10pcs/icd10pcs_order_2025.zip", PCS_2026,
    "icd10pcs/icd10pcs_tables_2025.xml", "icd10pcs/icd10pcs_index_2025.xml",
    "icd10pcs/icd10pcs_definitions_2021.xml", "hcpcs/hcpcs_2019-Alpha-Numeric-HCPCS-File.zip", POA,
    "msdrg/cc_list.txt", "msdrg/mcc_list.txt", "msdrg/table5_fy2026_final.txt",
    "msdrg/table6k_cc_exclusions_fy2026.txt.xz", "hcc/ra_dx_to_cc_2026.csv", "hcc/ra_dx_to_cc_2027.csv",
    "guidelines/ICD-10-CM-October-2025-Guidelines.extracted.txt",
]  # fmt: skip


@pytest.mark.parametrize("name", OFFICIAL)
def test_every_official_file_at_hand_is_taken_as_it_is_named(name):
    assert read_official(name).counts.counted > 0


@pytest.mark.parametrize("system", list(packages.PACKAGED))
def test_what_is_packaged_never_measures_an_official_file(system):
    """An official edition of a coming year, nearly as large as the newest that is known; where none is, of any size."""
    known = [held for (name, _), held in edition.known_counts().items() if name == system and held.how != "ours"]
    rows, counted = known[-1].counts if known else (100_000, 90_000)
    _, (packaged, *_) = packages.packaged(system)

    coming = replace(packaged, label="FY2031", counts=Counts(rows + 100, counted + 90))

    assert edition.check_counts(coming) is coming


def test_an_edition_in_which_nothing_counts_is_refused():
    _, (packaged,) = packages.packaged(System.PCS_GUIDELINES)

    with pytest.raises(Refused, match="gives 0 rows"):
        edition.check_counts(replace(packaged, label="FY2031", counts=Counts(0, 0)))


def test_a_list_without_its_year_is_dated_by_the_only_year_with_its_count():
    lists = [read_official(f"msdrg/{name}") for name in ("cc_list.txt", "mcc_list.txt")]

    assert [(each.system, each.label) for each in lists] == [("cc_list", "FY2026"), ("mcc_list", "FY2026")]


def test_a_list_without_its_year_and_with_an_unknown_count_is_refused(tmp_path):
    (tmp_path / "cc_list.txt").write_text("TABLE 6J\nDiagnosis Code\tDescription\nA00.0\tCholera\n")

    with pytest.raises(Refused, match="keep the name under which it was published"):
        registry.read(tmp_path / "cc_list.txt")


def test_the_code_file_of_a_year_is_of_that_year(tmp_path):
    lines = [f"{row.code} {row.title}" for row in read_official(PCS_2026).codes if row.billable]
    path = tmp_path / "icd10pcs_codes_2026.txt"
    path.write_text("\n".join([*lines, ""]))

    (found,) = registry.read(path)

    assert (found.label, found.counts.counted) == ("FY2026", 79_115)


def test_the_whole_main_index_is_loaded_by_the_command(db, tmp_path: Path, capsys, monkeypatch):
    monkeypatch.setattr(search, "build_index", lambda coming: None)
    path = tmp_path / "icd10cm_index_2025.xml"
    path.write_text(main_index()[1])

    call_command("load_codeset", str(path))

    assert "ICD-10-CM Alphabetic Index FY2025, 1 Oct 2024 to 30 Sep 2025: loaded." in capsys.readouterr().out
    assert IndexEntry.objects.in_release(Release.objects.newest(System.CM_INDEX)).count() == 81_024


def test_our_selection_never_retires_the_official_file(db):
    _, (ours,) = packages.packaged(System.PCS_GUIDELINES)
    theirs = replace(ours, label="FY2026", sha256="another", gives_way=False)
    held = load.load(theirs, source="official", now=LOADED_AT).release

    again = load.load(ours, source="fixtures/codesets", now=LOADED_AT)

    assert (again.release, again.is_new) == (held, False)
