"""Everybody reads times in a zone of their own: chosen, or taken from the school on joining."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from accounts import zones
from accounts.membership import join_cohort
from accounts.models import User
from cohorts import wording
from tests.cast import person
from tests.clock import NOON

# 22:00 on 14 December in New York.
LATE_IN_NEW_YORK = datetime(2025, 12, 15, 3, 0, tzinfo=UTC)


@pytest.fixture
def in_new_york(evening):
    evening.institution.time_zone = "America/New_York"
    evening.institution.save()
    return evening


def test_the_zone_is_chosen_in_the_preferences(client, tia):
    client.force_login(tia)

    client.post(reverse("preferences"), {"name": "Tia", "theme": "light", "time_zone": "America/Denver"})

    tia.refresh_from_db()
    assert tia.time_zone == "America/Denver"


def test_a_zone_that_does_not_exist_is_refused(client, tia):
    client.force_login(tia)

    answer = client.post(reverse("preferences"), {"name": "Tia", "theme": "light", "time_zone": "Mars/Base"})

    assert answer.status_code == 422


def test_the_preferences_show_the_zone_that_holds(client, tia):
    User.objects.filter(pk=tia.pk).update(time_zone="America/Indiana/Knox")
    client.force_login(tia)

    page = client.get(reverse("preferences")).content.decode()

    assert '<option value="America/Indiana/Knox" selected>Indiana, Knox</option>' in page


def test_a_new_member_reads_times_as_the_school_does(in_new_york):
    nora = person("Nora")

    join_cohort(nora, in_new_york, now=NOON)

    assert User.objects.get(pk=nora.pk).time_zone == nora.time_zone == "America/New_York"


def test_who_has_chosen_a_zone_keeps_it_on_joining(in_new_york):
    nora = User.objects.create_user("nora@example.org", time_zone="America/Denver")

    join_cohort(nora, in_new_york, now=NOON)

    assert User.objects.get(pk=nora.pk).time_zone == "America/Denver"


def test_every_zone_offered_is_one():
    offered = [zone for _, group in zones.choices()[1:] for zone, _ in group]

    assert len(offered) == len(set(offered)) > 400
    assert all(ZoneInfo(zone) and zones.is_known(zone) for zone in offered)
    assert not zones.is_known("localtime")


def test_an_evening_exam_closes_on_the_day_of_its_reader():
    reader = User(time_zone="America/New_York")

    assert wording.open_until(LATE_IN_NEW_YORK, reader) == "Open until 14 Dec 2025."
    assert wording.started(LATE_IN_NEW_YORK, reader) == "Started 14 Dec 2025. Your lines are saved."
