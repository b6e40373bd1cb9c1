"""Health pages say whether the site can serve, to anybody, and nothing more."""

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone

from config import health
from config.models import Heartbeat


def test_healthz_answers_with_the_token_of_its_starter(client, settings, db):
    settings.HEALTH_TOKEN = "token-of-this-start"

    assert client.get(reverse("healthz")).content == b"token-of-this-start"


def test_readyz_tells_a_late_worker_from_one_on_time(client, db):
    assert client.get(reverse("readyz")).json()["worker"] == "late"

    Heartbeat.objects.create(part="worker", beat_at=timezone.now())
    assert client.get(reverse("readyz")).json() == {"database": "ok", "migrations": "applied", "worker": "on time"}

    Heartbeat.objects.update(beat_at=timezone.now() - timedelta(minutes=5))
    assert client.get(reverse("readyz")).json()["worker"] == "late"


def test_readyz_refuses_traffic_when_the_database_is_away(client, monkeypatch, db):
    def unreachable() -> bool:
        raise DatabaseError

    monkeypatch.setattr(health, "has_all_migrations", unreachable)

    answer = client.get(reverse("readyz"))

    assert answer.status_code == 503
    assert answer.json() == {"database": "unreachable"}


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_health_pages_set_no_cookie(client, db, address):
    assert not client.get(address).cookies
