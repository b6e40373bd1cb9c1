from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from codesets.loaders import icd10cm_tabular, load
from codesets.loaders.edition import Edition
from codesets.models import Code, Release
from tests.codesets.conftest import read_official
from tests.codesets.excerpt import excerpt_of, load_excerpt
from tests.codesets.test_order_file import CM_2025, CM_2026

NOW = datetime(2025, 10, 2, tzinfo=UTC)


def test_loading_the_same_content_again_writes_nothing(nothing_loaded, monkeypatch):
    held = load_excerpt(["M35.00"])
    monkeypatch.setattr(load, "write_rows", lambda *args: pytest.fail("rows were written"))

    again = load.load(excerpt_of("M35.00"), source="again", now=NOW)

    assert again.release == held
    assert not again.is_new


def test_an_interrupted_load_is_not_seen_and_is_cleared_by_the_next(nothing_loaded, monkeypatch):
    def broken(*args):
        raise OSError("disk full")

    monkeypatch.setattr(load, "write_rows", broken)
    with pytest.raises(OSError, match="disk full"):
        load_excerpt(["M35.00"])
    assert not Release.objects.ready("icd10cm").exists()

    monkeypatch.setattr(load, "write_rows", lambda *args: None)
    load_excerpt(["M35.00"])

    assert not Release.objects.filter(state=Release.State.LOADING).exists()


def test_a_second_source_of_the_same_dates_retires_the_first(nothing_loaded):
    first = load_excerpt(["E11.22"])
    second = Release.objects.create(
        system=first.system,
        label=first.label,
        effective_from=first.effective_from,
        effective_to=first.effective_to,
        sha256="another file",
    )

    load.show(second, now=NOW)

    first.refresh_from_db()
    assert first.state == Release.State.RETIRED
    assert Release.objects.newest("icd10cm") == second


def test_dry_run_reports_and_writes_nothing(nothing_loaded, capsys):
    call_command("load_codeset", "icd10cm", from_package=True, dry_run=True, skip_checks=False)

    assert capsys.readouterr().out == (
        "ICD-10-CM FY2026, from icd10c-tabular-April-1-2026.xml: 98,186 rows, 74,719 billable codes.\n"
        "Nothing was written.\n"
    )
    assert not Release.objects.ready("icd10cm").exists()


def test_a_missing_package_is_named(monkeypatch):
    monkeypatch.setattr(icd10cm_tabular, "PACKAGE", "no_such_package")

    with pytest.raises(CommandError, match="simple-icd-10-cm is not installed"):
        call_command("load_codeset", "icd10cm", from_package=True)


def few(edition: Edition) -> Edition:
    """Category M35 of an official order file."""
    return replace(edition, codes=[row for row in edition.codes if row.code.startswith("M35")])


def test_the_order_file_keeps_the_notes_and_brings_its_titles(nothing_loaded):
    first = load_excerpt(["M35.00"])
    from_order = load.load(few(read_official(CM_2026)), source="order file", now=NOW).release

    first.refresh_from_db()
    sjogren = Code.objects.in_release(from_order).get(code="M3500")
    assert first.state == Release.State.RETIRED
    assert sjogren.title == "Sjogren syndrome, unspecified"
    assert sjogren.block is not None
    assert first.notes.count() == from_order.notes.count() > 0


def test_official_titles_stay_when_the_tabular_list_comes_later(nothing_loaded):
    load.load(few(read_official(CM_2026)), source="order file", now=NOW)
    both = load.load(excerpt_of("M35.00"), source="Tabular List", now=NOW).release

    assert Code.objects.in_release(both).get(code="M3500").title == "Sjogren syndrome, unspecified"
    assert both.titles_are_official
    assert not load.load(few(read_official(CM_2026)), source="order file again", now=NOW).is_new


def test_a_year_without_a_list_of_exempt_codes_says_that_it_does_not_know(nothing_loaded):
    release = load.load(few(read_official(CM_2025)), source="order file", now=NOW).release

    assert set(release.codes.values_list("poa_exempt", flat=True)) == {None}


def test_a_refused_file_changes_nothing(nothing_loaded, tmp_path):
    held = load_excerpt(["M35.00"])
    path = tmp_path / "icd10cm_order_2027.txt"
    path.write_text("00001 A00     0 Cholera")

    with pytest.raises(CommandError, match="stops in the middle of a line"):
        call_command("load_codeset", str(path))

    assert Release.objects.ready("icd10cm").get() == held
    assert not Release.objects.filter(state=Release.State.LOADING).exists()
