"""The guideline reader, and the one way to cite a section."""

import pytest
from django.template import Context, Template
from django.urls import reverse

from coursework.book import guidelines
from coursework.book.links import Links


@pytest.fixture
def reader(client, shelf, tia):
    client.force_login(tia)
    return client


def page(client, name: str, *args: str) -> str:
    return client.get(reverse(name, args=args)).content.decode()


def test_the_contents_lead_to_every_section(reader):
    assert reverse("guideline", args=["I.A.12"]) in page(reader, "guidelines")


def test_a_section_shows_what_is_above_below_before_and_after_it(reader):
    shown = page(reader, "guideline", "I.A.12")

    assert reverse("guideline", args=["I.A"]) in shown
    assert "I.A.12.a" in shown
    assert 'rel="prev"' in shown


def test_sections_named_in_a_text_are_citations(reader):
    assert 'Section <a class="citation" href="/codes/guidelines/I.A.12/">I.A.12</a>' in page(
        reader, "guideline", "I.A.12.a"
    )


def test_a_section_has_an_address_in_its_year(reader):
    assert "NOT CODED HERE" in page(reader, "guideline_in_release", "FY2026", "I.A.12.a")


def test_an_unknown_section_is_not_found(reader):
    answer = reader.get(reverse("guideline", args=["IX.Z"]))

    assert answer.status_code == 404
    assert "have no section IX.Z" in answer.content.decode()


def test_a_citation_leads_somewhere_even_before_the_text_is_loaded(client, codes, tia):
    client.force_login(tia)

    answer = client.get(reverse("guideline", args=["I.A.12.a"]))

    assert answer.status_code == 200
    assert "is not loaded here" in answer.content.decode()


def test_lines_of_the_published_page_are_joined_to_paragraphs():
    text = "For reporting purposes the definition is interpreted as conditions\nthat affect care.\n\nA new one."

    assert list(guidelines.paragraphs(text)) == [
        "For reporting purposes the definition is interpreted as conditions that affect care.",
        "A new one.",
    ]


def test_a_list_stays_a_list():
    text = "conditions that affect patient care in terms of requiring all of these:\nclinical evaluation; or\ntreatment"

    assert list(guidelines.paragraphs(text))[1:] == ["clinical evaluation; or", "treatment"]


def test_the_tag_cites_with_a_link():
    shown = Template("{% load book %}{% cite 'I.C.4.a' %}").render(Context())

    assert shown == '<a class="citation" href="/codes/guidelines/I.C.4.a/">I.C.4.a</a>'


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("gout (M10.-)", [">M10.-<"]),
        ("burns (T20-T32)", [">T20<", ">T32<"]),
        ("vitamin B12 deficiency", []),
    ],
)
def test_only_codes_that_the_release_holds_become_links(text, linked):
    shown = Links("FY2026", {"M10": False, "T20": False, "T32": False}).text(text)

    assert all(each in shown for each in linked)
    assert shown.count("<a ") == len(linked)


def test_text_of_the_book_is_escaped():
    assert (
        Links().text("a < b & I.A.5") == 'a &lt; b &amp; <a class="citation" href="/codes/guidelines/I.A.5/">I.A.5</a>'
    )


def test_a_section_costs_a_fixed_number_of_statements(reader, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        page(reader, "guideline", "I.A.12.a")
