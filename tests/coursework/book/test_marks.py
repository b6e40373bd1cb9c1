"""What a learner leaves in the book: a tab, a note, a highlight; kept for them alone, on the page in any year."""

import csv
from io import StringIO

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from codesets.models import Release
from coursework.book.models import Mark

HIP = "/codes/icd10cm/FY2026/S72.002A/"
QUOTE = {"text": "A type 1 Excludes note", "before": "", "after": " is a pure"}


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def leave(user: User, kind: str, at: str = HIP, **words: str) -> Mark | None:
    browser(user).post(reverse("add_mark", args=[kind]), {"at": at, **words})
    return Mark.objects.left_by(user).order_by("-pk").first()


def read(user: User, at: str = HIP) -> str:
    return browser(user).get(at, follow=True).content.decode()


@pytest.fixture
def note(shelf, tia) -> Mark:
    return leave(tia, "note", text="Left hip, first visit")


def test_a_tab_stands_along_the_edge_of_every_page_and_leads_to_its_own(shelf, tia):
    tab = leave(tia, "tab", text="Hip")

    other_page = read(tia, "/codes/guidelines/I.A.12.a/")

    assert f'href="{reverse("book_page", args=[tab.page])}">Hip</a>' in other_page
    assert browser(tia).get(reverse("book_page", args=[tab.page])).url == HIP


def test_a_note_stands_in_the_margin_of_its_page_only(note, tia):
    assert "Left hip, first visit" in read(tia)
    assert "Left hip, first visit" not in read(tia, "/codes/icd10cm/FY2026/S72.002D/")


def test_what_is_left_on_a_page_stays_when_a_new_edition_comes(note, shelf, tia):
    Release.objects.filter(pk=shelf.pk).update(label="FY2031")

    assert "Left hip, first visit" in read(tia, "/codes/icd10cm/FY2031/S72.002A/")
    assert browser(tia).get(reverse("book_page", args=[note.page])).url == "/codes/icd10cm/FY2031/S72.002A/"


@pytest.mark.parametrize(
    ("at", "page"),
    [
        (HIP, "icd10cm/S72.002A"),
        ("/codes/icd10cm/S72.002A/", "icd10cm/S72.002A"),
        ("/codes/tabular/FY2026/S70-S79/", "tabular/S70-S79"),
        ("/codes/guidelines/I.A.12.a/", "guidelines/I.A.12.a"),
        ("/codes/index/terms/Arthritis › in/", "index/terms/Arthritis › in"),
    ],
)
def test_every_page_of_the_book_takes_a_mark_and_a_link_leads_back(at, page, shelf, tia):
    mark = leave(tia, "note", at, text="Read this")

    assert mark.page == page
    assert "Read this" in read(tia, reverse("book_page", args=[page]))


def test_a_page_of_procedures_takes_a_mark_too(procedure_books, tia):
    mark = leave(tia, "tab", "/codes/icd10pcs/FY2026/0FT/", text="Gallbladder")

    assert mark.page == "icd10pcs/0FT"
    assert "Gallbladder" in read(tia, reverse("book_page", args=[mark.page]))


def test_a_highlight_keeps_the_words_and_what_stands_around_them(shelf, tia):
    leave(tia, "highlight", "/codes/guidelines/I.A.12.a/", **QUOTE)

    shown = read(tia, "/codes/guidelines/I.A.12.a/")

    assert 'data-quote="A type 1 Excludes note" data-before="" data-after=" is a pure"' in shown


def test_a_form_that_is_sent_twice_leaves_one_mark(note, tia):
    leave(tia, "note", text="Left hip, first visit")

    assert Mark.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "words"), [("tab", {"text": "x" * 25}), ("note", {"text": " "}), ("highlight", {"text": ""})]
)
def test_what_says_nothing_or_too_much_is_not_taken_and_comes_back(kind, words, shelf, tia):
    answer = browser(tia).post(reverse("add_mark", args=[kind]), {"at": HIP, **words})

    assert answer.status_code == 422
    assert not Mark.objects.exists()


@pytest.mark.parametrize("at", ["", "/exams/", "https://example.org/codes/icd10cm/E11.22/", "/codes/marks/"])
def test_a_mark_belongs_to_a_page_of_the_book(at, shelf, tia):
    answer = browser(tia).post(reverse("add_mark", args=["note"]), {"at": at, "text": "Lost"})

    assert answer.status_code == 422
    assert "This cannot be kept" in answer.content.decode()


