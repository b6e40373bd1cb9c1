from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from codesets.loaders import icd10cm_tabular, load, poa_exempt
from codesets.loaders.archive import Refused
from codesets.loaders.edition import Edition, fiscal_year
from codesets.models import Code, Release
from codesets.supply.showing import Loading
from tests.codesets.conftest import read_official
from tests.codesets.excerpt import excerpt_of, load_excerpt
from tests.codesets.test_lists import POA
from tests.codesets.test_order_file import CM_2025, CM_2026

NOW = datetime(2025, 10, 2, tzinfo=UTC)


def test_loading_the_same_content_again_writes_nothing(db, monkeypatch):
    held = load_excerpt(["M35.00"])
    monkeypatch.setattr(load, "write_rows", lambda *args: pytest.fail("rows were written"))

    again = load.load(excerpt_of("M35.00"), source="again", now=NOW)

    assert again.release == held
    assert not again.is_new


def test_an_interrupted_load_is_not_seen_and_is_cleared_by_the_next(db, monkeypatch):
    def broken(*args):
        raise OSError("disk full")

    monkeypatch.setattr(load, "write_rows", broken)
    with pytest.raises(OSError, match="disk full"):
        load_excerpt(["M35.00"])
    assert not Release.objects.ready("icd10cm").exists()

    monkeypatch.setattr(load, "write_rows", lambda *args: None)
    load_excerpt(["M35.00"])

    assert not Release.objects.filter(state=Release.State.LOADING).exists()


def test_a_load_that_fails_takes_its_rows_away(db, monkeypatch):
    def broken(*args):
        raise OSError("disk full")

    monkeypatch.setattr(load, "_write_others", broken)
    with pytest.raises(OSError, match="disk full"):
        load.load(excerpt_of("E11.22"), source="test", now=NOW)

    assert not Release.objects.filter(source="test").exists()
    assert not Code.objects.filter(release__source="test").exists()


def test_what_was_written_and_never_shown_goes(db):
    with Loading(NOW) as loading:
        loading.write(excerpt_of("E11.22"), source="test", owner=None)

    assert not Release.objects.filter(source="test").exists()


def opened(edition: Edition, now: datetime) -> Release:
    """As somebody who writes it just now, or died over it, has it."""
    return load.open_release(edition, content=load.fingerprint(edition), source="another process", now=now)


def test_a_file_that_is_being_loaded_is_not_loaded_by_a_second_at_once(db):
    edition = excerpt_of("E11.22")
    first = opened(edition, NOW)

    with pytest.raises(Refused, match="FY2026 is being loaded just now"):
        load.load(edition, source="second", now=NOW + timedelta(minutes=4))

    assert Release.objects.get(pk=first.pk).state == Release.State.LOADING


def test_a_load_gives_a_sign_of_life_with_each_batch(db):
    begun = timezone.now()
    release = load.write(excerpt_of("E11.22"), source="test", now=NOW).release

    release.refresh_from_db()
    assert release.loaded_at >= begun.replace(microsecond=0)


@pytest.mark.parametrize(("codes", "silent"), [(["E11.22"], timedelta(minutes=6)), (["I10"], timedelta(days=2))])
def test_what_a_load_that_died_left_goes_with_the_next_of_its_content_or_after_a_day(db, codes, silent):
    dead = opened(excerpt_of(*codes), NOW)

    load.load(excerpt_of("E11.22"), source="next", now=NOW + silent)

    assert not Release.objects.filter(pk=dead.pk).exists()


def test_another_content_that_is_being_loaded_is_left_alone(db):
    alive = opened(excerpt_of("I10"), NOW)

    load.load(excerpt_of("E11.22"), source="next", now=NOW + timedelta(hours=1))

    assert Release.objects.filter(pk=alive.pk).exists()


def test_a_second_source_of_the_same_dates_retires_the_first(db):
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


def test_dry_run_reports_and_writes_nothing(db, capsys):
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


def test_the_order_file_keeps_the_notes_and_brings_its_titles(db):
    first = load_excerpt(["M35.00"])
    from_order = load.load(few(read_official(CM_2026)), source="order file", now=NOW).release

    first.refresh_from_db()
    sjogren = Code.objects.in_release(from_order).get(code="M3500")
    assert first.state == Release.State.RETIRED
    assert sjogren.title == "Sjogren syndrome, unspecified"
    assert sjogren.block is not None
    assert first.notes.count() == from_order.notes.count() > 0


@pytest.fixture
def april():
    """The order file of an update, which comes without notes and without a POA list of its own."""
    dates = {"label": "FY2026 April", "effective_from": date(2026, 4, 1)}
    return replace(few(read_official(CM_2026)), sha256="april", **dates)


def test_an_update_of_april_keeps_the_notes_of_its_year(db, april):
    october = load_excerpt(["M35.00"])

    update = load.load(april, source="order file", now=NOW).release

    assert Release.objects.in_force("icd10cm", date(2026, 5, 15)) == update
    assert update.notes.count() == october.notes.count() > 0
    assert Code.objects.in_release(update).get(code="M3500").block is not None
    october.refresh_from_db()
    assert october.state == Release.State.READY


@pytest.mark.parametrize("listed_first", [True, False])
def test_an_update_of_april_takes_the_poa_list_in_force(db, april, listed_first, monkeypatch):
    monkeypatch.setattr(poa_exempt, "facts_file", lambda label: Path("/nowhere"))
    editions = [read_official(POA), april] if listed_first else [april, read_official(POA)]

    for edition in editions:
        load.load(edition, source="test", now=NOW)

    update = Release.objects.in_force("icd10cm", date(2026, 5, 15))
    assert set(Code.objects.in_release(update).values_list("poa_exempt", flat=True)) == {False}


def test_an_update_of_april_takes_the_poa_rules_of_its_year(db, april):
    update = load.load(april, source="test", now=NOW).release

    assert set(Code.objects.in_release(update).values_list("poa_exempt", flat=True)) == {False}


def test_the_order_file_of_a_coming_year_brings_no_notes_of_this_one(db, april):
    load_excerpt(["M35.00"])
    coming = replace(april, **fiscal_year(2027))

    assert not load.load(coming, source="order file", now=NOW).release.notes.exists()


def test_official_titles_stay_when_the_tabular_list_comes_later(db):
    load.load(few(read_official(CM_2026)), source="order file", now=NOW)
    both = load.load(excerpt_of("M35.00"), source="Tabular List", now=NOW).release

    assert Code.objects.in_release(both).get(code="M3500").title == "Sjogren syndrome, unspecified"
    assert both.titles_are_official
    assert not load.load(few(read_official(CM_2026)), source="order file again", now=NOW).is_new


def test_a_year_without_a_list_of_exempt_codes_says_that_it_does_not_know(db):
    release = load.load(few(read_official(CM_2025)), source="order file", now=NOW).release

    assert set(release.codes.values_list("poa_exempt", flat=True)) == {None}


def test_a_refused_file_changes_nothing(db, tmp_path):
    held = load_excerpt(["M35.00"])
    path = tmp_path / "icd10cm_order_2027.txt"
    path.write_text("00001 A00     0 Cholera")

    with pytest.raises(CommandError, match="stops in the middle of a line"):
        call_command("load_codeset", str(path))

    assert Release.objects.ready("icd10cm").get() == held
    assert not Release.objects.filter(state=Release.State.LOADING).exists()
