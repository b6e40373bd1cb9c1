"""The header of a case (rule R1): what a coder must know before the first code. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from grading.answers import Setting


class Claim(StrEnum):
    FACILITY = "facility"
    PROFESSIONAL = "professional"


class IncompleteHeader(ValueError):
    """A case without its header is refused; the message names what is missing."""


REQUIRED = (
    "setting", "claim", "payer_rules", "status", "starts_on", "ends_on", "patient", "scope", "code_sets",
    "house_policy", "fictional",
)  # fmt: skip


AS_WRITTEN = ("payer_rules", "status", "patient", "scope", "house_policy", "fictional")


@dataclass(frozen=True)
class Header:
    """Dates are of the encounter: admission and discharge, or the day of service twice."""

    setting: Setting
    claim: Claim
    payer_rules: str
    status: str
    starts_on: date
    ends_on: date
    patient: Mapping[str, Any]
    scope: str
    code_sets: tuple[str, ...]
    house_policy: str
    fictional: Mapping[str, Any]
    discharge_status: str = ""  # two digits, where it is not "01", sent home

    @classmethod
    def parse(cls, fields: Mapping[str, Any]) -> Header:
        if missing := [name for name in REQUIRED if not fields.get(name)]:
            raise IncompleteHeader(f"The header lacks {', '.join(missing)}.")
        try:
            return cls(
                setting=Setting(fields["setting"]),
                claim=Claim(fields["claim"]),
                starts_on=as_date(fields["starts_on"]),
                ends_on=as_date(fields["ends_on"]),
                code_sets=tuple(fields["code_sets"]),
                discharge_status=str(fields.get("discharge_status") or ""),
                **{name: fields[name] for name in AS_WRITTEN},
            )
        except ValueError as error:
            raise IncompleteHeader(f"The header says something unknown: {error}.") from error

    @property
    def is_inpatient(self) -> bool:
        """POA and the principal diagnosis belong to inpatient facility claims."""
        return self.setting is Setting.INPATIENT

    @property
    def coded_on(self) -> date:
        """The day that decides the code set: discharge for inpatients, service otherwise."""
        return self.ends_on if self.is_inpatient else self.starts_on


def as_date(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)
