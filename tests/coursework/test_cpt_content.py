"""Content with CPT numbers is marked, carries the owner's notice of its year, and can be left out. The numbers stand
for themselves: no text of the AMA is here."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from codesets.wording import cpt_notice
from config.content import pack_for_site
from coursework.authoring import needs
from coursework.authoring.read_pack import ContentError, PackText
from coursework.lessons.models import Lesson
from quizzes.bank.parse import parse_item
from tests.content import HEADER, SHIPPED

LESSON = {"file": "1.md", "slug": "visits", "body": "A visit is coded {cpt:99213}.", "needs": "cpt"}
ITEM = {
    "file": "i.yaml", "slug": "level", "kind": "single", "domain": "visits", "stem": "Which level?", "needs": "cpt",
    "options": [
        {"id": "a", "text": "99213", "right": True, "why": "Two of three."}, {"id": "b", "text": "99214", "why": "No."}
    ],
    "rule": "Two of three decide.", "guideline": "E/M", "codes_on": date(2025, 11, 15),
}  # fmt: skip
OTHER = {**ITEM, "slug": "other", "needs": "", "options": [{"id": "a", "text": "E11.22", "why": "It costs 12,500."}]}
CASE = {"file": "c.yaml", "slug": "visit", "key": {"lines": [{"code": "99213", "system": "cpt"}]}, "needs": "cpt"}
EXAM = {"slug": "mock", "items": ["level", "other"]}
PACK = PackText("tests", "track", "Track", "A track.", [LESSON], [CASE], [ITEM, OTHER], [EXAM])


def test_with_the_setting_on_everything_is_taken():
    assert needs.taken(PACK, with_cpt=True) == PACK


def test_with_the_setting_off_what_needs_cpt_is_left_out_of_exams_too():
    left = needs.taken(PACK, with_cpt=False)

    assert (left.lessons, left.cases, left.items) == ([], [], [OTHER])
    assert left.exams == [{"slug": "mock", "items": ["other"]}]


@pytest.mark.parametrize(("kind", "piece"), [("lessons", LESSON), ("cases", CASE), ("items", ITEM)])
def test_a_cpt_number_in_unmarked_content_is_refused(kind, piece):
    unmarked = {name: value for name, value in piece.items() if name != "needs"}

    with pytest.raises(ContentError, match=r"holds the CPT number 99213\. Mark it with needs: cpt"):
        needs.taken(replace(PACK, **{kind: [unmarked]}), with_cpt=True)


@pytest.mark.parametrize("number", ["99213", "0500F", "0075T", "0001U", "0002M", "0001A"])
def test_a_number_of_every_shape_of_cpt_is_known_in_lessons_and_options(number):
    assert needs.cpt_numbers({"body": f"Coded {{cpt:{number}}}."}) == {number}
    assert needs.cpt_numbers({"options": [{"text": number}]}) == {number}


def test_codes_of_other_sets_and_prices_are_no_cpt_numbers():
    texts = ["E11.22, I10", "0FT44ZZ", "J0696", "$12345.00", "12,500", "Z79.4", "S72.001A"]

    assert needs.cpt_numbers({"options": [{"text": text} for text in texts]}) == set()


def test_the_shipped_content_is_whole_with_the_setting_off(settings):
    settings.CPT_CONTENT = False

    pack = pack_for_site(SHIPPED)

    assert (len(pack.lessons), len(pack.cases)) == (3, 4)


def test_a_lesson_shows_the_number_with_the_notice_of_its_year(client, tia, lesson):
    Lesson.objects.filter(pk=lesson.pk).update(body="A visit is coded {cpt:99213}.")
    client.force_login(tia)

    page = client.get(reverse("lesson", args=[lesson.slug])).text

    assert '<span class="code">99213</span>' in page
    assert cpt_notice(2025) in page


def test_a_lesson_without_such_numbers_shows_no_notice(client, tia, lesson):
    client.force_login(tia)

    assert "American Medical Association" not in client.get(reverse("lesson", args=[lesson.slug])).text


def test_a_chart_whose_key_holds_cpt_shows_the_notice_before_and_while_it_is_coded(client, tia, make_case):
    make_case("ana", header=HEADER | {"code_sets": ["icd10cm", "cpt"]})
    client.force_login(tia)

    face_sheet = client.get(reverse("case", args=["ana"])).text
    workspace = client.post(reverse("start_attempt", args=["ana"]), follow=True).text

    assert cpt_notice(2025) in face_sheet
    assert cpt_notice(2025) in workspace


def test_an_item_knows_the_year_of_its_numbers():
    assert parse_item(ITEM).body["cpt"] == 2025
    assert "cpt" not in parse_item({**ITEM, "needs": ""}).body


@pytest.mark.parametrize("codes_on", [None, "2025"])
def test_an_item_with_such_numbers_and_no_day_is_refused(codes_on):
    with pytest.raises(ContentError, match="needs CPT and has no codes_on"):
        parse_item({**ITEM, "codes_on": codes_on})
