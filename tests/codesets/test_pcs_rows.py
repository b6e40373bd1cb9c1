from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from codesets import pcs_rows
from codesets.loaders import pcs_tables
from codesets.pcs_rows import Row
from tests.codesets.conftest import read_official
from tests.codesets.test_pcs import TABLES

# Table 0FT of FY2025, cut to the gallbladder and one duct.
RESECTION = [{"0": "Medical and Surgical"}, {"F": "Hepatobiliary System and Pancreas"}, {"T": "Resection"}]
OPEN, ENDOSCOPIC = {"0": "Open"}, {"4": "Percutaneous Endoscopic"}
NO_DEVICE, NO_QUALIFIER = {"Z": "No Device"}, {"Z": "No Qualifier"}
ROWS: list[Row] = [
    [*RESECTION, {"4": "Gallbladder"}, OPEN, NO_DEVICE, NO_QUALIFIER],
    [*RESECTION, {"4": "Gallbladder"}, ENDOSCOPIC, NO_DEVICE, {"G": "Hand-Assisted"} | NO_QUALIFIER],
    [*RESECTION, {"8": "Cystic Duct"}, OPEN | ENDOSCOPIC, NO_DEVICE, NO_QUALIFIER],
]

# Three values to a character: rows overlap, part and meet again, and every path of a table can be walked.
axis = st.dictionaries(
    st.sampled_from("04JGZ"), st.sampled_from(["Liver", "Open", "Gallbladder"]), min_size=1, max_size=3
)
tables_of_rows = st.lists(st.lists(axis, min_size=4, max_size=4), min_size=1, max_size=5)


def paths(rows: list[Row], beginning: str = "") -> Iterator[str]:
    """Every way from column to column, as somebody walks it who only takes what is offered."""
    offered = pcs_rows.following(rows, beginning)
    if not offered:
        yield beginning
    for value in offered:
        yield from paths(rows, beginning + value)


def product_of(rows: list[Row]) -> set[str]:
    codes: set[str] = set()
    for row in rows:
        made = {""}
        for values in row:
            made = {code + value for code in made for value in values}
        codes |= made
    return codes


def test_a_value_is_offered_only_where_it_still_leads_to_a_code():
    assert pcs_rows.following(ROWS, "0FT4") == {"0": ("Open",), "4": ("Percutaneous Endoscopic",)}
    assert pcs_rows.following(ROWS, "0FT44Z") == {"G": ("Hand-Assisted",), "Z": ("No Qualifier",)}
    assert pcs_rows.following(ROWS, "0FT40Z") == {"Z": ("No Qualifier",)}
    assert pcs_rows.following(ROWS, "0FT44ZZ") == {}


def test_what_cannot_stand_is_cut_from_what_was_typed():
    assert pcs_rows.reachable(ROWS, "0FT4XZZ") == "0FT4"
    assert pcs_rows.reachable(ROWS, "0FT44ZZ0") == "0FT44ZZ"
    assert pcs_rows.reachable(ROWS, "9") == ""


def test_a_later_character_decides_what_a_value_of_new_technology_means():
    # Table XW0 of FY2025: substance 9 means something else in each group.
    rows: list[Row] = [
        [{"9": "Ceftolozane/Tazobactam Anti-infective"}, {"6": "New Technology Group 6"}],
        [{"9": "Odronextamab Antineoplastic"}, {"A": "New Technology Group 10"}],
    ]

    assert pcs_rows.meanings(rows, "9") == [("Ceftolozane/Tazobactam Anti-infective", "Odronextamab Antineoplastic")]
    assert pcs_rows.meanings(rows, "9A")[0] == ("Odronextamab Antineoplastic",)


@given(tables_of_rows)
def test_every_path_ends_at_a_code_and_every_code_has_a_path(rows):
    assert sorted(paths(rows)) == sorted(product_of(rows))


@given(tables_of_rows, st.text(alphabet="04JGZ7", max_size=5))
def test_whatever_is_typed_the_rest_still_leads_to_a_code(rows, typed):
    beginning = pcs_rows.reachable(rows, typed)

    assert typed.startswith(beginning)
    assert set(paths(rows, beginning)) <= product_of(rows)


def test_the_official_tables_offer_every_code_of_the_year_and_no_other():
    tables, rows = read_official(TABLES).others
    by_table: dict[str, list[Row]] = {table.code: [] for table in tables}
    for row in rows:
        by_table[row.table].append([values["values"] for values in row.axes])

    walked = [table + rest for table, held in by_table.items() for rest in paths(held)]

    assert len(walked) == len(set(walked)) == 78_948
    assert set(walked) == pcs_tables.codes_of(rows)
