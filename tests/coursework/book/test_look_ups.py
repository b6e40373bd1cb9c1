"""What is looked up while a chart is open is recorded in its order, and read on the feedback page."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from codesets.models import GuidelineSection, System
from coursework.book.shelf import open_shelf
from coursework.drills.run import give_answer, show_task, start_drill
from coursework.practice import sheet
from coursework.practice.models import Attempt, LookUp
from coursework.practice.start_attempt import start_attempt
from coursework.practice.submit_attempt import submit_attempt
from tests.clock import NOON
from tests.shelf import EXTERNAL, INDEX, stand, stand_terms

CODE = "/codes/icd10cm/FY2026/E11.22/"
SITE = "http://testserver"


@pytest.fixture
def books(codes) -> None:
    """The Index, the External Cause Index and one guideline beside the codes of the chart."""
    stand_terms(System.CM_INDEX, INDEX)
    stand_terms(System.CM_EXTERNAL, EXTERNAL)
    guidelines = stand(System.CM_GUIDELINES)
    GuidelineSection.objects.create(release=guidelines, number="I.A.12.a", title="Excludes1", position=0)


@pytest.fixture
def attempt(books, make_case, tia) -> Attempt:
    return start_attempt(make_case(), tia, now=NOON)


@pytest.fixture
def reader(client, tia) -> Client:
    client.force_login(tia)
    return client


def recorded(attempt: Attempt) -> list[tuple[str, str, str]]:
    return list(attempt.look_ups.values_list("kind", "at", "reached_by"))


def feedback_of(client: Client, attempt: Attempt) -> str:
    sheet.add_line(attempt, "E11.22")
    submit_attempt(attempt, now=NOON)
    return client.get(reverse("feedback", args=[attempt.pk])).content.decode()


def test_each_page_and_each_search_is_recorded_with_the_way_to_it(attempt, reader):
    reader.get("/codes/index/go/", {"term": "f"}, headers={"Referer": f"{SITE}/codes/index/"})
    reader.get("/codes/index/terms/Fever/", headers={"Referer": f"{SITE}/codes/index/go/?term=f"})
    reader.get(CODE, headers={"Referer": f"{SITE}/codes/index/terms/Fever/"})
    reader.get("/codes/", {"q": "diabetes with ckd"}, headers={"Referer": f"{SITE}{CODE}"})
    reader.get("/codes/guidelines/I.A.12.a/", headers={"Referer": f"{SITE}/codes/?q=diabetes"})
    reader.get("/codes/icd10cm/FY2026/N18.4/", headers={"Referer": f"{SITE}/attempts/{attempt.pk}/"})
    reader.get("/codes/icd10cm/FY2026/N18.9/", headers={"Referer": "https://example.org/codes/index/"})

    assert recorded(attempt) == [
        ("index", "f", "index"),
        ("index", "Fever", "index"),
        ("tabular", "E11.22", "index"),
        ("search", "diabetes with ckd", "tabular"),
        ("note", "I.A.12.a", "search"),
        ("tabular", "N18.4", "link"),
        ("tabular", "N18.9", "direct"),
    ]


def test_the_same_page_again_and_again_is_one_look(attempt, reader):
    for path in (CODE, CODE, "/codes/index/", CODE):
        reader.get(path)

    assert [at for _, at, _ in recorded(attempt)] == ["E11.22", "", "E11.22"]


def test_nothing_is_recorded_without_an_open_chart(books, make_case, reader, sam):
    start_attempt(make_case(), sam, now=NOON)

    reader.get(CODE)

    assert not LookUp.objects.exists()


def test_nothing_is_recorded_once_the_chart_is_submitted(attempt, reader):
    feedback_of(reader, attempt)

    reader.get(CODE)

    assert not LookUp.objects.exists()


def test_what_is_no_page_of_the_book_is_not_recorded(attempt, reader):
    for path in ("/codes/", "/codes/sets/", "/codes/marks/", "/codes/icd10cm/FY2026/Q99.Z/", "/learn/"):
        reader.get(path)
    reader.post("/codes/marks/note/", {"at": CODE, "text": "Look here"})

    assert not LookUp.objects.exists()


def test_of_two_open_charts_the_one_whose_workspace_was_opened_last_gets_the_look(attempt, make_case, reader, tia):
    newer = start_attempt(make_case("ben"), tia, now=NOON)

    reader.get(CODE)
    reader.get(reverse("attempt", args=[attempt.pk]))
    reader.get(CODE)

    assert (len(recorded(newer)), len(recorded(attempt))) == (1, 1)


def test_the_feedback_says_three_facts_a_line_and_the_order(attempt, reader):
    for path in ("/codes/index/terms/Fever/", CODE, "/codes/guidelines/I.A.12.a/"):
        reader.get(path)
    reader.get("/codes/", {"q": "kidney <stage>"})

    shown = feedback_of(reader, attempt)

    assert "Index opened before it; its page in the Tabular opened; guideline I.C.4.a not opened" in shown
    assert "What was looked up, in order (4)" in shown
    in_order = [shown.index(at) for at in ("Alphabetic Index: Fever", "Tabular List: E11.22", "kidney &lt;stage&gt;")]
    assert in_order == sorted(in_order)


def test_without_a_look_the_feedback_says_nothing_about_looking_up(attempt, reader):
    assert "ooked up" not in feedback_of(reader, attempt)


def test_looking_up_never_changes_a_score(books, make_case, reader, tia, sam):
    case = make_case()
    looking, knowing = start_attempt(case, tia, now=NOON), start_attempt(case, sam, now=NOON)
    reader.get(CODE)
    for attempt in (looking, knowing):
        sheet.add_line(attempt, "E11.22")

    assert submit_attempt(looking, now=NOON).measures == submit_attempt(knowing, now=NOON).measures


def test_an_instructor_of_the_class_reads_the_same_and_others_nothing(attempt, reader, client, ines, sam, otto):
    reader.get(CODE)
    feedback_of(reader, attempt)
    address = reverse("feedback", args=[attempt.pk])

    client.force_login(ines)
    assert "What was looked up, in order (1)" in client.get(address).content.decode()
    for outsider in (sam, otto):
        client.force_login(outsider)
        assert client.get(address).status_code == 404


def test_a_look_is_never_changed(attempt, reader):
    reader.get(CODE)

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE coursework_lookup SET at = 'N18.4'")


def test_a_look_costs_one_insert_and_a_repeated_one_none(attempt, reader, django_assert_num_queries):
    reader.get("/codes/index/")
    address = reverse("volume", args=["external-causes"])

    with django_assert_num_queries(11) as first:
        reader.get(address)
    with django_assert_num_queries(10):
        reader.get(address)

    assert sum("INSERT INTO" in query["sql"] for query in first.captured_queries) == 1


def test_what_is_looked_up_for_a_drill_belongs_to_the_drill_until_its_last_answer(shelf, reader, tia):
    drill = start_drill(tia, open_shelf(), seed=1, now=NOON)
    reader.get(reverse("drill_task", args=[drill.pk, 1]))
    reader.get("/codes/index/terms/Fever/")
    for place in range(1, len(drill.tasks) + 1):
        show_task(drill, place, now=NOON)
        give_answer(drill, place, "", now=NOON)
    reader.get("/codes/icd10cm/FY2026/S72.002A/")

    assert [(look.drill, look.at) for look in LookUp.objects.all()] == [(drill, "Fever")]
    assert "What was looked up, in order (1)" in reader.get(drill.get_absolute_url()).content.decode()


def test_a_look_is_for_a_chart_or_a_drill_never_for_none(db):
    with pytest.raises(IntegrityError, match="look_up_is_for_a_chart_or_a_drill"), transaction.atomic():
        LookUp.objects.create(kind="index", reached_by="direct")
