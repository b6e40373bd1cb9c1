"""Every address answers each person as the table in access.py says, GET and POST."""

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, path, reverse

from tests.architecture.access import ACCESS, PEOPLE


def url_names(resolver: URLResolver) -> set[str]:
    names = set()
    for pattern in resolver.url_patterns:
        names |= url_names(pattern) if isinstance(pattern, URLResolver) else {pattern.name}
    return names


def without_row(names: set[str]) -> set[str]:
    return names - ACCESS.keys()


def test_every_address_has_a_row():
    assert without_row(url_names(get_resolver())) == set()


def test_no_row_is_left_over():
    assert ACCESS.keys() - url_names(get_resolver()) == set()


def test_an_added_open_view_turns_the_table_red():
    added: URLPattern = path("open/", lambda request: None, name="open_view")

    assert without_row(url_names(get_resolver()) | {added.name}) == {"open_view"}


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
