"""The code book: one page a code, with every note that governs it, and a sentence where there is none."""

from datetime import date

from django.urls import reverse

from codesets.models import Code, Release
from coursework.practice import sheet
from coursework.practice.start_attempt import start_attempt
from coursework.practice.submit_attempt import submit_attempt
from tests.clock import NOON


def page(client, *args, name: str = "code") -> str:
    return client.get(reverse(name, args=args), follow=True).content.decode()


def test_a_code_page_says_what_it_is_and_where_its_notes_come_from(client, codes, tia):
    client.force_login(tia)

    shown = page(client, "E11.22")

    assert "Type 2 diabetes mellitus with diabetic chronic kidney disease" in shown
    assert "Billable" in shown
    assert "From E11 Type 2 diabetes mellitus" in shown
    assert "N18.1-N18.6" in shown


def test_a_header_page_says_what_it_needs_and_leads_on(client, codes, tia):
    client.force_login(tia)

    shown = page(client, "E11.2")

    assert "Needs 5th character" in shown
    assert reverse("code_in_release", args=["FY2026", "E11.22"]) in shown


def test_a_code_typed_without_its_dot_leads_to_its_address(client, codes, tia):
    client.force_login(tia)

    answer = client.get(reverse("code", args=["e1122"]))

    assert answer.url == reverse("code_in_release", args=["FY2026", "E11.22"])


def test_an_unknown_code_gets_a_sentence(client, codes, tia):
    client.force_login(tia)

    answer = client.get(reverse("code", args=["Q99.Z"]))

    assert answer.status_code == 404
    assert "is not an ICD-10-CM code of FY2026" in answer.content.decode()


def test_a_search_for_a_date_outside_every_release_says_what_is_loaded(client, codes, tia):
    client.force_login(tia)

    shown = client.get(reverse("code_search"), {"q": "ckd", "on": "2024-01-03"}).content.decode()

    assert "No ICD-10-CM release is loaded for 3 Jan 2024" in shown
    assert "FY2026" in shown


def test_the_book_names_a_chart_only_after_the_learner_has_submitted_it(client, make_case, tia):
    client.force_login(tia)
    attempt = start_attempt(make_case(), tia, now=NOON)
    sheet.add_line(attempt, "N18.4")

    assert "A visit in autumn" not in page(client, "E11.22")

    submit_attempt(attempt, now=NOON)
    assert "A visit in autumn" in page(client, "E11.22")


def test_a_code_of_another_year_says_when_it_lived_and_leads_there(client, codes, tia):
    client.force_login(tia)
    older = Release.objects.create(
        system="icd10cm", label="FY2025", effective_from=date(2024, 10, 1), effective_to=date(2025, 9, 30),
        state=Release.State.READY, loaded_at=NOON, source="test", sha256="older",
    )  # fmt: skip
    Code.objects.create(
        release=older, code="D71", title="Functional disorders", billable=True, billable_length=3, position=1
    )

    answer = client.get(reverse("code_in_release", args=["FY2026", "D71"]))

    assert answer.status_code == 404
    shown = answer.content.decode()
    assert "D71 is not a code of FY2026. Claims took it on and before 1 Oct 2024, to 30 Sep 2025." in shown
    assert reverse("code_in_release", args=["FY2025", "D71"]) in shown


def test_the_years_keep_the_place(client, codes, tia):
    client.force_login(tia)
    Release.objects.create(
        system="icd10cm", label="FY2025", effective_from=date(2024, 10, 1), effective_to=date(2025, 9, 30),
        state=Release.State.READY, loaded_at=NOON, source="test", sha256="older",
    )  # fmt: skip

    assert reverse("code_in_release", args=["FY2025", "E11.22"]) in page(client, "E11.22")


def test_lessons_that_name_a_code_are_named_on_its_page(client, lesson, tia):
    client.force_login(tia)

    assert lesson.get_absolute_url() in page(client, "E11.22")
    assert lesson.get_absolute_url() not in page(client, "E11.21")


def test_a_chart_that_somebody_else_submitted_stays_unnamed(client, make_case, sam, tia):
    client.force_login(tia)
    attempt = start_attempt(make_case(), sam, now=NOON)
    sheet.add_line(attempt, "N18.4")
    submit_attempt(attempt, now=NOON)

    assert "A visit in autumn" not in page(client, "E11.22")
