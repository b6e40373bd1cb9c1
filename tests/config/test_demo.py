"""The demo: two steps that may run again, and a strip while the second is missing."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.models import Membership, User
from codesets.loaders.packages import PACKAGED
from codesets.models import Release, System
from coursework.authoring.models import Pack
from coursework.authoring.read_pack import read_pack
from coursework.lessons import markdown
from coursework.models import Case, Lesson
from quizzes.models import Administration, Item
from tests.codesets.excerpt import load_excerpt
from tests.content import SHIPPED


@pytest.fixture
def shipped_codes(db):
    """FY2026 with every code that the shipped pack names."""
    pack = read_pack(SHIPPED)
    codes = {code for lesson in pack.lessons for code in markdown.code_references(lesson["body"])}
    codes |= {code for item in pack.items for code in item.get("codes", [])}
    for case in pack.cases:
        for name in ("lines", "optional", "tolerated", "forbidden"):
            codes |= {line["code"] for line in case["key"].get(name) or []}
    return load_excerpt(sorted(codes))


@pytest.fixture(autouse=True)
def is_demo(settings):
    settings.DEMO = True


@pytest.fixture(autouse=True)
def few_packages(monkeypatch):
    """What takes long to load is left out."""
    for system in (System.ICD10CM, System.ICD10PCS, System.HCPCS):
        monkeypatch.delitem(PACKAGED, system)


def counts() -> list[int]:
    return [model.objects.count() for model in (User, Membership, Lesson, Case, Item, Administration)]


def test_the_first_step_brings_what_the_first_page_needs(shipped_codes, client):
    call_command("setup_demo", "--first")

    assert (Lesson.objects.count(), Case.objects.count(), Administration.objects.count()) == (3, 4, 0)
    assert "Still loading: the exam" in client.get(reverse("home")).content.decode()


def test_while_a_code_set_is_missing_the_strip_names_what_is_not_there_yet(shipped_codes, client):
    call_command("setup_demo")
    Release.objects.filter(system=System.MS_DRG).update(state=Release.State.LOADING)

    assert "Still loading: procedure codes" in client.get(reverse("home")).content.decode()


def test_the_second_step_opens_the_exam_loads_the_code_sets_and_takes_the_strip_away(shipped_codes, client):
    call_command("setup_demo", "--first")
    call_command("setup_demo", "--rest")

    assert Administration.objects.get().form.slots.count() == 20
    assert Pack.objects.get().state == Pack.State.READY
    assert all(Release.objects.ready(system).exists() for system in PACKAGED)
    assert "Still loading" not in client.get(reverse("home")).content.decode()


def test_setting_up_again_changes_nothing(shipped_codes):
    call_command("setup_demo")
    before = counts()

    call_command("setup_demo")

    assert counts() == before


def test_a_site_that_is_no_demo_never_gets_public_passwords(settings, db):
    settings.DEMO = settings.DEBUG = False

    with pytest.raises(CommandError, match="public passwords"):
        call_command("setup_demo")


def test_the_log_ins_it_prints_are_those_that_work(shipped_codes, client, capsys):
    call_command("setup_demo", "--first")
    call_command("setup_demo", "--log-ins")

    for line in capsys.readouterr().out.splitlines()[:3]:
        _, email, password = line.split()
        client.logout()
        assert client.post(reverse("account_login"), {"login": email, "password": password}).status_code == 302
