"""How many units does a service have (rule R11)? Arithmetic for keys; a learner's units are right or wrong."""

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


def therapy_units(minutes: Sequence[int], payer: Payer, *, beside: Sequence[int] = ()) -> int:
    """Minutes of timed services of one day, and those of the day's other timed services `beside` them. CPT counts each
    service by itself; a quarter of an hour counts from its 8th minute, which is also the one that passes the midpoint.
    Medicare adds up the day: what its total gives beyond the whole quarters goes to the longest rests. Raises
    ValueError where two equal rests leave it open whose the last unit is."""
    if payer is not Payer.MEDICARE:
        return sum(_quarters(service) for service in minutes)
    day = [sum(minutes), *beside]
    left_over = _quarters(sum(day)) - sum(service // QUARTER_HOUR for service in day)
    rest, rests = day[0] % QUARTER_HOUR, [service % QUARTER_HOUR for service in day]
    longer = sum(other > rest for other in rests)
    if longer < left_over < longer + rests.count(rest):
        raise ValueError("Two services have the same claim to the last unit.")
    return day[0] // QUARTER_HOUR + (longer < left_over)


def _quarters(minutes: int) -> int:
    whole, rest = divmod(minutes, QUARTER_HOUR)
    return whole + (rest >= MIDPOINT_PASSED)
