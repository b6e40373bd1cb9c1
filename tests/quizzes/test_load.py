"""Loading the bank and the forms: the same text writes nothing, every change makes exactly one new row."""

import copy
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Institution
from codesets.loaders import hcpcs, load
from coursework.authoring.read_pack import ContentError
from quizzes.bank.holdings import codes_held
from quizzes.bank.load import Loaded, check_codes, load_items
from quizzes.bank.parse import UnloadableItem
from quizzes.forms.load import UnloadableForm, load_form, load_forms
from quizzes.forms.schedule import ExamArchived, schedule_administration
from quizzes.models import Blueprint, ExamForm, FormItem, Item, ItemKey, ItemVersion
from tests.codesets.edits.claims import procedures
from tests.codesets.excerpt import LOADED_AT
from tests.quizzes.content import content


@pytest.fixture
def rows():
    return copy.deepcopy(content()["items"])


def test_loading_twice_writes_nothing(catalogue, rows, django_assert_max_num_queries):
    first = load_items(catalogue, rows)

    with django_assert_max_num_queries(3):
        second = load_items(catalogue, rows)

    assert (first, second) == (Loaded(4, 4, 4), Loaded(0, 0, 0))


def test_a_changed_stem_makes_a_new_version_and_the_old_one_stays(catalogue, rows):
    load_items(catalogue, rows)
    rows[0]["stem"] += " Choose the billable code."

    assert load_items(catalogue, rows) == Loaded(0, 1, 1)
    assert [version.number for version in Item.objects.get(slug="knee-right-side").versions.all()] == [1, 2]


def test_a_changed_key_makes_a_new_key_of_the_same_text(catalogue, rows):
    load_items(catalogue, rows)
    rows[3]["options"][0]["right"], rows[3]["options"][1]["right"] = False, True

    assert load_items(catalogue, rows) == Loaded(0, 0, 1)
    assert [key.key["right"] for key in ItemKey.objects.filter(item_version__item__slug="insulin-by-type-2")] == [
        ["a"],
        ["b"],
    ]


def test_a_changed_reason_makes_a_new_key_with_the_same_hash_of_what_is_right(catalogue, rows):
    load_items(catalogue, rows)
    rows[0]["rule"] = "Report the side that the chart documents."

    assert load_items(catalogue, rows) == Loaded(0, 0, 1)
    first, second = ItemKey.objects.filter(item_version__item__slug="knee-right-side")
    assert first.key_hash == second.key_hash
    assert first.notes_hash != second.notes_hash


def test_the_body_holds_nothing_of_the_key(catalogue, rows):
    load_items(catalogue, rows)

    assert "SEALED" not in str(list(ItemVersion.objects.values_list("body", flat=True)))
    assert "right" not in {name for version in ItemVersion.objects.all() for name in version.body["options"][0]}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"stem": ""}, "Item knee-right-side: The item has no stem; write the question."),
        ({"rule": None}, "Item knee-right-side: it has no rule; add one."),
        ({"kind": "essay"}, "The item kind 'essay' is not known"),
    ],
)
def test_an_item_that_cannot_be_read_gets_one_sentence(catalogue, rows, change, sentence):
    rows[0] |= change

    with pytest.raises(UnloadableItem, match=sentence):
        load_items(catalogue, rows)
    assert Item.objects.count() == 0


def test_two_items_of_one_slug_are_refused(catalogue, rows):
    with pytest.raises(UnloadableItem, match="two items have this slug"):
        load_items(catalogue, rows + rows[:1])


def test_loading_a_form_twice_gives_the_same_form(form, catalogue, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        again = load_form(catalogue, content()["exam"])

    assert again == form
    assert (form.slot_count, form.slots.count()) == (4, 4)


def test_a_form_that_was_never_scheduled_is_rewritten(form, catalogue):
    shorter = content()["exam"] | {"items": ["knee-right-side", "heart-and-hypertension"], "minutes": 10}

    rewritten = load_form(catalogue, shorter)

    assert (Blueprint.objects.count(), ExamForm.objects.count(), FormItem.objects.count()) == (1, 1, 2)
    assert rewritten.blueprint.minutes == 10


def test_a_frozen_form_stays_and_the_change_makes_the_next_number(mock, catalogue):
    longer = content()["exam"] | {"minutes": 60}

    changed = load_form(catalogue, longer)

    assert changed.blueprint.number == 2
    assert mock.form.slots.count() == 4
    assert ExamForm.objects.get(pk=mock.form_id).blueprint.minutes == 30


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"items": ["no-such-item"]}, "Exam tiny-mock: there is no item no-such-item; load it first or take it out."),
        ({"cut": 70}, "Exam tiny-mock: the cut is 70; write a share from 0 to 1, like 0.70."),
        ({"minutes": None}, "Exam tiny-mock: it has no minutes; add one."),
        (
            {"domains": [{"slug": "conventions", "title": "C"}]},
            "belongs to diagnosis-coding, which is none of its domains",
        ),
    ],
)
def test_an_exam_that_cannot_be_read_gets_one_sentence(form, catalogue, change, sentence):
    with pytest.raises(UnloadableForm, match=sentence):
        load_form(catalogue, content()["exam"] | change)


