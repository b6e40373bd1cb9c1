"""What the weights are called, on the page that changes them and in the feedback on a chart."""

from grading.weights import DEFAULT, Weights

SAVED = "Saved. Charts that are submitted from now on are graded by these weights."
CHANGED_MEANWHILE = (
    "Somebody else changed the weights while you had this page open, so yours were not saved. Below are the ones in "
    "force now: change them and save again."
)
NOTHING_COUNTS = "All weights are 0, so nothing would count. Give at least one of them a number above 0."
# By table: the part of the weights, the caption, and each number in words.
GROUPS = (
    ("weighted", "Weighted accuracy: how much each part counts", {
        "principal": "Principal or first-listed diagnosis",
        "severe_diagnoses": "Other diagnoses that are a CC, an MCC or an HCC",
        "other_diagnoses": "All other diagnoses, and decisions",
        "procedures": "Procedures, services and supplies", "poa": "POA indicators", "drg": "MS-DRG",
        "disposition": "Discharge disposition", "sequence": "Order of two codes, where a rule decides",
        "modifier": "Modifiers", "units": "Units", "pointer": "Diagnosis pointers",
        "evidence": "Words marked as evidence, where the chart scores them",
    }),
    ("learning", "Learning score: what a near miss keeps", {
        "less_specific": "Less specific than the chart",
        "severity_lost": "Less specific, and a CC, an MCC or an HCC is lost",
        "wrong_7th_character": "Another 7th character", "wrong_side": "The other side of the body",
        "header": "A heading instead of a finished code",
        "more_specific_than_documented": "More specific than the chart documents",
        "sibling_condition": "A neighbor of the right code, but another condition",
    }),
    ("learning", "Learning score: ICD-10-PCS, character by character", {
        "pcs_root_operation": "Root operation, the 3rd character", "pcs_body_part": "Body part, the 4th character",
        "pcs_approach": "Approach, the 5th character", "pcs_device": "Device, the 6th character",
        "pcs_qualifier": "Qualifier, the 7th character",
        "pcs_wrong_body_system": "The right root operation in another body system",
        "pcs_drg_changed": "At most, if the stay groups to another DRG with it",
    }),
    ("learning", "Learning score: what a right code with a fault keeps", {
        "poa": "POA indicator wrong or missing",
        "payment_modifier": "Modifier that decides the payment wrong or missing",
        "override_missing": "Modifier missing without which an edit denies the service",
        "override_unsupported": "Modifier that overrides an edit, not supported by the chart",
        "informational_modifier": "Modifier that informs wrong or missing, or modifiers out of order",
        "units": "Units wrong", "pointer": "Diagnosis pointer wrong",
        "support": "Risk adjustment: supported in another way than marked",
        "sentence": "Other words marked than those that decide the line",
    }),
)  # fmt: skip
LABELS = {f"{part}-{name}": label for part, _, labels in GROUPS for name, label in labels.items()}
UNITS = {"weighted": ("Weight", "", 1), "learning": ("Per cent", "\N{NO-BREAK SPACE}%", 100)}


def shown(weights: Weights) -> dict[str, int]:
    """Each number as the page has it, by the name of its field: the ladder in per cent."""
    places = {field: field.split("-") for field in LABELS}
    return {field: round(getattr(weights, part)[name] * UNITS[part][2]) for field, (part, name) in places.items()}


DEFAULTS = shown(DEFAULT)


def not_whole(label: str) -> str:
    return f"“{label}” is not a whole number from 0 to 100. Type one, without a sign."


def too_many_characters(together: int) -> str:
    return f"The five characters come to {together} per cent. Lower them until they come to 100 or less."


def differing(weights: Weights) -> list[str]:
    """What a house grades otherwise than by the defaults."""
    changed = [(field, number) for field, number in shown(weights).items() if number != DEFAULTS[field]]
    signs = {field: UNITS[field.split("-")[0]][1] for field, _ in changed}
    return [f"{LABELS[of]} {number}{signs[of]} instead of {DEFAULTS[of]}{signs[of]}" for of, number in changed]
