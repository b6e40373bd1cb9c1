"""The shipped pack as a whole: both examples of every rule, and what the pack promises."""

import csv
import re
from collections import Counter
from functools import cache

import pytest
import yaml

from codesets.edits.encounter import Encounter
from codesets.loaders.edition import FACTS
from codesets.rules.fire import Pack, violations
from codesets.rules.read import EXAMPLE_ON, shipped
from grading.answers import ICD10CM, ICD10PCS, CodedLine, Setting
from tests.codesets.conftest import official, official_lines, read_official
from tests.codesets.excerpt import whole_tabular

RULES = shipped()
CASES = sorted((FACTS.parent / "first-rounds/cases").glob("*.yaml"))
SECTIONS = FACTS / "guideline-sections.csv"
TEXT = "guidelines/ICD-10-CM-October-2025-Guidelines.extracted.txt"
RUN = 12  # so many words of the guidelines in a row are a quotation


@cache
def sections():
    lines = [line for line in SECTIONS.read_text().splitlines() if not line.startswith("#")]
    return {row["number"]: row["title"] for row in csv.DictReader(lines)}


@cache
def categories():
    codes = {}
    for row in whole_tabular().codes:
        codes.setdefault(row.code[:3], []).append(row.code)
    return codes


@cache
def billable():
    return {row.code for row in whole_tabular().codes if row.billable}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_its_example_fires_and_its_neighbour_breaks_no_rule_at_all(rule):
    assert Pack([rule]).violations(rule.fires)
    assert violations(rule.silent) == []


def test_there_are_as_many_as_promised():
    assert len(RULES) >= 150
    assert len({rule.section for rule in RULES}) >= 40
    assert len({rule.chapter for rule in RULES if rule.chapter}) >= 15


def test_no_section_has_more_than_ten():
    assert [section for section, count in Counter(rule.section for rule in RULES).items() if count > 10] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_its_section_exists(rule):
    assert rule.section in sections()


def test_sections_are_those_of_the_official_text():
    assert sections() == {each.number: each.title for each in read_official(TEXT).others[0]}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_phrase_names_codes_of_the_year(rule):
    empty = [
        phrase
        for codes in rule.lists
        for phrase, meant in zip(codes.phrases, codes.ranges, strict=True)
        if not any(meant.holds(code) for held in categories().items() if meant.overlaps(held[0]) for code in held[1])
    ]

    assert empty == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_example_codes_are_billable(rule):
    codes = [line.name[1] for each in (rule.fires, rule.silent) for line in each.lines if line.system == ICD10CM]

    assert set(codes) - billable() == set()
    assert {rule.fires.on, rule.silent.on} == {EXAMPLE_ON}


def test_example_procedures_are_in_the_list_of_the_year():
    lines = official_lines("icd10pcs/icd10pcs_order_2026.zip", "icd10pcs_order_2026.txt")
    known = {line[6:13].strip() for line in lines}
    examples = [each for rule in RULES for each in (rule.fires, rule.silent)]

    assert {line.name[1] for each in examples for line in each.lines if line.system == ICD10PCS} <= known


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_shipped_keys_break_no_rule(path):
    case = yaml.safe_load(path.read_text())
    header, entered = case["header"], case["key"]["lines"]
    lines = tuple(CodedLine(line["code"], system=line.get("system", ICD10CM)) for line in entered)
    patient = header["patient"]

    found = violations(
        Encounter(header["ends_on"], Setting(header["setting"]), lines, age=patient["age"], sex=patient["sex"])
    )

    assert found == []


def test_advice_is_one_or_two_sentences():
    assert [rule.id for rule in RULES if len(re.findall(r"[.?](?= [A-Z]|$)", rule.advice)) not in (1, 2)] == []


def test_advice_is_in_our_own_words():
    text = f" {' '.join(official(TEXT).read_text().lower().split())} "

    assert [rule.id for rule in RULES for quoted in runs(rule.advice) if quoted in text] == []


def runs(advice):
    words = advice.lower().split()
    return [" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)]