def test_a_window_that_closes_before_it_opens_is_refused_by_the_database(form, evening, now):
    with pytest.raises(IntegrityError), transaction.atomic():
        schedule_administration(form, evening, opens_at=now, closes_at=now, now=now)


def test_a_renamed_item_keeps_its_row_and_its_texts(catalogue, rows):
    load_items(catalogue, rows)
    before = Item.objects.get(slug="knee-right-side").pk
    rows[0] |= {"slug": "knee-laterality", "was": "knee-right-side"}

    assert [load_items(catalogue, rows) for _ in range(2)] == [Loaded(0, 0, 0)] * 2
    assert Item.objects.get(slug="knee-laterality").pk == before
    assert Item.objects.count() == 4


def test_an_item_that_is_gone_is_archived_and_comes_back_as_itself(catalogue, rows):
    load_items(catalogue, rows)

    load_items(catalogue, rows[1:])
    gone = Item.objects.get(slug="knee-right-side")
    load_items(catalogue, rows)

    assert gone.archived_at is not None
    assert not Item.objects.exclude(archived_at=None).exists()
    assert Item.objects.count() == 4


def test_an_exam_cannot_be_made_of_archived_items(catalogue, rows):
    load_items(catalogue, rows)
    load_items(catalogue, rows[1:])

    with pytest.raises(UnloadableForm, match="there is no item knee-right-side"):
        load_form(catalogue, content()["exam"])


def test_the_items_of_another_namespace_stay_as_they_are(catalogue, rows):
    load_items(catalogue, rows, namespace="shipped")

    load_items(catalogue, [rows[0] | {"slug": "of-our-own"}], namespace="ours")

    assert Item.objects.filter(archived_at=None).count() == 5


def test_a_slug_of_another_namespace_is_refused(catalogue, rows):
    load_items(catalogue, rows, namespace="shipped")
    mine = [rows[0] | {"stem": "Which code is reported for this knee?"}]

    with pytest.raises(UnloadableItem, match="an item of shipped has this slug"):
        load_items(catalogue, mine, namespace="ours")
    assert ItemVersion.objects.count() == 4


def test_a_new_name_that_another_namespace_owns_is_refused(catalogue, rows):
    load_items(catalogue, rows[:1], namespace="shipped")
    load_items(catalogue, rows[1:], namespace="ours")
    rows[1] |= {"slug": "knee-right-side", "was": "diabetes-and-kidney"}

    with pytest.raises(UnloadableItem, match="an item of shipped has this slug"):
        load_items(catalogue, rows[1:], namespace="ours")


@pytest.mark.parametrize(
    ("given", "kept"),
    [({}, "Changed in the pack"), ({"reason": "Insulin is meant"}, "Insulin is meant")],
)
def test_a_later_key_says_why_it_is_there(catalogue, rows, given, kept):
    load_items(catalogue, rows)
    rows[3]["options"][0]["right"], rows[3]["options"][1]["right"] = False, True

    load_items(catalogue, [*rows[:3], rows[3] | given])

    reasons = ItemKey.objects.filter(item_version__item__slug="insulin-by-type-2").values_list("reason", flat=True)
    assert list(reasons) == ["First load", kept]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (None, "Item without a slug: it is not written as fields"),
        ("knee", "Item without a slug: it is not written as fields"),
        ({"domain": None}, "Item knee-right-side: it has no domain; add one."),
        ({"domain": ["conventions"]}, "its domain is .* use letters, digits"),
        ({"slug": "a knee"}, "its slug is 'a knee'; use letters, digits"),
        ({"slug": "k" * 101}, "use letters, digits"),
        ({"options": "a, b"}, "The item has 0 options"),
        ({"options": None}, "The item has 0 options"),
        ({"options": ["a", "b"]}, "Option 1 is not written as an id with a text."),
        ({"options": [{"id": "i" * 41, "text": "t", "right": True}, {"id": "b", "text": "t"}]}, "cannot be saved"),
        ({"rule": ["one"]}, "its rule is not written as text"),
        ({"codes": "M17.11"}, "its codes are not written as a list"),
        ({"codes": 5}, "its codes are not written as a list"),
        ({"codes_on": None}, "it names codes and no codes_on"),
        ({"codes_on": "2025-11-15"}, "it names codes and no codes_on"),
        ({"reason": "r" * 201}, "its reason is longer than 200"),
        ({"file": "knee.yaml", "rule": None}, "knee.yaml: Item knee-right-side: it has no rule"),
    ],
)
def test_an_item_of_any_shape_gets_one_sentence_of_its_pack(codes, catalogue, rows, wrong, sentence):
    row = rows[0] | wrong if isinstance(wrong, dict) else wrong

    with pytest.raises(ContentError, match=sentence):
        check_codes([row])


