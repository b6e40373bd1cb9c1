"""Sheets that a reasonable auditor passes, with age, sex and setting: the whole pack must stay silent on them."""

from datetime import date

import pytest

from codesets.edits.encounter import Encounter
from codesets.rules.fire import violations
from grading.answers import ICD10CM, ICD10PCS, CodedLine, Poa, Setting
from tests.codesets.excerpt import whole_tabular

IN, CLINIC, EMERGENCY, SNF = Setting.INPATIENT, Setting.CLINIC, Setting.EMERGENCY, Setting.SNF
# Setting, age, sex, codes; :N and the like is the indicator, a code of seven characters without a dot is a procedure.
SHEETS = [
    (IN, 71, "M", "A41.51 R65.20 N39.0 N17.9 J96.01 E87.20 I10 E11.9 Z79.4 Z79.84"),
    (IN, 64, "F", "A41.9 J18.9 R65.21 J96.01 G93.41 D69.6 F17.210 Z66"),
    (IN, 58, "M", "J18.9:Y A41.9:N R65.20:N N17.9:N I10:Y"),
    (IN, 49, "F", "T81.42XA T81.44XA A41.51 R65.20 N17.9 Y83.6"),
    (IN, 80, "F", "U07.1 J12.82 J96.01 I11.0 I50.33 E11.65 Z79.4 Z28.310"),
    (CLINIC, 44, "F", "R53.83 R06.02 U09.9"),
    (IN, 38, "M", "B20 B59 J96.01 Z79.899"),
    (IN, 27, "F", "O98.713 Z21 O34.211 O99.824 Z3A.39 Z37.0 10D00Z1"),
    (IN, 29, "F", "O80 Z3A.39 Z37.0 10E0XZZ"),
    (IN, 0, "M", "Z38.00 Z23"),
    (IN, 0, "F", "Z38.01 P07.18 P07.36 P59.0"),
    (IN, 76, "F", "I13.0 I50.33 N18.32 E11.22 I48.21 Z79.01 Z79.4 Z68.36 E66.812 Z86.73 J44.9"),
    (IN, 69, "M", "I12.0 N18.6 Z99.2 E11.22 D63.1 E11.319 Z79.4"),
    (IN, 66, "M", "I21.4 I25.110 I10 E78.5 Z95.5 I25.2 F17.210"),
    (IN, 73, "M", "I48.91 I21.A1 I10 D62 K92.1"),
    (IN, 70, "F", "I63.411 G81.94 R29.810 R47.01 I10 I48.0 Z79.01 R29.708"),
    (SNF, 72, "M", "I69.351 I69.320 I10 E11.9 Z79.84"),
    (IN, 62, "F", "C34.11 C79.31 C77.1 G89.3 D63.0 Z87.891 Z51.5"),
    (CLINIC, 55, "F", "Z51.11 C50.911 C77.3 D70.1 T45.1X5A Z79.811 Z17.0"),
    (CLINIC, 67, "M", "Z08 Z85.46 Z90.79"),
    (CLINIC, 60, "F", "Z12.31 Z80.3"),
    (IN, 59, "F", "C78.7 C78.6 R18.0 Z85.038 Z90.49"),
    (IN, 45, "M", "K85.20 F10.230 K70.10 E87.6 Y90.4"),
    (IN, 52, "M", "F10.231 F17.210 F12.10 K70.30"),
    (IN, 81, "F", "G30.1 F02.B18 F05 N39.0 B96.20 Z91.83"),
    (CLINIC, 74, "M", "H40.1112 H40.1123 H25.13 Z79.899"),
    (CLINIC, 50, "F", "E11.42 E11.319 E11.65 Z79.4 Z79.85 I10 E66.813 Z68.41"),
    (CLINIC, 33, "M", "E10.65 E10.319 Z96.41 Z46.81"),
    (CLINIC, 47, "F", "Z00.01 R03.0 E66.811 Z68.31 Z23"),
    (CLINIC, 6, "M", "Z00.129 Z23"),
    (CLINIC, 63, "M", "Z01.810 M17.11 I10 I25.10"),
    (CLINIC, 58, "F", "M54.16 G89.29 M51.360"),
    (CLINIC, 41, "F", "G89.4 M54.50 F45.42"),
    (EMERGENCY, 35, "F", "S52.532A S61.411A W01.110A Y92.010 Y93.G1 Y99.8"),
    (EMERGENCY, 23, "M", "T40.2X1A J96.01 F11.20 Y92.009"),
    (EMERGENCY, 57, "M", "R07.9 I10 E78.5 Z87.891"),
    (EMERGENCY, 19, "F", "R10.31 R11.2 Z32.02"),
    (CLINIC, 68, "F", "Z47.1 Z96.641"),
    (CLINIC, 68, "F", "S72.141D W18.30XD"),
    (IN, 68, "M", "M17.11 I10 E11.9 0SRC0J9"),
    (IN, 54, "M", "K80.00 K66.0 0FT44ZZ"),
    (IN, 77, "M", "J44.0 J20.9 J44.1 J96.21 Z99.81 Z87.891"),
    (IN, 65, "F", "L03.115 E11.621 L97.512 E11.51 B95.62 Z79.4 Z22.322"),
    (IN, 40, "F", "E10.10 T38.3X6A Z91.148"),
    (IN, 34, "F", "T85.614A T38.3X6A E10.10 Z96.41"),
    (CLINIC, 31, "M", "Z11.4 Z21 Z72.52"),
    (CLINIC, 72, "M", "C61 R97.21 C79.51 Z79.818"),
    (CLINIC, 70, "M", "Z51.0 C61"),
    (IN, 70, "M", "C61 DV1097Z"),
    (CLINIC, 66, "F", "H40.10X1 H40.10X3"),
    (CLINIC, 61, "F", "C50.912 Z85.3 Z17.0"),
    (IN, 74, "M", "C79.51 C80.1 G89.3"),
    (CLINIC, 70, "F", "E11.9 I83.025 L97.521 Z79.84"),
    (CLINIC, 52, "M", "Z00.00 I10 E78.5 Z79.899"),
    (IN, 67, "M", "I22.2 I21.11 I25.110"),
    (IN, 60, "F", "T80.211A A41.02 R65.20 J96.01 Y84.8"),
    (IN, 8, "M", "M35.81 I40.8 U09.9"),
    (IN, 30, "F", "O98.513 U07.1 J12.82 O99.513 Z3A.30"),
    (IN, 6, "F", "D59.31 A41.51 N17.9"),
    (IN, 42, "F", "Z40.01 Z15.01 Z80.3"),
    (IN, 39, "F", "C50.911 Z40.01 Z15.01"),
    (IN, 57, "M", "T86.19 C80.2 C64.1 Z79.620"),
    (IN, 71, "M", "I13.2 I50.42 N18.6 Z99.2 E11.22 Z79.4"),
    (IN, 68, "F", "I16.1 I11.0 I50.31 J96.01"),
    (IN, 70, "M", "J44.1 I27.23 I50.812 Z99.81"),
    (IN, 66, "F", "M84.551A C79.51 C50.911"),
    (IN, 58, "F", "M48.061 M43.16 0SG0071"),
    (CLINIC, 45, "M", "F11.21 F10.20 Z79.891"),
    (CLINIC, 28, "F", "Z23"),
    (CLINIC, 31, "M", "E88.82 Z68.42"),
    (CLINIC, 54, "F", "Z01.84 Z86.16"),
    (CLINIC, 30, "F", "R05.1 R50.9 Z20.822"),
    (IN, 62, "M", "E13.9 E89.1 Z90.410 Z79.4"),
    (IN, 55, "F", "E09.65 T38.0X5A M06.9 Z79.52 Z79.4"),
    (IN, 78, "F", "S72.001A F03.B18 W18.30XA Y92.129"),
    (EMERGENCY, 36, "M", "F10.129 S01.01XA W19.XXXA Y90.6"),
]


def sheet(setting: Setting, age: int, sex: str, codes: str) -> Encounter:
    return Encounter(date(2025, 11, 15), setting, tuple(map(line, codes.split())), age=age, sex=sex)


def line(written: str) -> CodedLine:
    code, _, letter = written.partition(":")
    system = ICD10PCS if len(code) == 7 and "." not in code else ICD10CM
    return CodedLine(code, system=system, poa=Poa(letter) if letter else None)


@pytest.mark.parametrize("written", SHEETS, ids=lambda written: written[3])
def test_a_correct_sheet_breaks_no_rule(written):
    assert violations(sheet(*written)) == []


def test_their_diagnoses_are_billable():
    billable = {row.code for row in whole_tabular().codes if row.billable}
    lines = [each for written in SHEETS for each in sheet(*written).lines]

    assert {each.name[1] for each in lines if each.system == ICD10CM} <= billable
