"""Every address answers each person as the table in access.py says, GET and POST."""

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLResolver, get_resolver, path, reverse

from config.urls import urlpatterns as site_patterns
from tests.architecture.access import ACCESS, PEOPLE


def url_names(resolver: URLResolver) -> set[str]:
    names = set()
    for pattern in resolver.url_patterns:
        names |= url_names(pattern) if isinstance(pattern, URLResolver) else {pattern.name}
    return names


def without_row() -> set[str]:
    return url_names(get_resolver()) - ACCESS.keys()


def test_every_address_has_a_row():
    assert without_row() == set()


def test_no_row_is_left_over():
    assert ACCESS.keys() - url_names(get_resolver()) == set()


class WithAnOpenView:
    """The addresses of the site, and one that somebody added without a thought."""

    urlpatterns = [*site_patterns, path("open/", lambda request: HttpResponse("all students"), name="open_view")]


def test_an_added_open_view_turns_the_table_red(settings, client, db):
    settings.ROOT_URLCONF = WithAnOpenView

    assert client.get("/open/").status_code == 200
    assert without_row() == {"open_view"}


class Undo(Exception):
    """Takes back what a request did, so that each cell starts from the same world."""


def status_of(client: Client, method: str, address: str) -> int:
    try:
        with transaction.atomic():
            status = getattr(client, method)(address).status_code
            raise Undo
    except Undo:
        return status


@pytest.mark.parametrize("name", sorted(ACCESS))
@pytest.mark.parametrize("method", ["get", "post"])
def test_each_person_gets_the_answer_in_the_table(name, method, world, addresses):
    expected = dict(zip(PEOPLE, ACCESS[name][method == "post"].split(), strict=True))
    address = reverse(name, kwargs=addresses.get(name, {}))

    answers = {}
    for person in PEOPLE:
        cache.clear()
        client = Client()
        if person != "visitor":
            client.force_login(world[person])
        answers[person] = str(status_of(client, method, address))

    assert answers == expected
