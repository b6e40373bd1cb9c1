"""Every address answers each person as the table in access.py says, GET and POST."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import URLResolver, get_resolver, path, reverse

from accounts.models import User
from config.urls import urlpatterns as site_patterns
from tests.architecture.access import ACCESS, PEOPLE
from tests.architecture.conftest import ask


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


@pytest.mark.parametrize("method", ["get", "post"])
def test_each_person_gets_the_answer_in_the_table(method, world, addresses):
    expected = {name: row[method == "post"] for name, row in ACCESS.items()}

    assert {name: statuses(name, method, world, addresses) for name in ACCESS} == expected


def statuses(name: str, method: str, world: dict[str, User], addresses: dict[str, dict[str, Any]]) -> str:
    """One cell of the table: the answer to each person in turn."""
    address = reverse(name, kwargs=addresses.get(name, {}))
    return " ".join(str(ask(world.get(person), method, address).status_code) for person in PEOPLE)
