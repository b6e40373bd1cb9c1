"""Keys and answers in their JSON form; what cannot be read is refused in one sentence."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grading.answers import Accept, CodedLine, KeyLine, LineClass, Pair, Poa, Role, Setting
from grading.parsing import UnreadableSheet, parse_answer, parse_key

WRITTEN = {
    "setting": "inpatient",
    "lines": [
        {"code": "E11.22", "role": "principal", "poa": "Y", "accept": [{"code": "E11.21", "credit": 0.5}]},
        {"code": "Z79.4", "poa": "exempt", "optional": True, "rationale": "Insulin is current."},
        {"system": "icd10cm", "code": "N18.4", "poa": "y"},
    ],
    "tolerated": ["Z87.891"],
    "forbidden": [{"code": "E11.9", "rationale": "A complication is documented."}],
    "order": [{"before": "E11.22", "after": "N18.4"}, ["E11.22", "N18.4"]],
}


def test_a_key_is_read_with_every_class_of_line():
    read = parse_key(WRITTEN)

    assert read.setting is Setting.INPATIENT
    assert read.lines[0] == KeyLine(
        "E11.22", role=Role.PRINCIPAL, poa=Poa.YES, accept=(Accept("E11.21", Fraction(1, 2)),)
    )
    assert [line.line_class for line in read.lines] == [
        LineClass.REQUIRED,
        LineClass.OPTIONAL,
        LineClass.REQUIRED,
        LineClass.TOLERATED,
        LineClass.FORBIDDEN,
    ]
    assert read.order == (Pair("E11.22", "N18.4"),) * 2


def test_an_answer_is_read_in_its_sequence():
    read = parse_answer({"lines": [{"code": "i10", "poa": ""}, "E78.5"]})

    assert read.lines == (CodedLine("i10"), CodedLine("E78.5"))


@pytest.mark.parametrize("written", [["25", "rt"], "25 RT", "25,RT", "25-rt"])
def test_modifiers_and_units_are_read_however_they_are_written(written):
    (line,) = parse_answer({"lines": [{"code": "99213", "modifiers": written, "units": "2"}]}).lines

    assert (line.modifiers, line.units, line.system) == (("25", "RT"), 2, "cpt")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 5) | st.floats(allow_nan=False) | st.text("EI1.2 Y", max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["code", "credit", "before"]), inner),
    max_leaves=6,
)
FIELDS = [
    "lines", "optional", "forbidden", "order", "variants", "bilateral", "payer_rules", "drg", "code", "system", "role",
    "poa", "accept", "when", "modifiers", "units", "pointers", "em", "evidence", "support", "severity",
]  # fmt: skip


def refusal_of(read, mapping):
    try:
        read(mapping)
    except UnreadableSheet as refusal:
        return str(refusal)
    return "It is read."


@given(st.dictionaries(st.sampled_from(FIELDS), JSON), st.dictionaries(st.sampled_from(FIELDS), JSON))
def test_whatever_is_written_is_read_or_refused_in_one_sentence(sheet, line):
    assert refusal_of(parse_key, {"lines": [line], **sheet}).endswith(".")
    assert refusal_of(parse_answer, {"lines": [line]}).endswith(".")


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"setting": "spaceship"}, "setting 'spaceship'"),
        ({"lines": [{"poa": "Y"}]}, "no code"),
        ({"lines": [{"code": 10}]}, "no code"),
        ({"lines": 5}, "not a list"),
        ({"lines": [5]}, "neither a code"),
        ({"lines": ["I10"] * 201}, "has 201 lines"),
        ({"lines": [{"code": "I10", "poa": "Q"}]}, "POA indicator 'Q'"),
        ({"lines": [{"code": "I10", "role": "king"}]}, "role 'king'"),
        ({"lines": [{"code": "I10", "accept": [{"code": "I11.0", "credit": 2}]}]}, "from 0 to 1"),
        ({"lines": [{"code": "I10", "accept": [{"code": "I11.0", "credit": "half"}]}]}, "from 0 to 1"),
        ({"lines": [{"code": "97110", "units": 2.5}]}, "units 2.5"),
        ({"variants": [{}]}, "Variant 1 has no lines"),
        ({"forbidden": [{"code": "E11.9", "when": ["N18.4"]}]}, "E11.9 is forbidden; .* field 'when'"),
        ({"forbidden": [{"code": "E11.9", "optional": True}]}, "E11.9 is forbidden; .* field 'optional'"),
        ({"tolerated": [{"code": "Z87.891", "when": "N18.4"}]}, "Z87.891 is tolerated; .* field 'when'"),
        ({"forbidden": ["N184"]}, "as right and as forbidden"),
        ({"order": [["E11.22", "I10"]]}, "I10"),
        ({"order": [["E11.22"]]}, "pair of two codes"),
        ({"order": ["EN"]}, "pair of two codes"),
        ({"order": [["E11.22", "E1122"]]}, "before itself"),
        ({"lines": [{"code": "I10", "optional": "yes"}]}, "'optional' is neither true nor false"),
        ({"lines": [{"code": "I10", "evidence": [{"document": "note", "start": -1, "end": 900}]}]}, "starts at 0"),
        ({"lines": [{"code": "I10", "evidence": [{"document": "note", "start": 9, "end": 9}]}]}, "starts at 0"),
    ],
)
def test_a_key_that_cannot_be_read_is_refused_in_one_sentence(change, part):
    with pytest.raises(UnreadableSheet, match=part) as refusal:
        parse_key(WRITTEN | {"order": []} | change)

    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize(
    "change",
    [
        {"order": [["I10", "x\nsecond" * 99]]},
        {"bilateral": "x\nsecond" * 99},
        {"lines": [{"code": "I10", "system": "x\nsecond" * 99}]},
        {"lines": [{"code": "20610", "modifiers": ["x\nsecond" * 99]}]},
    ],
)
def test_a_sentence_stays_short_and_on_one_line_whatever_was_written(change):
    with pytest.raises(UnreadableSheet) as refusal:
        parse_key({"lines": ["I10"]} | change)

    assert str(refusal.value).isprintable()
    assert len(str(refusal.value)) < 200


def test_r3_a_variant_keeps_the_pairs_whose_lines_it_has_itself():
    key = parse_key({
        "lines": ["E11.22", "N18.4"], "optional": ["I10"], "order": [["E11.22", "N18.4"], ["E11.22", "I10"]],
        "variants": [[{"code": "E11.21", "accept": ["E11.22"]}, "N18.4"], ["E11.22", "I50.9"]],
    })  # fmt: skip

    assert [variant.order for variant in key.variants] == [(), (Pair("E11.22", "I10"),)]
