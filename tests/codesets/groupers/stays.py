"""Stays and visits written in one line: stay("I50.23:Y", "L89.154:N", age=71)."""

from datetime import date

from codesets.edits.encounter import Encounter
from codesets.formats import PCS_SHAPE
from grading.answers import ICD10CM, ICD10PCS, CodedLine, Poa, Setting

NOVEMBER = date(2025, 11, 3)


def line(written: str) -> CodedLine:
    """A code with its POA letter after a colon; seven characters without a dot are a procedure."""
    code, _, letter = written.partition(":")
    is_procedure = len(code) == 7 and PCS_SHAPE.fullmatch(code)
    return CodedLine(code, system=ICD10PCS if is_procedure else ICD10CM, poa=Poa(letter) if letter else None)


def stay(*codes: str, on: date = NOVEMBER, **facts) -> Encounter:
    return Encounter(on, Setting.INPATIENT, tuple(map(line, codes)), **facts)
