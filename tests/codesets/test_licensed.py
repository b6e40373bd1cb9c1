"""What holds CPT numbers: NCCI, MUE and the AMA's files. All rows here are invented, in the published layout."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from accounts.models import Institution
from codesets import cpt, purposes
from codesets.loaders import load, registry
from codesets.loaders.archive import Refused
from codesets.models import CodingEdit, CptLicence, LicensedCode, Release, UnitLimit
from codesets.wording import cpt_notice

NOW = datetime(2026, 3, 2, tzinfo=UTC)
NOTICE = "Copyright 2026 American Medical Association. All rights reserved.\n"
LONG = NOTICE + "Invented text for tests\n\n00001\tInvented service, first kind\n00002\tInvented service, second kind\n"
PTP = (
    "Invented owner's notice\n"
    "Column 1\tColumn 2\t*=in existence prior to 1996\tEffective Date\tDeletion Date *=no data\t"
    "Modifier 0=not allowed 1=allowed 9=not applicable\tPTP Edit Rationale\n"
    "00001\t00002\t\t20250101\t*\t1\tMisuse of column two code\n"
    "00001\tJ0696\t\t20240101\t20251231\t0\tStandards of practice\n"
)
MUE = (
    "Invented owner's notice\n"
    "HCPCS/CPT Code,Practitioner Services MUE Values,MUE Adjudication Indicator,MUE Rationale\n"
    "00001,2,3 Date of Service Edit: Clinical,Clinical: Data\nJ0696,16,3 Date of Service Edit: Clinical,Drug label\n"
)


@pytest.fixture
def cpt_2026(tmp_path):
    (tmp_path / "LONGULT.txt").write_text(LONG)
    (tmp_path / "MEDU.txt").write_text(NOTICE + "00001 INVENTED SERVICE FIRST KIND\n")
    (tmp_path / "SHORTU.txt").write_text(NOTICE + "00001 INVENTED 1ST\n")
    (edition,) = registry.read(tmp_path)
    return edition


@pytest.fixture
def licensed(db, cpt_2026, tia, ines):
    """Ines's school holds a licence for 2026 and has loaded its file."""
    institution = ines.memberships.get().institution
    CptLicence.objects.create(
        institution=institution, holder="Evening School", number="A-1", users=30, year=2026,
        valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31), attested_by=ines, attested_at=NOW,
    )  # fmt: skip
    load.load(cpt_2026, source="LONGULT.txt", now=NOW, institution=institution)
    return institution


def test_the_three_files_become_one_row_a_code(cpt_2026):
    first, second = cpt_2026.others[0]

    assert first == ("00001", "Invented service, first kind", "INVENTED SERVICE FIRST KIND", "INVENTED 1ST")
    assert second.short_title == ""
    assert cpt_2026.label == "2026"


def test_the_owners_text_is_kept_as_the_notice(cpt_2026):
    assert cpt_2026.notice.startswith("Copyright 2026 American Medical Association.")


def test_a_file_without_the_owners_notice_is_refused(tmp_path):
    (tmp_path / "LONGULT.txt").write_text("American Medical Association\n00001\tInvented service\n")

    with pytest.raises(Refused, match="copyright notice with its year"):
        registry.read(tmp_path / "LONGULT.txt")


@pytest.mark.parametrize("name", ["LONGULT.txt", "MEDU.txt"])
def test_a_file_that_stops_in_the_middle_of_a_line_is_refused(cpt_2026, tmp_path, name):
    content = (tmp_path / name).read_text()
    (tmp_path / name).write_text(content[:-6])

    with pytest.raises(Refused, match="stops in the middle of a line"):
        registry.read(tmp_path)


def test_members_of_the_institution_see_the_rows_with_the_notice(licensed, tia):
    shown = cpt.find("00001", tia, now=NOW)

    assert [code.title for code in shown.codes] == ["Invented service, first kind"]
    assert shown.notices == [
        "CPT copyright 2026 American Medical Association. All rights reserved. "
        "CPT is a registered trademark of the American Medical Association."
    ]


def test_another_institution_sees_nothing(licensed, otto):
    assert cpt.find("00001", otto, now=NOW) == cpt.Shown([], [])
    assert not LicensedCode.objects.visible_to(otto, NOW.date()).exists()


def test_a_search_in_the_book_shows_rows_and_notice_to_the_institution_alone(licensed, tia, otto, client, codes):
    today = timezone.localdate()
    CptLicence.objects.update(valid_from=today, valid_to=today)
    shown = {}

    for person in (tia, otto):
        client.force_login(person)
        shown[person] = client.get(reverse("code_search"), {"q": "invented second"}).content.decode()

    assert "Invented service, second kind" in shown[tia]
    assert "CPT copyright 2026 American Medical Association" in shown[tia]
    assert "Invented service, first kind" not in shown[tia]
    assert "Invented" not in shown[otto]


