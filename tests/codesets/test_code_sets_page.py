from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from codesets import purposes
from codesets.models import Code, CptLicence, LicensedCode, Release, Supplied
from codesets.supply import uploads, work
from codesets.tasks import work_on_supplied
from tests.codesets.excerpt import load_excerpt
from tests.codesets.test_hcpcs import record
from tests.codesets.test_licensed import LONG

HCPCS = record("J0696", "3", "Injection, ceftriaxone sodium, per 250 mg", dates="19950101")


@pytest.fixture(autouse=True)
def small_files(monkeypatch, settings, tmp_path):
    monkeypatch.setattr("codesets.loaders.edition.known_counts", dict)
    settings.VAR_DIR = tmp_path


@pytest.fixture
def admin(client, ada, monkeypatch):
    monkeypatch.setattr("codesets.search.build_index", lambda coming: None)
    client.force_login(ada)
    return client


def supply(client, text: str, name: str = "HCPC2025_OCT_ANWEB.txt"):
    return client.post(reverse("code_sets"), {"supplied": SimpleUploadedFile(name, text.encode())})


def supplied(client, text: str, name: str = "HCPC2025_OCT_ANWEB.txt") -> Supplied:
    """The file as it waits after the upload."""
    assert supply(client, text, name).status_code == 302
    return Supplied.objects.get()


def load_now(client, file: Supplied):
    """Without a worker: check it here, confirm, load it here."""
    for name in ("work_now", "load_code_set", "work_now"):
        client.post(reverse(name, args=[file.pk]))
    return client.get(file.get_absolute_url())


def test_a_supplied_file_is_checked_and_nothing_is_written(admin):
    file = supplied(admin, HCPCS)

    work_on_supplied(file.pk)

    page = admin.get(file.get_absolute_url())
    assert "HCPCS Level II October 2025, from HCPC2025_OCT_ANWEB.txt: 1 rows, 1 billable codes." in page.text
    assert not Release.objects.filter(system="hcpcs").exists()


def test_a_file_that_is_loaded_already_is_told_before_it_is_loaded_again(admin):
    load_now(admin, supplied(admin, HCPCS))

    supply(admin, HCPCS)

    again = Supplied.objects.latest("pk")
    work_on_supplied(again.pk)
    assert "The same is loaded already" in admin.get(again.get_absolute_url()).text


