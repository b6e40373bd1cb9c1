"""The inpatient chart of the browser tests, where every line needs its POA indicator."""

from typing import Any

from tests.content import INPATIENT, key_line

INPATIENT_KEY = [
    key_line("E11.22", role="principal", poa="Y"),
    key_line("N18.4", poa="Y"),
    key_line("Z79.4", poa="exempt"),
]


def inpatient(**more: Any) -> dict[str, Any]:
    return {"header": INPATIENT, "key": INPATIENT_KEY} | more