def test_a_note_is_changed_on_a_page_of_its_own(note, tia):
    at = reverse("edit_mark", args=[note.pk])
    form = browser(tia).get(at).content.decode()

    answer = browser(tia).post(at, {"text": "Right hip"})

    assert "Left hip, first visit" in form
    assert answer.url == reverse("book_page", args=[note.page])
    assert "Right hip" in read(tia)


def test_what_is_removed_can_be_brought_back(note, tia):
    browser(tia).post(reverse("remove_mark", args=[note.pk]), {"at": HIP})
    removed = read(tia)

    browser(tia).post(reverse("bring_mark_back", args=[note.pk]), {"at": HIP})

    assert "Left hip, first visit" not in removed
    assert "Undo the last removal" in removed
    assert "Left hip, first visit" in read(tia)


def test_only_the_last_removal_is_kept(note, tia):
    tab = leave(tia, "tab", text="Hip")

    for mark in (note, tab):
        browser(tia).post(reverse("remove_mark", args=[mark.pk]), {"at": HIP})

    assert list(Mark.objects.all()) == [tab]


def test_nobody_else_ever_sees_a_mark(note, sam, ines, ada, otto):
    leave(note.user, "tab", text="Secret tab")

    for person in (sam, ines, ada, otto):
        shown = read(person) + read(person, reverse("marks")) + read(person, reverse("export_marks"))
        assert "Left hip, first visit" not in shown
        assert "Secret tab" not in shown


@pytest.mark.parametrize("act", ["edit_mark", "remove_mark", "bring_mark_back"])
def test_nobody_else_can_touch_a_mark(act, note, sam, ines, otto):
    for person in (sam, ines, otto):
        assert browser(person).post(reverse(act, args=[note.pk]), {"at": HIP, "text": "Mine"}).status_code == 404

    note.refresh_from_db()
    assert (note.text, note.removed_at) == ("Left hip, first visit", None)


def test_the_list_has_every_mark_with_its_page_and_filters(note, tia):
    leave(tia, "tab", "/codes/guidelines/I.A.12.a/", text="Excludes1")

    everything = read(tia, reverse("marks"))
    tabs = read(tia, reverse("marks") + "?kind=tab")
    hips = read(tia, reverse("marks") + "?q=hip")

    assert f'<a href="{reverse("book_page", args=[note.page])}">Tabular List: S72.002A</a>' in everything
    assert "Guidelines: I.A.12.a" in everything
    assert ("Excludes1" in tabs, "Left hip" in tabs) == (True, False)
    assert ("Excludes1" in hips, "Left hip" in hips) == (False, True)


def test_the_export_is_the_list_as_a_file(note, tia):
    leave(tia, "note", text="=SUM(A1)")

    file = browser(tia).get(reverse("export_marks"))

    assert file["Content-Type"].startswith("text/csv")
    assert list(csv.reader(StringIO(file.content.decode()))) == [
        ["Page", "Kind", "Text"],
        ["Tabular List: S72.002A", "Note", "Left hip, first visit"],
        ["Tabular List: S72.002A", "Note", "'=SUM(A1)"],
    ]


def test_marks_go_with_the_account(note, tia):
    tia.memberships.all().delete()

    tia.delete()

    assert not Mark.objects.exists()


def test_for_script_the_margin_comes_back_alone_with_the_tabs(shelf, tia):
    answer = browser(tia).post(
        reverse("add_mark", args=["tab"]), {"at": HIP, "text": "Hip"}, headers={"HX-Request": "true"}
    )

    shown = answer.content.decode()
    assert "<h1" not in shown
    assert '<book-margin class="margin" id="margin"' in shown
    assert 'id="edge" aria-label="My tabs" data-no-print hx-swap-oob="true"' in shown


def test_the_database_refuses_a_mark_of_no_kind_or_without_words(tia):
    for wrong in ({"kind": "star", "text": "x"}, {"kind": "tab", "text": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Mark.objects.create(user=tia, page="index", **wrong)


def test_the_list_costs_the_same_however_much_is_left(note, tia, django_assert_num_queries):
    client = browser(tia)
    Mark.objects.bulk_create(Mark(user=tia, kind="note", page="index", text=f"{n}") for n in range(50))

    with django_assert_num_queries(6):
        client.get(reverse("marks"))


def test_the_margin_of_a_page_is_one_statement_however_full(shelf, tia, django_assert_num_queries):
    client = browser(tia)
    Mark.objects.bulk_create(Mark(user=tia, kind="tab", page="icd10cm/S72", text=f"{n}") for n in range(50))
    address = reverse("volume", args=["external-causes"])

    with django_assert_num_queries(10):
        client.get(address)