def test_the_upload_is_a_hint_to_the_worker_and_the_page_shows_what_it_did(admin, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        file = supplied(admin, HCPCS)
    with django_capture_on_commit_callbacks(execute=True):
        admin.post(reverse("load_code_set", args=[file.pk]))

    page = admin.get(file.get_absolute_url())
    assert "HCPCS Level II October 2025, 1 Oct 2025 to 31 Dec 2025: loaded." in page.text
    assert Code.objects.get(release__system="hcpcs").code == "J0696"


def test_without_a_worker_the_buttons_do_the_same_and_the_file_is_forgotten(admin):
    file = supplied(admin, HCPCS)

    page = load_now(admin, file)

    assert "31 Dec 2025: loaded." in page.text
    with pytest.raises(uploads.Refused, match="no longer here"):
        uploads.kept(file.token)


def test_the_sweep_finds_what_the_hint_did_not_reach(admin, capsys):
    supplied(admin, HCPCS)

    call_command("load_supplied")
    call_command("load_supplied")

    assert capsys.readouterr().out == "1 supplied file worked on.\n0 supplied files worked on.\n"


def test_who_works_on_a_file_keeps_others_away_until_silent_for_long(admin):
    file = supplied(admin, HCPCS)
    now = timezone.now()

    assert file.claim(now=now)
    assert not file.claim(now=now + timedelta(minutes=1))
    assert file.claim(now=now + timedelta(minutes=6))


def test_a_file_that_kills_its_worker_is_given_up(admin):
    file = supplied(admin, HCPCS)
    Supplied.objects.update(attempts=3)

    work_on_supplied()

    assert "could not be worked through in three tries" in admin.get(file.get_absolute_url()).text


def test_a_page_in_work_says_how_far_and_asks_again(admin):
    file = supplied(admin, HCPCS)
    work.tell(file, "Writing codes", 40_000, 98_186)

    page = admin.get(file.get_absolute_url()).text

    assert "Writing codes: 40,000 of 98,186" in page
    assert 'hx-trigger="every 2s"' in page


def test_a_file_that_turns_out_wrong_is_refused_with_one_sentence(admin):
    file = supplied(admin, HCPCS.replace("J0696", "Z0696"))

    work_on_supplied()

    page = admin.get(file.get_absolute_url()).text
    assert "is not a code or modifier of HCPCS Level II." in page
    assert "Load it now" not in page


@pytest.fixture
def checked(admin) -> Supplied:
    supplied(admin, HCPCS)
    work_on_supplied()
    return Supplied.objects.get()


def discard(client, file: Supplied):
    return client.post(reverse("discard_supplied", args=[file.pk]), follow=True)


def test_a_checked_file_is_discarded_and_the_list_says_so(admin, checked):
    page = discard(admin, checked).text

    assert "HCPC2025_OCT_ANWEB.txt is discarded. Nothing of it was loaded" in page
    assert checked.get_absolute_url() not in page
    with pytest.raises(uploads.Refused, match="no longer here"):
        uploads.kept(checked.token)


def test_a_refused_file_stays_on_the_list_until_it_is_discarded(admin):
    file = supplied(admin, HCPCS.replace("J0696", "Z0696"))
    work_on_supplied()
    listed = admin.get(reverse("code_sets")).text

    discard(admin, file)

    assert file.get_absolute_url() in listed
    assert file.get_absolute_url() not in admin.get(reverse("code_sets")).text
    assert "Supply it again" in admin.get(file.get_absolute_url()).text


def test_who_loads_first_wins_over_who_discards(admin, checked):
    read_before = Supplied.objects.get()
    admin.post(reverse("load_code_set", args=[checked.pk]))

    assert not work.discard(read_before, now=timezone.now())
    assert "meanwhile" in discard(admin, checked).text
    assert uploads.kept(checked.token).exists()


def test_who_discards_first_wins_over_who_loads(admin, checked):
    discard(admin, checked)

    load_now(admin, checked)

    assert "Discarded." in admin.get(checked.get_absolute_url()).text
    assert not Release.objects.filter(system="hcpcs").exists()


def test_a_file_that_is_still_checked_is_not_discarded(admin):
    file = supplied(admin, HCPCS)

    assert "meanwhile" in discard(admin, file).text
    assert uploads.kept(file.token).exists()


def test_what_nobody_came_back_for_in_a_month_is_discarded(admin, checked):
    for days in (29, 31):
        work.tidy(now=checked.requested_at + timedelta(days=days))
        assert Supplied.objects.filter(state="discarded").exists() == (days == 31)

    with pytest.raises(uploads.Refused, match="no longer here"):
        uploads.kept(checked.token)


def test_a_file_that_no_row_holds_goes_after_a_day(admin, checked):
    stray = uploads.keep(SimpleUploadedFile("HCPC2025_OCT_ANWEB.txt", b"cut off"))

    work.tidy(now=timezone.now() + timedelta(days=2))

    assert uploads.kept(checked.token).exists()
    with pytest.raises(uploads.Refused, match="no longer here"):
        uploads.kept(stray)


def test_an_unknown_file_is_told_at_its_field(admin):
    page = supply(admin, "sun and sea\n", "holiday.txt")

    assert page.status_code == 422
    assert "holiday.txt holds no file that is known here" in page.text
    assert not Supplied.objects.exists()


def test_a_name_that_points_elsewhere_stays_in_its_folder(admin, tmp_path):
    token = supplied(admin, HCPCS, "../../HCPC2025_OCT_ANWEB.txt").token

    assert uploads.kept(token).parent == tmp_path / "uploads" / token


def test_a_file_of_another_institution_is_not_there(admin, otto):
    file = supplied(admin, HCPCS)
    Supplied.objects.update(institution=otto.memberships.get().institution)

    assert admin.get(file.get_absolute_url()).status_code == 404
    assert admin.post(reverse("load_code_set", args=[file.pk])).status_code == 404
    assert admin.post(reverse("discard_supplied", args=[file.pk])).status_code == 404


LICENCE = {
    "holder": "Harbor School", "number": "A-1", "users": 30, "year": 2026, "valid_from": "2020-01-01",
    "valid_to": "2099-12-31", "attested": "on",
}  # fmt: skip


def test_what_is_under_licence_belongs_to_the_admins_institution(admin, ada, harbor):
    admin.post(reverse("cpt_licence"), LICENCE)

    load_now(admin, supplied(admin, LONG, "LONGULT.txt"))

    assert Release.objects.get(system="cpt").institution == harbor
    assert LicensedCode.objects.count() == 2


def test_without_a_recorded_licence_cpt_is_not_loaded(admin):
    page = load_now(admin, supplied(admin, LONG, "LONGULT.txt"))

    assert "AMA licence of 2026 first" in page.text
    assert not LicensedCode.objects.exists()


def test_a_licence_says_who_attested_it(admin, ada):
    admin.post(reverse("cpt_licence"), LICENCE)

    licence = CptLicence.objects.get()
    assert (licence.attested_by, licence.number, licence.users) == (ada, "A-1", 30)
    assert "A-1" in admin.get(reverse("cpt_licence")).text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"attested": ""}, "is empty"),
        ({"valid_to": "2019-12-31"}, "The licence ends before it starts."),
        ({"year": "MMXXVI"}, "whole number"),
    ],
)
def test_a_licence_with_a_mistake_is_not_recorded(admin, change, sentence):
    page = admin.post(reverse("cpt_licence"), LICENCE | change)

    assert page.status_code == 422
    assert sentence in page.text
    assert not CptLicence.objects.exists()


