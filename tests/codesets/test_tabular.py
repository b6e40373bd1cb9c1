import unicodedata

import pytest

from codesets.loaders import registry
from codesets.loaders.archive import Refused
from tests.codesets.excerpt import whole_tabular

SMALL = """<?xml version="1.0"?><ICD10CM.tabular><version>{year}</version></ICD10CM.tabular>"""


@pytest.fixture(scope="module")
def rows():
    return {row.code: row for row in whole_tabular().codes}


def folded(title: str) -> str:
    return unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()


def test_package_gives_the_official_counts():
    assert whole_tabular().counts == (98_186, 74_719)


def test_fracture_of_the_lower_forearm_gets_its_sixteen_seventh_characters(rows):
    sevenths = {code[6] for code in rows if code.startswith("S52501") and len(code) == 7}

    assert sevenths == set("ABCDEFGHJKMNPQRS")
    assert rows["S52501A"].title.endswith("lower end of right radius, initial encounter for closed fracture")


def test_poisoning_stands_on_a_placeholder(rows):
    assert rows["T360X1A"].title == "Poisoning by penicillins, accidental (unintentional), initial encounter"
    assert rows["T07XXXA"].parent == "T07"
    assert "T07X" not in rows


def test_pathological_fracture_takes_the_six_characters_of_its_category(rows):
    assert {code[6] for code in rows if code.startswith("M80011") and len(code) == 7} == set("ADGKPS")


def test_death_before_waking_has_no_later_encounter(rows):
    assert "S062X7A" in rows
    assert not {"S062X7D", "S062X7S", "S062X8D", "S062X8S"} & rows.keys()
    assert {"S062X9D", "S062X9S"} <= rows.keys()


def test_codes_and_headers_equal_the_official_order_file(rows, order_file):
    official = {line[6:13].strip(): line[14] == "1" for line in order_file}

    assert {code: row.billable for code, row in rows.items()} == official


def test_order_is_the_official_order(rows, order_file):
    assert list(rows) == [line[6:13].strip() for line in order_file]


def test_titles_equal_the_official_ones_but_for_accents(rows, order_file):
    official = {line[6:13].strip(): line[77:].strip() for line in order_file}
    differing = [code for code, row in rows.items() if folded(row.title) != official[code]]

    assert len(differing) == 0, f"{len(differing)} titles differ, first {differing[:5]}"


def test_a_list_with_nothing_in_it_is_refused_with_the_counts(tmp_path):
    path = tmp_path / "tabular.xml"
    path.write_text(SMALL.format(year=2026))

    with pytest.raises(Refused, match=r"gives 0 rows.*ICD-10-CM FY2026 has 98,186 rows"):
        registry.read(path)


def test_a_list_of_another_year_with_far_fewer_codes_is_refused(tmp_path):
    path = tmp_path / "tabular.xml"
    path.write_text(SMALL.format(year=2019))

    with pytest.raises(Refused, match="far from every known ICD-10-CM"):
        registry.read(path)


def test_a_list_without_a_year_is_refused(tmp_path):
    path = tmp_path / "tabular.xml"
    path.write_text(SMALL.format(year=""))

    with pytest.raises(Refused, match="states no year"):
        registry.read(path)


def test_a_list_cut_off_in_the_middle_is_refused(tmp_path):
    path = tmp_path / "tabular.xml"
    path.write_text("<ICD10CM.tabular><version>2026</version><chapter>")

    with pytest.raises(Refused, match="cannot be read as XML"):
        registry.read(path)


def test_a_list_with_entities_is_refused(tmp_path):
    path = tmp_path / "tabular.xml"
    path.write_text('<!DOCTYPE x [<!ENTITY a "b">]><ICD10CM.tabular><version>&a;</version></ICD10CM.tabular>')

    with pytest.raises(Refused, match="unsafe"):
        registry.read(path)
