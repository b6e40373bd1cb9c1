"""Choice items: what a candidate may see, what is right, what it earns (rule R22)."""

import pytest

from grading.items import ItemScore, UnreadableItem, accepts_response, grade_item, parse_body, parse_key

LATERALITY = {
    "stem": "Which code is assigned for primary osteoarthritis of the right knee?",
    "options": [
        {"id": "a", "text": "M17.11", "right": True, "why": "Unilateral, primary, right."},
        {"id": "b", "text": "M17.12", "why": "Left knee."},
        {"id": "c", "text": "M17.10", "why": "The side is documented."},
        {"id": "d", "text": "None of these", "why": "M17.11 is.", "fixed_last": True},
    ],
}
KIDNEY = {
    "stem": "Which two codes report type 2 diabetes with stage 4 chronic kidney disease?",
    "choose": 2,
    "options": [
        {"id": "a", "text": "E11.22", "right": True},
        {"id": "b", "text": "N18.4", "right": True},
        {"id": "c", "text": "E11.9"},
        {"id": "d", "text": "N18.9"},
    ],
}


def test_body_holds_nothing_of_the_key():
    body = parse_body("single", LATERALITY)

    assert {field for option in body["options"] for field in option} == {"id", "text", "fixed_last"}
    assert set(body) == {"stem", "options"}


def test_key_is_the_set_of_right_option_ids():
    assert parse_key("choose", KIDNEY) == {"right": ["a", "b"]}


@pytest.mark.parametrize(
    ("kind", "mapping", "chosen", "earned"),
    [
        ("single", LATERALITY, ["a"], 1000),
        ("single", LATERALITY, ["b"], 0),
        ("choose", KIDNEY, ["b", "a"], 1000),
        ("choose", KIDNEY, ["a"], 0),
        ("choose", KIDNEY, ["a", "c"], 0),
        ("choose", KIDNEY, ["a", "b", "c"], 0),
    ],
)
def test_r22_exactly_the_right_set_earns_the_point(kind, mapping, chosen, earned):
    score = grade_item(kind, parse_body(kind, mapping), parse_key(kind, mapping), {"chosen": chosen})

    assert score == ItemScore(earned=earned, possible=1000, is_answered=True)


@pytest.mark.parametrize("response", [None, {}, {"chosen": []}])
def test_unanswered_item_earns_nothing(response):
    score = grade_item("choose", parse_body("choose", KIDNEY), parse_key("choose", KIDNEY), response)

    assert score == ItemScore(earned=0, possible=1000, is_answered=False)


@pytest.mark.parametrize(
    ("response", "is_accepted"),
    [
        (None, True),
        ({"chosen": []}, True),
        ({"chosen": ["c"]}, True),
        ({"chosen": ["c", "d"]}, True),
        ({"chosen": ["a", "b", "c"]}, False),
        ({"chosen": ["a", "a"]}, False),
        ({"chosen": ["x"]}, False),
        ({"chosen": [["a"]]}, False),
        ({"chosen": "a"}, False),
        ("a", False),
    ],
)
def test_a_wrong_answer_is_accepted_and_a_malformed_one_is_not(response, is_accepted):
    assert accepts_response("choose", parse_body("choose", KIDNEY), response) is is_accepted


def test_a_single_choice_takes_one_option():
    assert not accepts_response("single", parse_body("single", LATERALITY), {"chosen": ["a", "b"]})


def without(mapping, **changes):
    return mapping | changes


@pytest.mark.parametrize(
    ("kind", "mapping", "part"),
    [
        ("essay", LATERALITY, "not known"),
        ("single", without(LATERALITY, stem=" "), "no stem"),
        ("single", without(LATERALITY, options=[]), "at least two"),
        ("single", without(LATERALITY, options=[{"id": "a"}, {"id": "b"}]), "Option 1"),
        ("single", without(LATERALITY, options=[{"id": "a", "text": "x"}] * 2), "id 'a'"),
        ("choose", without(KIDNEY, choose=None), "a number from 1 to 3"),
        ("choose", without(KIDNEY, choose=True), "a number from 1 to 3"),
    ],
)
def test_an_unreadable_body_is_refused_in_one_sentence(kind, mapping, part):
    with pytest.raises(UnreadableItem, match=part):
        parse_body(kind, mapping)


@pytest.mark.parametrize(("kind", "mapping"), [("single", KIDNEY), ("choose", without(KIDNEY, choose=3))])
def test_a_key_with_another_number_of_right_options_is_refused(kind, mapping):
    with pytest.raises(UnreadableItem, match="right"):
        parse_key(kind, mapping)


def test_two_options_cannot_both_be_last():
    options = [{"id": option, "text": option, "fixed_last": True} for option in "ab"]

    with pytest.raises(UnreadableItem, match="only one can be last"):
        parse_body("single", without(LATERALITY, options=options))
