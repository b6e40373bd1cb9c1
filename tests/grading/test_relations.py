"""Rule R5: the relation between two ICD-10-CM codes."""

import csv
from pathlib import Path

import pytest

from grading.answers import Cause, CodeFacts, Verdict
from grading.chart import grade_chart
from grading.relations import Relation, relate
from grading.weights import LEARNING
from tests.grading.charts import BILLABLE, RELATIONS, facts, key, sheet

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
# Judged with the titles of all headers above the two codes: what one title denies and the other says, what a broad
# title says beyond the narrow one, and keys that are partly unspecified themselves.
EXPECTED_BY_TITLES = [
    ("K25.4", "K25.7", Relation.SIBLING_CONDITION),
    ("K25.7", "K25.4", Relation.SIBLING_CONDITION),
    ("K25.4", "K25.0", Relation.LESS_SPECIFIC),
    ("K25.9", "K25.7", Relation.LESS_SPECIFIC),
    ("K57.81", "K57.32", Relation.SIBLING_CONDITION),
    ("K57.81", "K57.13", Relation.SIBLING_CONDITION),
    ("K80.31", "K80.32", Relation.SIBLING_CONDITION),
    ("K80.31", "K80.33", Relation.LESS_SPECIFIC),
    ("G40.911", "G40.109", Relation.SIBLING_CONDITION),
    ("G40.909", "G40.109", Relation.LESS_SPECIFIC),
    ("E11.3419", "E11.3492", Relation.SIBLING_CONDITION),
    ("E11.3419", "E11.3412", Relation.LESS_SPECIFIC),
    ("E11.311", "E11.3592", Relation.SIBLING_CONDITION),
    ("E11.311", "E11.3512", Relation.LESS_SPECIFIC),
    ("E11.8", "E11.9", Relation.SIBLING_CONDITION),
    ("K27.5", "K27.3", Relation.SIBLING_CONDITION),
    ("F11.29", "F11.20", Relation.SIBLING_CONDITION),
    ("F11.29", "F11.221", Relation.LESS_SPECIFIC),
    ("F17.229", "F17.221", Relation.SIBLING_CONDITION),
    ("O03.6", "O03.34", Relation.SIBLING_CONDITION),
    ("O03.6", "O03.1", Relation.LESS_SPECIFIC),
    ("C50.929", "C50.912", Relation.SIBLING_CONDITION),
    ("M08.919", "M08.932", Relation.SIBLING_CONDITION),
    ("M14.669", "M14.619", Relation.SIBLING_CONDITION),
    ("M79.0", "M79.604", Relation.SIBLING_CONDITION),
    ("R19.7", "R19.2", Relation.SIBLING_CONDITION),
    ("E11.40", "E11.42", Relation.LESS_SPECIFIC),
    ("F32.A", "F32.1", Relation.LESS_SPECIFIC),
    ("L97.519", "L97.511", Relation.LESS_SPECIFIC),
    ("H10.409", "H10.419", Relation.LESS_SPECIFIC),
    ("I63.50", "I63.411", Relation.LESS_SPECIFIC),
    ("S26.90XA", "S26.01XA", Relation.LESS_SPECIFIC),
    ("I50.9", "I50.20", Relation.LESS_SPECIFIC),
    ("I50.20", "I50.9", Relation.MORE_SPECIFIC),
    ("N18.9", "N18.30", Relation.LESS_SPECIFIC),
    ("N18.30", "N18.9", Relation.MORE_SPECIFIC),
    ("I63.9", "I63.40", Relation.LESS_SPECIFIC),
    ("I63.9", "I63.50", Relation.LESS_SPECIFIC),
    ("I63.50", "I63.9", Relation.MORE_SPECIFIC),
    ("I48.91", "I48.20", Relation.LESS_SPECIFIC),
    ("M17.9", "M17.10", Relation.LESS_SPECIFIC),
    ("M25.50", "M25.569", Relation.LESS_SPECIFIC),
    ("M06.9", "M06.819", Relation.LESS_SPECIFIC),
    ("K57.92", "K57.93", Relation.SIBLING_CONDITION),
    ("K57.93", "K57.92", Relation.SIBLING_CONDITION),
    ("C93.91", "C93.90", Relation.SIBLING_CONDITION),
    ("C93.90", "C93.91", Relation.SIBLING_CONDITION),
    ("W19.A", "W19.XXXA", Relation.HEADER),
    ("T36.01A", "T36.0X1A", Relation.HEADER),
    ("W19.XXXD", "W19.XXXA", Relation.WRONG_SEVENTH_CHARACTER),
]


EXCERPT = Path(__file__).parents[1] / "data/codesets/icd10cm-titles-fy2026.csv"


def _official_titles() -> dict[str, CodeFacts]:
    """An excerpt of the order file of FY2026: the codes of the pairs and the headers above them."""
    with EXCERPT.open(encoding="utf-8") as excerpt:
        rows = {row["code"]: row for row in csv.DictReader(excerpt)}
    above = {code: tuple(header for header in rows if header != code and code.startswith(header)) for code in rows}
    return {code: CodeFacts(code, row["title"], row["billable"] == "1", above[code]) for code, row in rows.items()}


OFFICIAL = _official_titles()


@pytest.mark.parametrize(("entered", "wanted", "expected"), EXPECTED_BY_TITLES)
def test_r5_a_title_is_read_with_what_it_denies_and_with_the_headers_above(entered, wanted, expected):
    assert relate(entered, wanted, OFFICIAL) is expected


def test_r5_official_titles_never_make_each_of_two_codes_the_less_specific_one():
    pairs = [(mine, theirs) for mine in OFFICIAL for theirs in OFFICIAL if mine[:3] == theirs[:3] and mine != theirs]

    for mine, theirs in pairs:
        assert {relate(mine, theirs, OFFICIAL), relate(theirs, mine, OFFICIAL)} != {Relation.LESS_SPECIFIC}


def test_r5_a_more_specific_code_than_the_partly_unspecified_key_is_a_matter_of_compliance():
    (line,) = grade_chart(key("N18.9"), sheet("N18.30"), OFFICIAL).lines

    assert line.verdict is Verdict.MORE_SPECIFIC
    assert Cause.COMPLIANCE in line.causes


@pytest.mark.parametrize(
    ("entered", "wanted"), [("I10.9", "I10"), ("N18.77", "N18.30"), ("Q99.99", "N18.30"), ("W19.A", "W19.XXXA")]
)
def test_r5_a_code_that_the_release_lacks_is_invalid_for_claims_and_told_once(entered, wanted):
    known = OFFICIAL | {"I10": facts("I10", "Essential (primary) hypertension")}

    causes = [cause for line in grade_chart(key(wanted), sheet(entered), known).lines for cause in line.causes]

    assert causes.count(Cause.INVALID_FOR_CLAIMS) == 1


@pytest.mark.parametrize("relations", [None, {}, {"I50.9": OFFICIAL["I50.9"]}])
def test_r5_without_the_code_set_no_code_is_called_invalid(relations):
    lines = grade_chart(key("N18.30"), sheet("Q99.99", "N18.77"), relations).lines

    assert all(Cause.INVALID_FOR_CLAIMS not in line.causes for line in lines)


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
