import pytest

from codesets.rules.read import BadRule, read_folder, read_rule
from grading.answers import Poa, Setting

RULE = {
    "id": "essential-hypertension-beside-kidney-disease",
    "section": "I.C.9.a.2",
    "severity": "warning",
    "when": [{"has": ["I10"]}, {"has": ["N18"]}],
    "advice": "Report I12 instead.",
    "fires": {"codes": ["I10", "N18.4"]},
    "silent": {"codes": ["I12.9", "N18.4"]},
}


def test_a_rule_says_what_it_needs():
    rule = read_rule({**RULE, "unless": [{"has": ["O10"]}], "about": ["I10"]})

    assert [each.phrases for each in rule.needs] == [("I10",), ("N18",)]
    assert len(rule.lists) == 4


def test_examples_stand_where_the_rule_applies():
    assert read_rule(RULE).fires.setting is Setting.INPATIENT
    assert read_rule({**RULE, "settings": ["outpatient"]}).fires.setting is Setting.CLINIC


def test_examples_carry_age_indicators_and_procedures():
    fires = {"codes": ["I10", "N18.4", "pcs:0FT44ZZ"], "setting": "snf", "age": 70, "sex": "M", "poa": {"I10": "N"}}

    example = read_rule({**RULE, "fires": fires}).fires

    assert (example.setting, example.age, example.sex) == (Setting.SNF, 70, "M")
    assert [(line.system, line.poa) for line in example.lines] == [
        ("icd10cm", Poa.NO), ("icd10cm", None), ("icd10pcs", None),
    ]  # fmt: skip


@pytest.mark.parametrize(("changed", "reason"), [
    ({"id": "Two Words"}, "lower-case"),
    ({"severity": "fatal"}, "fatal"),
    ({"settings": ["ward"]}, "ward"),
    ({"from": "last year"}, "no date"),
    ({"chapter": 23}, "no chapter 23"),
    ({"when": []}, "asks for nothing"),
    ({"when": [{"has": ["I10-I09"]}]}, "backwards"),
    ({"unless": {"has": ["I10"]}}, "no list"),
    ({"advice": "Long. " * 50}, "220 characters"),
    ({"colour": "red"}, "colour"),
    ({"fires": {"codes": ["I10"], "ages": 3}}, "ages"),
    ({"fires": {"codes": ["I10"], "poa": {"I11": "Y"}}}, "not among the codes"),
])  # fmt: skip
def test_a_rule_that_cannot_be_understood_is_refused_with_its_name(changed, reason):
    with pytest.raises(BadRule, match=reason) as refusal:
        read_rule({**RULE, **changed}, "circulatory.yaml")

    assert "circulatory.yaml, " in str(refusal.value)


ONE = """
- id: {id}
  section: I.C.9.a
  severity: warning
  when: [{{has: [{code}]}}]
  advice: "Report I12 instead."
  fires: {{codes: [I10], on: 2025-10-01}}
  silent: {{codes: [I12.9]}}
"""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (ONE.format(id="one", code="I10") + ONE.format(id="one", code="I11"), "same id stands twice: .one"),
        (ONE.format(id="one", code="I10") + ONE.format(id="two", code="I10"), "same when stands twice"),
        (ONE.format(id="one", code="I10").replace("advice", "advise"), "rule 1 .one. lacks advice"),
        (ONE.format(id="one", code="I10") + "  advice: Another.\n", "advice. stands twice"),
        ("id: one", "holds no list"),
        ("- [one", "no readable YAML"),
        ("- one", "rule 1 is no rule"),
    ],
)
def test_a_file_that_cannot_be_understood_is_refused(tmp_path, text, reason):
    (tmp_path / "circulatory.yaml").write_text(text)

    with pytest.raises(BadRule, match=reason):
        read_folder(tmp_path)


def test_rules_stand_in_order_of_their_files(tmp_path):
    (tmp_path / "b.yaml").write_text(ONE.format(id="two", code="I10"))
    (tmp_path / "a.yaml").write_text(ONE.format(id="one", code="I11"))

    assert [rule.id for rule in read_folder(tmp_path)] == ["one", "two"]
