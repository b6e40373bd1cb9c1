"""What is true of every page: one heading, its place in the title, nothing that the content policy would drop."""

import re

from django.urls import reverse

from tests.architecture.access import ACCESS, PEOPLE
from tests.architecture.conftest import ask

PAGES = [name for name, (get, _) in ACCESS.items() if "200" in get.split() and name not in {"healthz", "readyz"}]
# Answers that are no pages: a fragment of the picker, numbers for the clock, a file of marks.
NO_PAGE = {"find_codes", "sitting_clock", "export_marks"}


def readers(name: str) -> list[str]:
    """The first person who sees the page, and Ines where she does."""
    seen = [person for person, status in zip(PEOPLE, ACCESS[name][0].split(), strict=True) if status == "200"]
    return list(dict.fromkeys([seen[0], *seen[-1:]]))


def faults_of(page: str) -> list[str]:
    wanted = {
        "one heading": len(re.findall(r"<h1[ >]", page)) == 1,
        "its place in the title": re.search(r"<title>\s*[^<\s][^<]* · Coderounds\s*</title>", page),
        "nothing inline": not re.search(r"\sstyle=|\son(click|change|submit)=|javascript:", page),
        "the way past the menu": '<a class="skip-link"' in page,
    }
    return [what for what, holds in wanted.items() if not holds]


def test_every_page_has_one_heading_its_place_in_the_title_and_nothing_inline(world, addresses):
    pages = {
        (name, person): ask(world.get(person), "get", reverse(name, kwargs=addresses.get(name, {}))).text
        for name in sorted(set(PAGES) - NO_PAGE)
        for person in readers(name)
    }

    assert {place: faults_of(page) for place, page in pages.items() if faults_of(page)} == {}


def test_every_answer_carries_the_strict_content_policy(client, db):
    policy = client.get(reverse("home"))["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
