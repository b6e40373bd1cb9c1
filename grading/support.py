"""Does a record support a diagnosis for risk adjustment (rule R19)?

MEAT (monitored, evaluated, assessed, treated) is industry practice; the government's validation asks for a supported
diagnosis in an acceptable record.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction


class RecordFault(StrEnum):
    PROVIDER = "provider"
    NOT_FACE_TO_FACE = "not_face_to_face"
    DATE = "date"
    NOT_AUTHENTICATED = "not_authenticated"


@dataclass(frozen=True, slots=True)
class Record:
    is_by_acceptable_provider: bool
    is_face_to_face: bool
    dated_on: date
    is_authenticated: bool  # signed, with credentials


@dataclass(frozen=True, slots=True)
class Validation:
    """Supported over submitted HCCs, and what was left out beside it."""

    accuracy: Fraction | None
    unsupported: frozenset[str]
    missed: frozenset[str]


def record_faults(record: Record, year: int) -> tuple[RecordFault, ...]:
    """All that keeps a record of that year of service from supporting anything."""
    checks = (
        (record.is_by_acceptable_provider, RecordFault.PROVIDER),
        (record.is_face_to_face, RecordFault.NOT_FACE_TO_FACE),
        (record.dated_on.year == year, RecordFault.DATE),
        (record.is_authenticated, RecordFault.NOT_AUTHENTICATED),
    )
    return tuple(fault for holds, fault in checks if not holds)


def validate_hccs(submitted: Collection[str], supported: Collection[str]) -> Validation:
    sent, right = frozenset(submitted), frozenset(supported)
    return Validation(Fraction(len(sent & right), len(sent)) if sent else None, sent - right, right - sent)
