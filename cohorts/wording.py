"""What the dashboards say."""

from datetime import datetime

from accounts.models import User
from kit.templatetags.kit import day

VERDICT_GROUPS = {
    "missed": "Missed diagnoses",
    "less_specific": "Codes less specific than the chart",
    "header": "Codes less specific than the chart",
    "unsupported": "Codes that the chart does not support",
    "more_specific_than_documented": "Codes that the chart does not support",
    "extra": "Extra codes",
    "unlisted_extra": "Extra codes",
    "sequence": "Order of the codes",
    "poa": "POA indicators",
    "wrong_side": "Side or 7th character",
    "wrong_7th_character": "Side or 7th character",
    "sibling_condition": "Another condition of the same family",
}


def about(minutes: int) -> str:
    return f"About {minutes} min."


def minutes_left(minutes: int) -> str:
    return f"{minutes} min left. The clock is running."


def started(at: datetime, user: User) -> str:
    return f"Started {day(at, user)}. Your lines are saved."


def open_until(at: datetime, user: User) -> str:
    return f"Open until {day(at, user)}."
