from datetime import date

import pytest

from codesets.edits.encounter import Encounter
from codesets.rules import conditions
from codesets.rules.conditions import BadRule, Sheet
from grading.answers import ICD10PCS, CodedLine, Poa, Role, Setting

GALLBLADDER_OUT = CodedLine("0FT44ZZ", system=ICD10PCS)


def met(written, *codes, age=None, sex=None):
    """The codes that meet a condition, or None where it does not hold."""
    lines = tuple(code if isinstance(code, CodedLine) else CodedLine(code) for code in codes)
    encounter = Encounter(date(2025, 11, 15), Setting.INPATIENT, lines, age=age, sex=sex)
    condition = conditions.read(written)
    sheet = Sheet(encounter, lambda code: [each for each in condition.lists if each.holds(code)])
    places = condition.meets(sheet)
    return None if places is None else [lines[at].code for at in places]


@pytest.mark.parametrize(
    ("written", "codes", "found"),
    [
        ({"has": ["I11-I13"]}, ["I10", "I12.9"], ["I12.9"]),
        ({"has": ["I11-I13"]}, ["I10"], None),
        ({"has_no": ["Z3A"]}, ["O24.410"], []),
        ({"has_no": ["Z3A"]}, ["O24.410", "Z3A.30"], None),
        ({"first": ["R65.2"]}, ["R65.20", "A41.9"], ["R65.20"]),
        ({"first": ["R65.2"]}, ["A41.9", "R65.20"], None),
        ({"not_first": ["O80"]}, ["Z37.0", "O80"], ["O80"]),
        ({"not_first": ["O80"]}, ["O80", "Z37.0"], None),
        ({"not_first": ["O80"]}, ["Z37.0"], None),
        ({"only": ["Z79"]}, ["Z79.4", "Z79.01"], ["Z79.4", "Z79.01"]),
        ({"only": ["Z79"]}, ["Z79.4", "I10"], None),
        ({"only": ["Z79"]}, [], None),
        ({"order": {"before": ["I11"], "after": ["I50"]}}, ["I50.9", "I11.0"], ["I11.0", "I50.9"]),
        ({"order": {"before": ["I11"], "after": ["I50"]}}, ["I11.0", "I50.9"], None),
        ({"order": {"before": ["I11"], "after": ["I50"]}}, ["I50.9"], None),
        ({"at_least": {"count": 2, "of": ["Z38"]}}, ["Z38.00", "Z38.1"], ["Z38.00", "Z38.1"]),
        ({"at_least": {"count": 2, "of": ["Z38"]}}, ["Z38.00", "Z38.00"], None),
        ({"same_category": ["F10-F19"]}, ["F10.10", "F11.20", "F10.20"], ["F10.10", "F10.20"]),
        ({"same_category": ["F10-F19"]}, ["F10.10", "F11.20"], None),
        ({"seventh": {"of": ["S52"], "in": "DG"}}, ["S52.501A", "S52.502D"], ["S52.502D"]),
        ({"seventh": {"of": ["S52"], "in": "DG"}}, ["S52.501A"], None),
        ({"same_but_seventh": ["S52"]}, ["S52.501A", "S52.501D"], ["S52.501A", "S52.501D"]),
        ({"same_but_seventh": ["S52"]}, ["S52.501A", "S52.502D"], None),
        ({"same_but_seventh": ["I10-I13"]}, ["I11.0", "I11.9"], None),
        ({"other_fourth": ["F10-F18"]}, ["F10.10", "F11.20", "F10.229"], ["F10.10", "F10.229"]),
        ({"other_fourth": ["F10-F18"]}, ["F10.20", "F10.229", "F11.10"], None),
        ({"same_but": {"character": 6, "of": ["H40"]}}, ["H40.1111", "H40.1121"], ["H40.1111", "H40.1121"]),
        ({"same_but": {"character": 6, "of": ["H40"]}}, ["H40.1111", "H40.1122"], None),
        ({"same_but": {"character": 6, "of": ["H40"]}}, ["H40.9", "H40.89"], None),
        ({"procedure": ["0FT"]}, ["K80.00", GALLBLADDER_OUT], ["0FT44ZZ"]),
        ({"procedure": ["0DT"]}, [GALLBLADDER_OUT], None),
        ({"no_procedure": ["0FT"]}, ["K80.00"], []),
        ({"no_procedure": ["0FT"]}, [GALLBLADDER_OUT], None),
    ],
)  # fmt: skip
def test_a_condition_holds_or_does_not(written, codes, found):
    assert met(written, *codes) == found


@pytest.mark.parametrize(("limits", "age", "holds"), [
    ({"under": 1}, 0, True), ({"under": 1}, 1, False), ({"over": 17}, 18, True), ({"over": 17}, 17, False),
    ({"over": 11, "under": 56}, 30, True), ({"under": 1}, None, False),
])  # fmt: skip
def test_age_must_be_known_and_so(limits, age, holds):
    assert (met({"age": limits}, "I10", age=age) is not None) is holds


@pytest.mark.parametrize(("sex", "holds"), [("F", True), ("M", False), (None, False)])
def test_sex_must_be_known_and_so(sex, holds):
    assert (met({"sex": "F"}, "I10", sex=sex) is not None) is holds


def test_an_indicator_is_looked_for_on_the_lines_of_the_list():
    lines = [CodedLine("Z37.0", poa=Poa.EXEMPT), CodedLine("J18.9", poa=Poa.NO)]

    assert met({"poa": {"of": ["J18"], "in": ["N", "U"]}}, *lines) == ["J18.9"]
    assert met({"poa": {"of": ["J18"], "in": ["Y"]}}, *lines) is None


def test_the_principal_diagnosis_is_first_wherever_it_stands():
    assert met({"first": ["A41"]}, "N39.0", CodedLine("A41.9", role=Role.PRINCIPAL)) == ["A41.9"]


def test_only_diagnoses_are_looked_at():
    assert met({"has": ["O"]}, CodedLine("0FT44ZZ", system=ICD10PCS)) is None
    assert met({"has": ["E11"]}, CodedLine("E1111", system="hcpcs")) is None


@pytest.mark.parametrize("written", [
    "has", {"hass": ["I10"]}, {"has": "I10"}, {"has": []}, {"age": {}}, {"has": ["I13-I11"]},
    {"has": ["I10"], "first": ["I10"]},
    {"order": {"before": ["I10"]}}, {"age": {"under": 1, "above": 2}}, {"sex": "X"},
    {"poa": {"of": ["I10"], "in": ["X"]}},
    {"at_least": {"count": "two", "of": ["I10"]}}, {"procedure": "0FT"}, {"seventh": ["I10"]},
])  # fmt: skip
def test_what_cannot_be_read_is_refused(written):
    with pytest.raises(BadRule):
        conditions.read(written)
