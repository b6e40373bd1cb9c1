from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from codesets import purposes
from codesets.models import Code, CptLicence, LicensedCode, Release
from codesets.supply import uploads
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
    monkeypatch.setattr("codesets.search.build_index", lambda: None)
    client.force_login(ada)
    return client


def supply(client, text: str, name: str = "HCPC2025_OCT_ANWEB.txt"):
    return client.post(reverse("code_sets"), {"supplied": SimpleUploadedFile(name, text.encode())})


def test_a_supplied_file_is_checked_and_nothing_is_written(admin):
    page = supply(admin, HCPCS)

    assert "HCPCS Level II October 2025, from HCPC2025_OCT_ANWEB.txt: 1 rows, 1 billable codes." in page.text
    assert not Release.objects.filter(system="hcpcs").exists()


def test_the_checked_file_is_loaded_and_forgotten(admin):
    token = supply(admin, HCPCS).context["token"]

    answer = admin.post(reverse("load_code_set"), {"token": token}, follow=True)

    assert "HCPCS Level II October 2025, 1 Oct 2025 to 31 Dec 2025: loaded." in answer.text
    assert Code.objects.get(release__system="hcpcs").code == "J0696"
    with pytest.raises(uploads.Refused, match="no longer here"):
        uploads.kept(token)


def test_a_refused_file_is_told_at_its_field(admin):
    page = supply(admin, "sun and sea\n", "holiday.txt")

    assert page.status_code == 422
    assert "holiday.txt holds no file that is known here" in page.text


def test_a_name_that_points_elsewhere_stays_in_its_folder(admin, tmp_path):
    token = supply(admin, HCPCS, "../../HCPC2025_OCT_ANWEB.txt").context["token"]

    assert uploads.kept(token).parent == tmp_path / "uploads" / token


@pytest.mark.parametrize("token", ["", "../..", "0" * 32])
def test_an_unknown_token_loads_nothing(admin, token):
    page = admin.post(reverse("load_code_set"), {"token": token})

    assert page.status_code == 422
    assert "The file is no longer here: choose it again." in page.text


LICENCE = {
    "holder": "Harbor School", "number": "A-1", "users": 30, "year": 2026, "valid_from": "2020-01-01",
    "valid_to": "2099-12-31", "attested": "on",
}  # fmt: skip


def test_what_is_under_licence_belongs_to_the_admins_institution(admin, ada, harbor):
    admin.post(reverse("cpt_licence"), LICENCE)
    token = supply(admin, LONG, "LONGULT.txt").context["token"]
    admin.post(reverse("load_code_set"), {"token": token})

    assert Release.objects.get(system="cpt").institution == harbor
    assert LicensedCode.objects.count() == 2


def test_without_a_recorded_licence_cpt_is_not_loaded(admin):
    token = supply(admin, LONG, "LONGULT.txt").context["token"]

    page = admin.post(reverse("load_code_set"), {"token": token})

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


def test_the_banner_speaks_by_purpose(nothing_loaded):
    load_excerpt(["E11.22"])

    said = {each.name: each.counts for each in purposes.purposes(date(2026, 11, 22))}

    assert said == {
        "Claims today": "FY2027", "Examinations": "AAPC 2026 books, AHIMA 2026 books", "Loaded here": "FY2026",
    }  # fmt: skip
    assert purposes.is_behind(date(2026, 11, 22))
    assert not purposes.is_behind(date(2025, 11, 22))


def test_an_examining_body_switches_on_its_own_day():
    assert purposes.exam_books(date(2026, 3, 1)) == {"AAPC": "2026"}
