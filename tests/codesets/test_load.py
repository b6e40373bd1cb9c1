from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from codesets import search_index
from codesets.loaders import icd10cm_tabular, load
from codesets.models import Code, CodeNote, Release
from tests.codesets.conftest import load_whole
from tests.codesets.excerpt import load_excerpt

NOW = datetime(2025, 10, 2, tzinfo=UTC)


def test_whole_release_holds_the_official_numbers(icd10cm):
    codes = Code.objects.in_release(icd10cm)

    assert codes.count() == 98_186
    assert codes.billable().count() == 74_719
    assert codes.filter(poa_exempt=True).count() == 38_349
    assert CodeNote.objects.filter(release=icd10cm).count() == 26_952


def test_loading_the_same_content_again_writes_nothing(icd10cm, monkeypatch):
    monkeypatch.setattr(load, "write_rows", lambda *args: pytest.fail("rows were written"))

    again = load.load_icd10cm(icd10cm_tabular.packaged_file(), source="again", now=NOW)

    assert again.release == icd10cm
    assert not again.is_new


def test_an_interrupted_load_is_not_seen_and_is_cleared_by_the_next(nothing_loaded, monkeypatch):
    def broken(*args):
        raise OSError("disk full")

    monkeypatch.setattr(load, "write_rows", broken)
    with pytest.raises(OSError, match="disk full"):
        load_whole()
    assert not Release.objects.ready("icd10cm").exists()

    monkeypatch.setattr(load, "write_rows", lambda *args: None)
    load_whole()

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

    assert "98,186 rows, 74,719 billable codes. Nothing was written." in capsys.readouterr().out
    assert not Release.objects.ready("icd10cm").exists()


def test_command_says_what_is_loaded_and_shows_progress_on_stderr(icd10cm, capsys, monkeypatch):
    monkeypatch.setattr(search_index, "open_index", lambda releases: None)

    call_command("load_codeset", "icd10cm", from_package=True)

    said = capsys.readouterr()
    assert said.out == "ICD-10-CM FY2026, 1 Oct 2025 to 30 Sep 2026: was loaded already, nothing was written.\n"
    assert "Reading the Tabular List" in said.err


@pytest.mark.parametrize("system", ["/tmp/order.zip", "icd10cm-codes-2026.txt"])
def test_a_path_is_refused_with_one_sentence(system):
    with pytest.raises(CommandError, match="files are not read yet"):
        call_command("load_codeset", system)


def test_a_missing_package_is_named(monkeypatch):
    monkeypatch.setattr(icd10cm_tabular, "PACKAGE", "no_such_package")

    with pytest.raises(CommandError, match="simple-icd-10-cm is not installed"):
        call_command("load_codeset", "icd10cm", from_package=True)