def test_the_banner_names_cpt_to_the_institution_alone_while_its_licence_runs(licensed, tia, otto):
    def banner(person, today):
        return " ".join(each.counts for each in purposes.purposes(today, person))

    assert banner(tia, date(2026, 11, 22)).count("CPT 2026") == 2  # counts for claims, is loaded here
    assert "CPT" not in banner(otto, date(2026, 11, 22))
    assert "CPT" not in banner(tia, date(2027, 1, 1))


def test_rows_are_hidden_when_the_licence_expires(licensed, tia):
    assert LicensedCode.objects.visible_to(tia, date(2026, 12, 31)).count() == 2
    assert not LicensedCode.objects.visible_to(tia, date(2027, 1, 1)).exists()


def test_each_reader_is_counted_once_a_year(licensed, tia, ines):
    for _ in range(2):
        cpt.find("00001", tia, now=NOW)
    cpt.find("00002", ines, now=NOW)

    assert cpt.readers(licensed, 2026) == 2


def test_a_licence_of_another_year_that_gave_no_row_counts_nobody_and_gives_no_notice(licensed, tia):
    other = CptLicence.objects.get()
    other.pk, other.year = None, 2025
    other.save()

    shown = cpt.find("00001", tia, now=NOW)

    assert shown.notices == [cpt_notice(2026)]
    assert (cpt.readers(licensed, 2025), cpt.readers(licensed, 2026)) == (0, 1)


def test_everybody_of_the_institution_counts_as_having_access(licensed, tia, sam, otto):
    assert cpt.people_with_access(CptLicence.objects.get()) == 3  # Tia, Sam and Ines


def test_who_saw_cpt_and_left_counts_as_having_had_access(licensed, tia, sam):
    cpt.find("00001", tia, now=NOW)
    tia.memberships.all().delete()

    assert cpt.people_with_access(CptLicence.objects.get()) == 3


def test_licensed_rows_never_reach_the_shared_releases(licensed):
    assert not Release.objects.ready("cpt").exists()
    assert Release.objects.ready("cpt", licensed).get().codes.count() == 0


def test_a_licensed_release_without_an_owner_cannot_be_written(db, cpt_2026):
    with pytest.raises(IntegrityError, match="licensed_release_has_an_owner"):
        load.open_release(cpt_2026, content="x", source="LONGULT.txt", now=NOW)


def test_an_edition_without_a_licence_of_its_year_is_not_loaded(db, cpt_2026, harbor):
    with pytest.raises(Refused, match="record the institution's AMA licence of 2026 first"):
        load.load(cpt_2026, source="LONGULT.txt", now=NOW, institution=harbor)


def test_an_expired_licence_loads_nothing(licensed, cpt_2026):
    with pytest.raises(Refused, match="AMA licence of 2026"):
        load.load(cpt_2026, source="LONGULT.txt", now=datetime(2027, 1, 1, tzinfo=UTC), institution=licensed)


def test_the_command_asks_whose_licence_it_is(db, tmp_path):
    (tmp_path / "LONGULT.txt").write_text(LONG)

    with pytest.raises(CommandError, match="say whose licence covers it with --institution"):
        call_command("load_codeset", str(tmp_path / "LONGULT.txt"))


def test_the_command_says_that_no_such_institution_exists(db, tmp_path):
    (tmp_path / "LONGULT.txt").write_text(LONG)

    with pytest.raises(CommandError, match="There is no institution nope"):
        call_command("load_codeset", str(tmp_path / "LONGULT.txt"), institution="nope")


def test_pairs_are_active_between_their_dates(db, tmp_path):
    path = tmp_path / "ccipra-v313r0-f1.txt"
    path.write_text(PTP)
    (edition,) = registry.read(path)
    owner = Institution.objects.create(slug="school", name="School")

    release = load.load(edition, source=path.name, now=NOW, institution=owner).release

    pairs = CodingEdit.objects.filter(release=release)
    assert (release.label, release.notice) == ("October 2025", "Invented owner's notice")
    assert pairs.active_on(date(2025, 12, 30)).count() == 2
    assert [str(pair) for pair in pairs.active_on(date(2026, 1, 1))] == ["00001 / 00002"]


def test_unit_limits_say_how_they_are_applied(db, tmp_path):
    path = tmp_path / "MCR_MUE_PractitionerServices_Eff_10-01-2025.csv"
    path.write_text(MUE)
    (edition,) = registry.read(path)
    owner = Institution.objects.create(slug="school", name="School")

    release = load.load(edition, source=path.name, now=NOW, institution=owner).release

    limit = UnitLimit.objects.get(release=release, code="J0696")
    assert (limit.units, limit.adjudication) == (16, "3")


def test_a_pair_without_a_date_is_refused(tmp_path):
    path = tmp_path / "ccipra-v313r0-f1.txt"
    path.write_text(PTP.replace("20250101", "soon"))

    with pytest.raises(Refused, match="00001, 00002 has no date"):
        registry.read(path)
