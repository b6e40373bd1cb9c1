"""What the weights are called, on the page that changes them and in the feedback on a chart."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from grading.weights import LEARNING, WEIGHTED

SAVED = "Saved. Charts that are submitted from now on are graded by these weights."
AS_THEY_WERE = "Nothing was changed: the weights are as you left them."
CHANGED_MEANWHILE = (
    "Somebody else changed the weights while you had this page open, so yours were not saved. Below are the ones in "
    "force now: change them and save again."
)
NOTHING_COUNTS = "All weights are 0, so nothing would be graded. Give at least one of them a number above 0."


@dataclass(frozen=True)
class Group:
    """Numbers that belong together: their part of the weights, what stands above them, and each by its name."""

    part: str
    caption: str
    meaning: str
    unit: str
    labels: dict[str, str]


GROUPS = (
    Group(
        "weighted",
        "Weighted accuracy: how much each part counts",
        "The numbers need not come to 100. A part that a chart does not ask for drops out, and the others count for "
        "more. 0 leaves a part out everywhere.",
        "Weight",
        {
            "principal": "Principal or first-listed diagnosis",
            "severe_diagnoses": "Other diagnoses that are a CC, an MCC or an HCC",
            "other_diagnoses": "All other diagnoses, and decisions",
            "procedures": "Procedures, services and supplies",
            "poa": "POA indicators",
            "drg": "MS-DRG",
            "disposition": "Discharge disposition",
            "sequence": "Order of two codes, where a rule decides",
            "modifier": "Modifiers",
            "units": "Units",
            "pointer": "Diagnosis pointers",
            "evidence": "Words marked as evidence, where the chart scores them",
        },
    ),
    Group(
        "learning",
        "Learning score: what a near miss keeps",
        "A right code keeps 100 per cent, and an unrelated one nothing. A line keeps this much of its credit when "
        "the code is nearly right.",
        "Per cent",
        {
            "less_specific": "Less specific than the chart",
            "severity_lost": "Less specific, and a CC, an MCC or an HCC is lost",
            "wrong_7th_character": "Another 7th character",
            "wrong_side": "The other side of the body",
            "header": "A heading instead of a finished code",
            "more_specific_than_documented": "More specific than the chart documents",
            "sibling_condition": "A neighbor of the right code, but another condition",
        },
    ),
    Group(
        "learning",
        "Learning score: ICD-10-PCS, character by character",
        "Where section and body system are right, the line keeps the sum of the characters that are right. Together "
        "they may come to 100 per cent.",
        "Per cent",
        {
            "pcs_root_operation": "Root operation, the 3rd character",
            "pcs_body_part": "Body part, the 4th character",
            "pcs_approach": "Approach, the 5th character",
            "pcs_device": "Device, the 6th character",
            "pcs_qualifier": "Qualifier, the 7th character",
            "pcs_wrong_body_system": "Another body system with the right root operation, all in all",
            "pcs_drg_changed": "At most, if the stay groups to another DRG with it",
        },
    ),
    Group(
        "learning",
        "Learning score: a right code with a fault",
        "What the line keeps. Faults of different kinds multiply; of several wrong modifiers the costliest counts.",
        "Per cent",
        {
            "poa": "POA indicator wrong or missing",
            "payment_modifier": "Modifier that decides the payment wrong or missing",
            "override_missing": "Modifier missing without which an edit denies the service",
            "override_unsupported": "Modifier that overrides an edit, not supported by the chart",
            "informational_modifier": "Modifier that informs wrong or missing, or modifiers out of order",
            "units": "Units wrong",
            "pointer": "Diagnosis pointer wrong",
            "support": "Risk adjustment: supported in another way than marked",
            "sentence": "Other words marked than those that decide the line",
        },
    ),
)
CHARACTERS = tuple(GROUPS[2].labels)[:5]
# As they stand on the page: whole numbers, the ladder in per cent.
DEFAULTS = {
    group.part + "-" + name: int(LEARNING[name] * 100) if group.part == "learning" else WEIGHTED[name]
    for group in GROUPS
    for name in group.labels
}


def not_whole(label: str) -> str:
    return f"“{label}” is not a whole number from 0 to 100. Type one, without a sign."


def too_many_characters(together: int) -> str:
    return f"The five characters come to {together} per cent. Lower them until they come to 100 or less."


def differing(changes: dict[str, dict[str, Any]]) -> Iterator[str]:
    """What a house grades otherwise, each as “name 50 instead of 25”."""
    for group in GROUPS:
        sign = "\N{NO-BREAK SPACE}%" if group.part == "learning" else ""
        for name, label in group.labels.items():
            if name in changes.get(group.part, {}):
                mine = changes[group.part][name]
                number = round(mine * 100) if sign else mine
                yield f"{label} {number}{sign} instead of {DEFAULTS[f'{group.part}-{name}']}{sign}"
