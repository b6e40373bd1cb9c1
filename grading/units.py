"""How many units does a service have (rule R11)? Arithmetic for keys; a learner's units are right or wrong."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil

from grading.answers import CodedLine, KeyLine, Payer

QUARTER_HOUR = 15
MIDPOINT_PASSED = 8  # minutes


def has_units_fault(wanted: KeyLine, entered: CodedLine) -> bool:
    """Blank units are one; a key without units asks for none."""
    return wanted.units is not None and (1 if entered.units is None else entered.units) != wanted.units


def drug_units(given: Fraction, per_unit: Fraction) -> int:
    """40 mg of a drug billed per 15 mg are 3 units."""
    return ceil(given / per_unit)


def waste_modifier(wasted: Fraction) -> str:
    """Of a single-dose container: JW on a line of its own for what was thrown away, JZ where nothing was."""
    return "JW" if wasted > 0 else "JZ"


def therapy_units(minutes: Sequence[int], payer: Payer) -> int:
    """Minutes of each timed service of one day. Medicare adds them up first, CPT counts each service by itself;
    a quarter of an hour counts from its 8th minute, which is also the one that passes the midpoint."""
    services = [sum(minutes)] if payer is Payer.MEDICARE else minutes
    return sum(_quarters(service) for service in services)


def _quarters(minutes: int) -> int:
    whole, rest = divmod(minutes, QUARTER_HOUR)
    return whole + (rest >= MIDPOINT_PASSED)
