"""What a code is on an inpatient claim: the MS-DRGs of a stay that begins with it, and what refuses it there.

The grouper also knows CC and MCC, so an install without the official lists can say them, too.
"""

from __future__ import annotations

from dataclasses import dataclass

from codesets.edits.encounter import Encounter
from codesets.groupers import mce, msdrg
from codesets.groupers.claims import CannotGroup, version_on
from codesets.headings import drg_family
from codesets.models import Code, Drg, System
from coursework.book import wording
from coursework.book.shelf import Shelf
from grading.answers import CodedLine, Setting


@dataclass(frozen=True)
class AsPrincipal:
    """`refused` says why the Medicare Code Editor takes no claim that begins with it; empty where it may."""

    alone: str = ""  # number and title of the group of the code by itself
    groups: tuple[Drg, ...] = ()
    version: str = ""
    refused: str = ""
    severity: str = ""
    problem: str = ""


def as_principal(code: Code, shelf: Shelf) -> AsPrincipal:
    """As the edition in force on the first day of the code's year decides."""
    on = code.release.effective_from
    stay = Encounter(on=on, setting=Setting.INPATIENT, lines=(CodedLine(code.dotted),))
    try:
        grouped, edits = msdrg.group(stay), mce.edits_of(stay)
        severity = msdrg.severity_of(code.code, version_on(on))
    except CannotGroup as problem:
        return AsPrincipal(problem=str(problem))
    refused = next((words for edit in edits if (words := wording.MCE_REFUSES.get(edit.name))), "")
    if grouped.ungrouped_because and not refused:
        refused = wording.NO_GROUP
    groups = () if refused else _family(grouped.drg, code, shelf)
    return AsPrincipal(f"{grouped.drg} {grouped.title}", groups, grouped.version, refused, severity)


def _family(number: str, code: Code, shelf: Shelf) -> tuple[Drg, ...]:
    """The group of the code alone and those that a CC or MCC beside it leads to: one title, another ending."""
    drgs = list(Drg.objects.filter(release__in=shelf.beside(System.MS_DRG, code.release)[:1]))
    own = next((drg for drg in drgs if drg.number == number), None)
    if own is None:
        return ()
    return tuple(drg for drg in drgs if drg_family(drg.title) == drg_family(own.title) and drg.mdc == own.mdc)
