"""What is true of every page: one heading, its place in the title, nothing that the content policy would drop."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.architecture.access import ACCESS, PEOPLE

PAGES = [name for name, (get, _) in ACCESS.items() if "200" in get.split() and name not in {"healthz", "readyz"}]
# Answers that are no pages: a fragment of the picker, numbers for the clock, a file of marks.
NO_PAGE = {"find_codes", "sitting_clock", "export_marks"}


def readers(name: str) -> list[str]:
    """The first person who sees the page, and Ines where she does."""
    seen = [person for person, status in zip(PEOPLE, ACCESS[name][0].split(), strict=True) if status == "200"]
    return list(dict.fromkeys([seen[0], *seen[-1:]]))


@pytest.mark.parametrize("name", sorted(set(PAGES) - NO_PAGE))
def test_every_page_has_one_heading_and_its_place_in_the_title(name, world, addresses):
    for person in readers(name):
        client = Client()
        if person != "visitor":
            client.force_login(world[person])

        page = client.get(reverse(name, kwargs=addresses.get(name, {}))).content.decode()

        assert len(re.findall(r"<h1[ >]", page)) == 1, person
        assert re.search(r"<title>\s*[^<\s][^<]* · Coderounds\s*</title>", page), person
        assert not re.search(r"\sstyle=|\son(click|change|submit)=|javascript:", page), person
        assert '<a class="skip-link"' in page


def test_every_answer_carries_the_strict_content_policy(client, db):
    policy = client.get(reverse("home"))["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
