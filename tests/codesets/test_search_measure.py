from functools import cache
from pathlib import Path

import pytest

from codesets import formats, search_measure
from codesets.loaders import packages
from codesets.search_measure import BadQueries, Wanted
from tests.codesets.excerpt import whole_tabular

ANSWERS = {"htn": ["I10"], "dm": ["E109", "E119"], "zz": []}


def outcomes():
    wanted = [
        Wanted("htn", "abbreviation", ("I10",)),
        Wanted("dm", "abbreviation", ("E11",)),
        Wanted("zz", "lay", ("A",)),
    ]
    return search_measure.evaluate(wanted, ANSWERS.__getitem__)


def test_scores_are_told_by_kind_and_for_all():
    abbreviation, lay, everything = search_measure.scores(outcomes())

    assert (abbreviation.hit_1, abbreviation.hit_5, abbreviation.mrr) == (0.5, 1.0, 0.75)
    assert (lay.hit_5, everything.queries) == (0.0, 3)


def test_a_file_without_the_columns_is_refused(tmp_path):
    path = tmp_path / "queries.csv"
    path.write_text("words\nhtn\n")

    with pytest.raises(BadQueries, match="query, kind, expected"):
        search_measure.read(path)


def test_times_are_told_in_milliseconds():
    spent = search_measure.times("nothing", ["a", "b"], lambda query: None)

    assert 0 <= spent.p50 <= spent.p95 <= spent.p99 < 1_000


LISTS = [Path(__file__).with_name(name) for name in ("queries.csv", "queries_fresh.csv", "queries_blind.csv")]


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_every_expected_code_exists_and_no_query_stands_twice(path):
    wanted = search_measure.read(path)

    # Who wrote the blind list knew all of HCPCS Level II; a fresh install holds a selection.
    absent = {prefix for each in wanted for prefix in each.expected} - beginnings()
    assert {code for code in absent if path.stem != "queries_blind" or formats.system_of(code) != "hcpcs"} == set()
    assert len({each.query for each in wanted}) == len(wanted)


@cache
def beginnings() -> set[str]:
    """Every code of the three code sets, and everything that one begins with."""
    others = [edition for system in ("icd10pcs", "hcpcs") for edition in packages.packaged(system)[1]]
    codes = [row.code for held in (whole_tabular(), *others) for row in held.codes]
    return {code[:length] for code in codes for length in range(1, len(code) + 1)}
