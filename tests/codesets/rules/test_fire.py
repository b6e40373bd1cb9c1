from dataclasses import replace
from datetime import date

import pytest

from codesets.edits.encounter import Encounter, Finding, Kind, Severity
from codesets.rules.fire import Pack, violations
from codesets.rules.read import read_rule
from grading.answers import CodedLine, Setting
from tests.codesets.rules.test_read import RULE


def sheet(*codes, setting=Setting.INPATIENT, on=date(2025, 11, 15)):
    return Encounter(on, setting, tuple(map(CodedLine, codes)))


def found(changed, encounter):
    return Pack([read_rule({**RULE, **changed})]).violations(encounter)


def test_a_finding_names_the_lines_that_met_the_rule_as_they_stand_on_the_sheet():
    assert found({}, sheet("n184", "E11.22", "I10", "I10")) == [
        Finding(Severity.WARNING, Kind.GUIDELINE, ("N18.4", "I10"), "I.C.9.a.2", "Report I12 instead.")
    ]


def test_about_chooses_whose_lines_are_named():
    (finding,) = found({"about": ["I10"]}, sheet("I10", "N18.4"))

    assert finding.codes == ("I10",)


@pytest.mark.parametrize(
    ("changed", "fires"),
    [
        ({"unless": [{"has": ["E11"]}]}, False),
        ({"unless": [{"has": ["E10"]}]}, True),
        ({"when": [{"has": ["I10"]}, {"has": ["N18"]}, {"has_no": ["Z99.2"]}]}, True),
        ({"when": [{"has": ["I10"]}, {"has": ["N18"]}, {"has_no": ["E11"]}]}, False),
        ({"settings": ["outpatient"]}, False),
        ({"settings": ["snf", "inpatient"]}, True),
        ({"settings": ["with_principal_diagnosis"]}, True),
        ({"from": date(2025, 11, 15), "until": date(2025, 11, 15)}, True),
        ({"from": date(2025, 11, 16)}, False),
        ({"until": date(2025, 11, 14)}, False),
    ],
)
def test_a_rule_fires_where_and_when_it_holds(changed, fires):
    assert bool(found(changed, sheet("I10", "N18.4", "E11.22"))) is fires


def test_a_rule_without_codes_to_look_for_is_tried_on_every_sheet():
    (finding,) = found({"when": [{"has_no": ["Z37"]}, {"age": {"over": 11}}]}, replace(sheet("I10"), age=30))

    assert finding.codes == ()


def test_rules_are_told_in_their_order():
    other = {**RULE, "id": "other", "section": "I.C.14.a", "when": [{"has": ["N18"]}]}
    pack = Pack([read_rule(RULE), read_rule(other)])

    assert [each.reference for each in pack.violations(sheet("N18.4", "I10"))] == ["I.C.9.a.2", "I.C.14.a"]


def test_an_empty_sheet_breaks_nothing():
    assert violations(sheet()) == []
