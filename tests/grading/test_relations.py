"""Rule R5: the relation between two ICD-10-CM codes."""

import pytest

from grading.relations import Relation, relate
from grading.weights import LEARNING
from tests.grading.charts import BILLABLE, RELATIONS

EXPECTED = [
    ("I50.21", "I50.21", Relation.EXACT),
    ("i5021", "I50.21", Relation.EXACT),
    ("I50.20", "I50.21", Relation.LESS_SPECIFIC),
    ("I50.9", "I50.23", Relation.LESS_SPECIFIC),
    ("I50.20", "I50.33", Relation.SIBLING_CONDITION),
    ("I50.33", "I50.21", Relation.SIBLING_CONDITION),
    ("I50.21", "I50.20", Relation.MORE_SPECIFIC),
    ("N18.9", "N18.4", Relation.LESS_SPECIFIC),
    ("N18.30", "N18.32", Relation.LESS_SPECIFIC),
    ("N18.30", "N18.4", Relation.SIBLING_CONDITION),
    ("J96.00", "J96.01", Relation.LESS_SPECIFIC),
    ("J96.90", "J96.01", Relation.LESS_SPECIFIC),
    ("J96.02", "J96.01", Relation.SIBLING_CONDITION),
    ("I48.91", "I48.0", Relation.LESS_SPECIFIC),
    ("S52.502A", "S52.501A", Relation.WRONG_SIDE),
    ("S52.501D", "S52.501A", Relation.WRONG_SEVENTH_CHARACTER),
    ("S52.502D", "S52.501A", Relation.SIBLING_CONDITION),
    ("S52.509A", "S52.501A", Relation.LESS_SPECIFIC),
    ("S52.501A", "S52.509A", Relation.MORE_SPECIFIC),
    ("S52.501A", "S52.511A", Relation.LESS_SPECIFIC),
    ("S52.501A", "S52.512A", Relation.SIBLING_CONDITION),
    ("S52.501", "S52.501A", Relation.HEADER),
    ("M17.12", "M17.11", Relation.WRONG_SIDE),
    ("M17.0", "M17.11", Relation.WRONG_SIDE),
    ("M17.10", "M17.11", Relation.LESS_SPECIFIC),
    ("E11.3212", "E11.3211", Relation.WRONG_SIDE),
    ("E11.21", "E11.22", Relation.SIBLING_CONDITION),
    ("E11.9", "E11.22", Relation.SIBLING_CONDITION),
    ("E11.8", "E11.22", Relation.LESS_SPECIFIC),
    ("E11.2", "E11.22", Relation.HEADER),
    ("E11", "E11.22", Relation.HEADER),
    ("I10", "I11.0", Relation.UNRELATED),
    ("H25.13", "H25.11", Relation.WRONG_SIDE),
    ("H25.11", "H25.13", Relation.WRONG_SIDE),
    ("H25.10", "H25.13", Relation.LESS_SPECIFIC),
    ("H61.23", "H61.21", Relation.WRONG_SIDE),
    ("H90.3", "H90.41", Relation.WRONG_SIDE),
    ("H90.42", "H90.41", Relation.WRONG_SIDE),
    ("I70.203", "I70.201", Relation.WRONG_SIDE),
    ("I63.013", "I63.011", Relation.WRONG_SIDE),
    ("S52.50", "S52.511A", Relation.HEADER),
    ("I48.9", "I48.0", Relation.HEADER),
    ("I10.99", "I10", Relation.SIBLING_CONDITION),
]


@pytest.mark.parametrize(("entered", "wanted", "expected"), EXPECTED)
def test_r5_relation_is_read_from_titles_and_hierarchy(entered, wanted, expected):
    assert relate(entered, wanted, RELATIONS) is expected


@pytest.mark.parametrize(
    ("entered", "wanted", "expected"),
    [
        ("E11.2", "E11.22", Relation.HEADER),
        ("S52.501D", "S52.501A", Relation.WRONG_SEVENTH_CHARACTER),
        ("I50.20", "I50.21", Relation.SIBLING_CONDITION),
        ("E11.65", "I50.21", Relation.UNRELATED),
    ],
)
def test_r5_without_titles_only_the_characters_speak(entered, wanted, expected):
    assert relate(entered, wanted) is expected


def test_r5_the_mapping_may_be_keyed_without_the_dot():
    plain = {code.replace(".", ""): facts for code, facts in RELATIONS.items()}

    assert relate("I50.20", "I50.21", plain) is Relation.LESS_SPECIFIC


def test_r5_less_and_more_specific_mirror_each_other():
    pairs = [(mine, theirs) for mine in BILLABLE for theirs in BILLABLE if mine != theirs]

    for mine, theirs in pairs:
        is_less = relate(mine, theirs, RELATIONS) is Relation.LESS_SPECIFIC
        assert is_less == (relate(theirs, mine, RELATIONS) is Relation.MORE_SPECIFIC), (mine, theirs)


def test_r5_no_near_miss_earns_more_than_half():
    near = [LEARNING[relation] for relation in Relation if relation is not Relation.EXACT]

    assert max(near) * 2 == 1
