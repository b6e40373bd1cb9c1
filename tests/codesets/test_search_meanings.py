import csv

import pytest

from codesets import search_meanings, search_words
from codesets.formats import strip
from codesets.loaders import packages
from codesets.search_meanings import SYNONYMS, WARNINGS
from tests.codesets.excerpt import whole_tabular


def rows(path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def billable() -> set[tuple[str, str]]:
    others = [edition for system in ("icd10pcs", "hcpcs") for edition in packages.packaged(system)[1]]
    found = {("icd10cm", row.code) for row in whole_tabular().codes if row.billable}
    return found | {(edition.system, row.code) for edition in others for row in edition.codes if row.billable}


def test_every_term_has_a_reason_and_stands_for_a_real_billable_code(billable):
    synonyms = search_meanings.synonyms().values()

    assert [row.term for row in synonyms if (row.system, strip(row.code)) not in billable] == []
    assert [row.term for row in synonyms if not (row.reason and row.means)] == []


def test_the_resource_is_as_large_as_promised():
    assert len(rows(SYNONYMS)) >= 2_000
    assert len({row["code"] for row in rows(SYNONYMS)}) >= 1_200


def test_no_term_stands_twice_however_its_words_are_written_or_ordered():
    bags = [search_words.bag(search_words.content_words(row["term"])) for row in rows(SYNONYMS)]

    assert sorted({bag for bag in bags if bags.count(bag) > 1}) == []


def test_a_term_that_warns_anywhere_stands_for_no_code():
    """ "Urosepsis" must not be answered by a code and called ambiguous at once."""
    terms = search_meanings.synonyms()

    assert [
        row["term"] for row in rows(WARNINGS) if tuple(search_words.stems(row["term"])) in terms and not row["only"]
    ] == []


def test_every_warning_cites_its_rule():
    assert all(row["citation"].startswith(("Guidelines FY2026, ", "Alphabetic Index")) for row in rows(WARNINGS))


def test_longest_phrase_is_taken_first():
    groups = search_meanings.split_phrases(["acute", "kidney", "injury", "cause"])

    assert [words for words, _ in groups] == [["acute", "kidney", "injury"], ["cause"]]


@pytest.mark.parametrize("typed", ["urosepsis", "patient with urosepsis", "lupus", "suspected covid"])
def test_a_term_without_a_default_code_warns(typed):
    assert search_meanings.warning_for(search_words.content_words(typed)) is not None


@pytest.mark.parametrize(
    "said",
    [
        "probable",
        "suspected",
        "likely",
        "questionable",
        "possible",
        "compatible with",
        "consistent with",
        "rule out",
        "r/o",
    ],
)
def test_a_diagnosis_that_is_said_to_be_uncertain_warns(said):
    """The words of the Guidelines, II.H and IV.H, and how the ward shortens one."""
    warned = search_meanings.warning_for(search_words.content_words(f"{said} pneumonia"))

    assert str(warned).startswith("An uncertain diagnosis is not coded for an outpatient")


@pytest.mark.parametrize("typed", ["lupus nephritis", "flu-like illness", "breast mass", "sepsis", ""])
def test_a_term_that_other_words_make_clear_does_not_warn(typed):
    assert search_meanings.warning_for(search_words.content_words(typed)) is None


def test_switched_off_there_is_no_resource():
    with search_meanings.switched_off():
        assert search_meanings.synonyms() == {}

    assert len(search_meanings.synonyms()) > 2_000
