import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from codesets import lives
from codesets.loaders import load, registry
from codesets.loaders.archive import Refused
from codesets.loaders.edition import Edition, check_counts
from codesets.models import CcExclusion, Code, Drg, HccMapping, ListedCode
from tests.codesets.conftest import official, read_official
from tests.codesets.excerpt import LOADED_AT, load_excerpt

POA = "icd10cm-fy2026/POAexemptCodesFY26.zip"
TABLE_5 = "msdrg/table5_fy2026_final.txt"
TABLE_6K = "msdrg/table6k_cc_exclusions_fy2026.txt.xz"
HCC_2026 = "hcc/ra_dx_to_cc_2026.csv"
HCC_2027 = "hcc/ra_dx_to_cc_2027.csv"
OFFICIAL_HCC = (
    "2026 Midyear Final ICD-10-CM Mappings\n"
    '"Diagnosis Code","Description","CMS-HCC ESRD Model Category V24","CMS-HCC Model Category V28",'
    '"CMS-HCC Model Category V28 for 2026 Payment Year"\n'
    "E1122,Type 2 diabetes mellitus with diabetic chronic kidney disease,18,37,Yes\n"
    "F329,Major depressive disorder single episode unspecified,,,\n"
)


def renamed(folder: Path, source: str, name: str) -> Edition:
    """The tables at hand lost the year of their published names."""
    shutil.copy(official(source), folder / name)
    (edition,) = registry.read(folder / name)
    return edition


def test_poa_exempt_list_gives_the_official_number():
    assert read_official(POA).counts == (38_349, 38_349)


def test_a_poa_list_that_comes_after_its_codes_marks_them(db):
    release = load_excerpt(["Z79.4", "J18.9"])
    Code.objects.filter(release=release).update(poa_exempt=None)

    load.load(read_official(POA), source="test", now=LOADED_AT)

    marked = dict(Code.objects.filter(release=release, billable=True).values_list("code", "poa_exempt"))
    assert marked == {"Z794": True, "J189": False}


def test_table_5_gives_weights_and_stays(db):
    release = load.load(read_official(TABLE_5), source="test", now=LOADED_AT).release

    heart = Drg.objects.get(release=release, number="291")
    assert Drg.objects.filter(release=release).count() == 772
    assert (heart.mdc, heart.kind, heart.is_post_acute) == ("05", "MED", True)
    assert heart.weight == heart.capped_weight > Decimal(1)
    assert Drg.objects.get(release=release, number="999").weight is None


def test_table_5_without_its_headings_is_refused(tmp_path):
    path = tmp_path / "table5.txt"
    path.write_text("MEDICARE SEVERITY DIAGNOSIS-RELATED GROUPS FY 2026\nMS-DRG\tMDC\n001\tPRE\n")

    with pytest.raises(Refused, match="it is not the official table"):
        registry.read(path)


def test_cc_and_mcc_lists_are_told_apart(tmp_path):
    mcc = renamed(tmp_path, "msdrg/mcc_list.txt", "Table 6I FY 2026.txt")
    cc = renamed(tmp_path, "msdrg/cc_list.txt", "Table 6J FY 2026.txt")

    assert (mcc.system, len(mcc.others[0])) == ("mcc_list", 3_354)
    assert (cc.system, len(cc.others[0])) == ("cc_list", 15_078)


@pytest.mark.parametrize(
    ("source", "name", "year"),
    [("msdrg/mcc_list.txt", "Table 6I FY 2027.txt", "FY2026"), (HCC_2026, "ra_dx_to_cc_2027.csv", "PY2026")],
)
def test_a_list_under_the_name_of_another_year_is_refused(tmp_path, source, name, year):
    with pytest.raises(Refused, match=f"These are the counts of {year}"):
        renamed(tmp_path, source, name)


def test_a_table_that_states_its_year_may_be_as_long_as_another():
    coming = replace(read_official(TABLE_5), label="FY2027")

    assert check_counts(coming) is coming


def test_severe_sepsis_is_no_mcc_beside_sepsis(db):
    release = load.load(read_official(TABLE_6K), source="test", now=LOADED_AT).release

    severe_sepsis = ListedCode.objects.get(release=release, code="R6520")
    collection = CcExclusion.objects.get(release=release, number=severe_sepsis.exclusion)
    assert severe_sepsis.level == "MCC"
    assert "A419" in collection.codes.split()
    assert "T8144XA" not in collection.codes.split()


def test_codes_that_do_not_count_in_a_group_stand_by_its_number(db):
    release = load.load(read_official(TABLE_6K), source="test", now=LOADED_AT).release

    held = {each.number: each.codes.split() for each in CcExclusion.objects.filter(release=release)}
    groups = sorted(number for number in held if len(number) == 3)
    assert len(groups) == 31
    assert "A481" in held["177"]
    assert held["177"] == held["179"]
    assert {"J188", "J189", "U071"} <= set(held["974"])
    assert "A419" not in held["177"]
    assert {"I462", "R570"} <= set(held["LIVE"])


def test_exclusions_without_their_second_half_are_refused(tmp_path):
    path = tmp_path / "table6k_fy2026.txt"
    path.write_text("TABLE 6K\n A000    CC  0002:3 codes     Cholera\n")

    with pytest.raises(Refused, match="names 1 collections that it does not hold"):
        registry.read(path)


def test_hcc_mappings_are_of_the_year_before_the_payment(db):
    release = load.load(read_official(HCC_2026), source="test", now=LOADED_AT).release

    v28 = HccMapping.objects.filter(release=release, model="CMS-HCC Model V28")
    assert (release.label, release.effective_from.year) == ("PY2026", 2025)
    assert v28.count() == 8_317
    assert v28.get(code="E1122").hcc == "37"
    assert not v28.filter(code="F329").exists()


def test_official_hcc_columns_are_found_by_their_headings(tmp_path, monkeypatch):
    monkeypatch.setattr("codesets.loaders.edition.known_counts", dict)
    path = tmp_path / "2026 Midyear Final ICD-10-CM Mappings.csv"
    path.write_text(OFFICIAL_HCC)

    (edition,) = registry.read(path)

    assert {(row.model, row.code, row.hcc) for row in edition.others[0]} == {
        ("CMS-HCC ESRD Model V24", "E1122", "18"),
        ("CMS-HCC Model V28", "E1122", "37"),
    }


def test_diagnoses_whose_payment_category_changed_are_named(db):
    first, second = (
        load.load(read_official(name), source="test", now=LOADED_AT).release for name in (HCC_2026, HCC_2027)
    )

    codes = set(HccMapping.objects.filter(release=first).values_list("code", flat=True))
    stale = lives.stale_codes(second, codes)

    assert lives.stale_codes(first, codes) == {}
    assert set(stale.values()) == {lives.Change.HCC}
    assert "E1122" not in stale
