"""Which diagnoses may never stand first."""

import pytest

from codesets.edits.encounter import Kind
from grading.answers import CodedLine, Role, Setting
from tests.codesets.edits.claims import found, pairs, services, visit

CODES = ["F02.80", "G30.9", "V00.01XA", "S72.001A", "S72.001S", "M95.8", "I10", "J18.9", "B95.61"]


@pytest.fixture(autouse=True)
def release(excerpt):
    return excerpt(CODES)


@pytest.mark.parametrize("setting", list(Setting))
def test_a_manifestation_first_is_an_error_in_every_setting(setting):
    claim = visit("F02.80", "G30.9", setting=setting)

    assert pairs(claim, Kind.MANIFESTATION_FIRST) == [("error", ("F02.80",))]


@pytest.mark.parametrize("setting", list(Setting))
def test_an_external_cause_first_is_an_error_in_every_setting(setting):
    claim = visit("V00.01XA", "S72.001A", setting=setting)

    assert pairs(claim, Kind.EXTERNAL_CAUSE_FIRST) == [("error", ("V00.01XA",))]


@pytest.mark.parametrize("codes", [("G30.9", "F02.80"), ("S72.001A", "V00.01XA"), ("B95.61", "J18.9")])
def test_in_their_place_they_are_right(codes):
    claim = visit(*codes)

    assert pairs(claim, Kind.MANIFESTATION_FIRST) == pairs(claim, Kind.EXTERNAL_CAUSE_FIRST) == []


def test_what_the_injury_left_behind_stands_before_the_sequela():
    assert pairs(visit("S72.001S", "M95.8"), Kind.SEQUENCE) == [("warning", ("S72.001S",))]
    assert pairs(visit("M95.8", "S72.001S"), Kind.SEQUENCE) == []


def test_the_line_that_says_so_is_first_wherever_it_stands():
    claim = services(CodedLine("V00.01XA"), CodedLine("S72.001A", role=Role.FIRST_LISTED))

    assert pairs(claim, Kind.EXTERNAL_CAUSE_FIRST) == []


def test_two_first_diagnoses_are_one_too_many():
    claim = services(CodedLine("I10", role=Role.FIRST_LISTED), CodedLine("J18.9", role=Role.FIRST_LISTED))

    assert pairs(claim, Kind.SEQUENCE) == [("error", ("I10", "J18.9"))]


def test_a_sequela_first_is_said_once_though_a_rule_says_it_too():
    findings = found(visit("S72.001S", "M95.8"))

    assert [(each.kind, each.codes) for each in findings] == [(Kind.SEQUENCE, ("S72.001S",))]
