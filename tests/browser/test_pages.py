"""What holds for every page of the table of access: no barrier, no fault, no sideways scrolling, in both themes."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from coursework.practice import sheet
from coursework.practice.start_attempt import start_attempt
from quizzes.scoring.release import release_scores
from quizzes.sitting.close import submit_sitting
from quizzes.sitting.start import start_sitting
from tests.architecture.access import ACCESS, PEOPLE
from tests.browser.chromium import Axe, ConsoleMessage, Page, expect
from tests.browser.content import inpatient
from tests.clock import NOON
from tests.quizzes.conftest import save

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NO_PAGES = {"healthz", "readyz", "find_codes", "sitting_clock", "export_marks"}  # for programs, scripts, files
FIRST_LOOK = ["tia", "ines", "visitor"]  # who looks at a page: the first of them who may
THEMES = ["light", "dark"]
SERIOUS = {"serious", "critical"}


def who_looks(name: str) -> str:
    may = dict(zip(PEOPLE, ACCESS[name][0].split(), strict=True))
    return next((person for person in FIRST_LOOK if may[person] == "200"), "")


LOOKS = [(who_looks(name), name) for name in sorted(ACCESS.keys() - NO_PAGES)] + [("visitor", "home")]


@pytest.fixture
def walk(visit, world, addresses):
    """walk(failed) goes to each page as the right person; `failed` collects what the console says."""

    def walk(failed: list[str]) -> Iterator[tuple[str, Page]]:
        for person in FIRST_LOOK:
            page = visit(world.get(person))
            page.on("console", lambda said: failed.append(f"{said.page.url} {said.text}") if is_error(said) else None)
            for name in (name for looks, name in LOOKS if looks == person):
                answer = page.goto(reverse(name, kwargs=addresses.get(name, {})))
                assert answer.status == 200, name
                yield name, page

    return walk


def is_error(said: ConsoleMessage) -> bool:
    return said.type in {"error", "warning"}


def barriers(page: Page) -> list[str]:
    """What axe finds serious or critical, with the first places."""
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {places(rule)}" for rule in found if rule["impact"] in SERIOUS]


def places(rule: dict[str, Any]) -> list[str]:
    return [node["html"][:120] for node in rule["nodes"][:3]]


@pytest.mark.parametrize("theme", THEMES)
def test_no_page_has_a_barrier_or_a_fault_on_its_console(theme, walk, world):
    for person in world.values():
        person.theme = theme
        person.save()
    failed: list[str] = []

    found = {name: wrong for name, page in walk(failed) if (wrong := barriers(page))}

    assert found == {}
    assert failed == []


def test_no_page_scrolls_sideways_on_the_smallest_phone(walk):
    wider = {}
    for name, page in walk([]):
        page.set_viewport_size({"width": 320, "height": 640})
        if (width := page.evaluate("document.documentElement.scrollWidth")) > 320:
            wider[name] = width

    assert wider == {}


@pytest.fixture
def released(mock, sam, ines, now):
    """Sam's sitting with one answer, its scores released."""
    sitting = start_sitting(mock, sam, now=now)
    save(sitting, 1, ("a",))
    submit_sitting(sitting, now=now)
    release_scores(mock, ines, now=now)
    return sitting


@pytest.mark.parametrize("theme", THEMES)
def test_pages_that_change_after_an_act_have_no_barrier_either(theme, visit, sam, released, lesson, make_case):
    sam.theme = theme
    sam.save()
    attempt = start_attempt(make_case(), sam, now=NOON)
    page = visit(sam)

    page.goto(f"/exams/sittings/{released.public_id}/report/")
    report = barriers(page)
    page.goto("/learn/excludes/")
    page.get_by_label("Wrong").check()
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_text("Rule to keep.")).to_be_visible()
    answered = barriers(page)
    page.goto(f"/attempts/{attempt.pk}/")
    page.get_by_label("Add a code").press_sequentially("E11")
    expect(page.get_by_role("option").first).to_be_visible()
    picking = barriers(page)

    assert (report, answered, picking) == ([], [], [])


LONG_NOTE = "\n\n".join(
    f"HISTORY {number}\nType 2 diabetes with stage 4 kidney disease, on insulin." for number in range(60)
)


@pytest.mark.parametrize("size", [(1366, 768), (1280, 720), (1920, 1080)], ids=str)
def test_the_workspace_fits_the_screen_and_only_its_panes_scroll(size, visit, tia, make_case):
    note = {"slug": "note", "title": "Visit note", "author": "Physician", "dated_on": date(2025, 11, 12)}
    case = make_case("long", **inpatient(documents=[note | {"text": LONG_NOTE}]))
    attempt = start_attempt(case, tia, now=NOON)
    for code in ["E11.22", "N18.4", "Z79.4", "I10", "R07.9"]:
        sheet.add_line(attempt, code)
    page = visit(tia)
    page.set_viewport_size({"width": size[0], "height": size[1]})

    page.goto(f"/attempts/{attempt.pk}/")

    assert page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]") == [*size]
    assert page.evaluate("(pane => pane.scrollHeight > pane.clientHeight)(document.querySelector('#chart'))")
    expect(page.get_by_role("button", name="Submit 5 codes")).to_be_in_viewport(ratio=1)
