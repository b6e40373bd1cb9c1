"""What the dashboards say."""

from collections.abc import Iterator
from datetime import datetime

from accounts.models import User
from codesets.lives import Change
from codesets.models import Release
from cohorts.code_changes.touched import Followed
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


CHANGES = {
    Change.DELETED: "Deleted",
    Change.HEADER: "No longer billable: more specific codes stand below it",
    Change.REVISED: "Title revised",
    Change.HCC: "Payment category changed",
    Change.DRG: "Groups to another MS-DRG",
}


def touched_by(release: Release, before: Release) -> str:
    return f"Touched by {release}, compared with {before.label}"


def touches_nothing(release: Release, before: Release) -> str:
    return f"{release}, compared with {before.label}, touches no published chart, lesson or item."


def stays_not_compared(why: str) -> str:
    return f"Stays are not compared by MS-DRG. {why}"


def told(followed: Followed) -> Iterator[str]:
    """For the command line: one line per piece of content and code."""
    if followed.not_regrouped:
        yield stays_not_compared(followed.not_regrouped)
    if not followed.touched:
        yield touches_nothing(followed.release, followed.before)
        return
    yield f"{touched_by(followed.release, followed.before)}; nothing was changed:"
    for each in followed.touched:
        held = each.holding
        yield f"  {held.kind} {held.title}, {held.part}: {held.code}, {CHANGES[each.change]}"