@pytest.mark.parametrize("code", ["N18.4", "0FT44ZZ", "E0143"])
def test_each_code_is_looked_for_in_its_own_code_set(codes, rows, code):
    load.load(hcpcs.packaged_edition(), source="fixtures/codesets", now=LOADED_AT)
    procedures("0FT44ZZ")

    check_codes([{**rows[0], "codes": [code]}])


def test_a_procedure_that_is_in_no_code_set_is_refused(codes, rows):
    procedures("0FT44ZZ")

    with pytest.raises(ContentError, match="0FT44ZX is not in the code set"):
        check_codes([{**rows[0], "codes": ["0FT44ZX"]}])


def test_an_item_holds_its_codes_in_their_own_code_sets(catalogue, rows):
    load_items(catalogue, [{**rows[0], "codes": ["I10", "N18.4", "0FT44ZZ", "E0143", "99213"]}])

    held = {each.code: each.system for each in codes_held(Institution.objects.all())}

    assert held == {"I10": "icd10cm", "N18.4": "icd10cm", "0FT44ZZ": "icd10pcs", "E0143": "hcpcs", "99213": "cpt"}


def test_codes_of_a_day_without_a_release_get_one_sentence(db, catalogue, rows):
    with pytest.raises(ContentError, match="Item knee-right-side"):
        check_codes(rows)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (None, "Exam without a slug: it is not written as fields"),
        (["tiny-mock"], "Exam without a slug: it is not written as fields"),
        ({"domains": ["conventions"]}, "its domains are not a list"),
        ({"domains": {"slug": "conventions"}}, "its domains are not a list"),
        ({"items": "knee-right-side"}, "its items are not a list of slugs"),
        ({"items": [{"slug": "knee-right-side"}]}, "its items are not a list of slugs"),
        ({"cut": "most"}, "the cut is most; write a share"),
        ({"cut": [0.7]}, "write a share"),
        ({"minutes": 100_000}, "write a whole number"),
        ({"title": "t" * 151}, "its title is no text of at most 150 characters"),
        ({"slug": "a mock"}, "its slug is 'a mock'"),
    ],
)
def test_an_exam_of_any_shape_gets_one_sentence_of_its_pack(form, catalogue, wrong, sentence):
    exam = content()["exam"] | wrong if isinstance(wrong, dict) else wrong

    with pytest.raises(ContentError, match=sentence):
        load_form(catalogue, exam)


def test_a_renamed_exam_stays_the_same_exam(mock, catalogue):
    renamed = content()["exam"] | {"slug": "small-mock", "was": "tiny-mock"}

    found = [load_form(catalogue, renamed) for _ in range(2)]

    assert {form.pk for form in found} == {mock.form_id}
    assert (found[0].slug, found[0].blueprint.slug, Blueprint.objects.count()) == ("small-mock", "small-mock", 1)


def test_an_exam_that_is_gone_is_archived_and_cannot_be_scheduled(form, catalogue, evening, now):
    load_forms(catalogue, [content()["exam"] | {"slug": "other-mock"}])

    with pytest.raises(ExamArchived):
        schedule_administration(form, evening, opens_at=now, closes_at=now + timedelta(hours=1), now=now)


def test_an_archived_exam_comes_back_as_itself(form, catalogue):
    load_forms(catalogue, [])
    archived = Blueprint.objects.get().archived_at

    assert load_forms(catalogue, [content()["exam"]]) == [form]
    assert archived is not None
    assert Blueprint.objects.get().archived_at is None


def test_an_exam_of_another_namespace_is_neither_rewritten_nor_archived(form, catalogue):
    with pytest.raises(UnloadableForm, match="an exam of this site has this slug"):
        load_form(catalogue, content()["exam"] | {"minutes": 5}, namespace="ours")
    load_forms(catalogue, [], namespace="ours")

    assert (Blueprint.objects.get().minutes, Blueprint.objects.get().archived_at) == (30, None)