def test_one_licence_a_year(admin):
    admin.post(reverse("cpt_licence"), LICENCE)

    assert "recorded already" in admin.post(reverse("cpt_licence"), LICENCE).text


def test_an_instructor_may_not_load(client, ines):
    client.force_login(ines)

    assert client.get(reverse("code_sets")).status_code == 403


def test_the_banner_speaks_by_purpose(db, ines):
    load_excerpt(["E11.22"])

    said = {each.name: each.counts for each in purposes.purposes(date(2026, 11, 22), ines)}

    assert said == {
        "Claims today": "ICD-10-CM FY2027", "Examinations": "AAPC 2026 books, AHIMA 2026 books",
        "Loaded here": "ICD-10-CM FY2026",
    }  # fmt: skip
    assert [str(each) for each in purposes.behind(date(2026, 11, 22))] == ["ICD-10-CM FY2026"]
    assert purposes.behind(date(2025, 11, 22)) == []


@pytest.mark.parametrize(
    ("today", "claims"),
    [
        (date(2026, 9, 30), "ICD-10-CM FY2026; ICD-10-PCS FY2026; HCPCS Level II July 2026"),
        (date(2026, 11, 22), "ICD-10-CM FY2027; ICD-10-PCS FY2027; HCPCS Level II October 2026"),
        (date(2027, 1, 1), "ICD-10-CM FY2027; ICD-10-PCS FY2027; HCPCS Level II January 2027"),
    ],
)
def test_each_code_set_counts_by_its_own_period(db, ines, today, claims):
    assert purposes.purposes(today, ines)[0].counts == claims


def test_an_examining_body_switches_on_its_own_day():
    assert purposes.exam_books(date(2026, 3, 1)) == {"AAPC": "2026"}
