import pytest

from codesets.rules.ranges import NoRange, code_list, place
from tests.codesets.excerpt import whole_tabular


@pytest.mark.parametrize(
    ("phrase", "inside", "outside"),
    [
        ("I10", ["I10"], ["I11.9"]),
        ("I11-I13", ["I11.0", "I13.2", "I11"], ["I10", "I15.0", "I1A.0"]),
        ("E08.2", ["E08.21", "E08.29"], ["E08.3", "E08.311", "E08"]),
        ("N18.1-N18.4", ["N18.1", "N18.30", "N18.4"], ["N18.5"]),
        ("M10-M11", ["M10.9"], ["M1A.00X0", "M12.9"]),
        ("M08-M10", ["M1A.00X0"], ["M11.9"]),
        ("I11-", ["I11.0"], ["I12.9"]),
        ("M1A.-", ["M1A.00X0"], ["M10.00"]),
        ("C43-C44", ["C4A.9"], ["C45.0"]),
        ("C00-C75", ["C75.9"], ["C7A.00", "C7B.00"]),
        ("C00-D49", ["C7A.00", "C4A.9", "D3A.00"], ["D50.0"]),
        ("A00-T88", ["J4A.0", "T88.9XXA"], ["U07.1", "Z00.00"]),
        ("Z00-U85", ["U07.1", "Z3A.20"], ["Y99.9"]),
        ("Z3A", ["Z3A.20"], ["Z37.0", "Z36.9"]),
        ("O", ["O80", "O9A.111"], ["P00.0"]),
        ("T36-T50 with fifth or sixth character 5", ["T38.3X5A", "T36.95XA", "T45.515A"], ["T43.651A", "T50.902A"]),
        ("T36-T65 with fifth or sixth character 1-4", ["T43.651A", "T51.0X1A"], ["T38.3X5A", "T38.3X6A"]),
        ("F10-F19 with 5th character 2", ["F10.121", "F10.220"], ["F10.11", "F10.20"]),
        ("S52.- with 7th character B or C", ["S52.501B", "S52.501C"], ["S52.501A", "S52.501"]),
        ("E08-E13 with .51-.52", ["E11.51", "E08.52"], ["E11.59", "E11.9"]),
        ("F10-F19, with .17, .27, .97", ["F10.27", "F13.27"], ["F10.20"]),
        ("I69.- with final characters -23", ["I69.023"], ["I69.022"]),
        ("S32.1--S32.9", ["S32.110A", "S32.9XXA"], ["S32.009A"]),
        ("I11–I13", ["I12.9"], ["I10"]),
    ],
)  # fmt: skip
def test_a_phrase_means_its_codes(phrase, inside, outside):
    meant = code_list(phrase)

    assert [code for code in inside if not meant.holds(code)] == []
    assert [code for code in outside if meant.holds(code)] == []


@pytest.mark.parametrize(
    "phrase", ["", "10", "I13-I11", "M10-M1A", "heart disease", "E11 with insulin", "E11.9.1", "E11 with ."]
)
def test_what_is_no_range_is_refused(phrase):
    with pytest.raises(NoRange):
        code_list(phrase)


def test_the_order_is_the_order_of_the_book():
    codes = [row.code for row in whole_tabular().codes]
    categories = list(dict.fromkeys(code[:3] for code in codes))

    assert sorted(categories, key=place) == categories


def test_a_list_knows_which_categories_it_can_touch():
    assert code_list("N18.1-N18.4").overlaps("N18")
    assert code_list("I11-I13").overlaps("I12")
    assert not code_list("I11-I13").overlaps("I15")
    assert not code_list("N18.1-N18.4").overlaps("N19")


def test_the_same_phrases_are_the_same_list():
    assert code_list("I10", "I11-I13") is code_list("I10", "I11-I13")
