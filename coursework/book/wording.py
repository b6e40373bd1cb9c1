"""What the code book says: its volumes, what each kind of note means, what happened to a code, what is not loaded."""

from collections.abc import Sequence

from codesets.history import Change, ChangeKind
from codesets.lives import Life
from codesets.models import NoteKind, Release
from kit.templatetags.kit import day

OWN_BOOK_MODE = (
    "Book mode is on: you leaf through the book as on paper, and its search is off. Start at a main term of the Index, "
    "then check in the Tabular."
)
TERM, SEE, SEE_ALSO = "Term", "see", "see also"
TABULAR, GUIDELINES = "Tabular List", "Guidelines"
PCS_TABLES = "ICD-10-PCS"
MARK_LEFT, MARK_REMOVED = "{} kept.", "{} removed."
MARKS_CLOSED = "The rules of the exam that you are sitting allow no tabs, notes or highlights of your own."
NEEDS_MORE = "needs more characters"
PACKAGED = "fixtures/"  # the source of what every install holds

VOLUMES = {
    "index": (
        "Alphabetic Index",
        "Find the main term of the diagnosis, go down its subterms, then check in the Tabular.",
    ),
    "external-causes": ("External Cause Index", "How, where and doing what it happened: codes from V, W, X and Y."),
    "neoplasms": (
        "Table of Neoplasms",
        "By site and behavior. If the record names the histology, look that up in the Alphabetic Index first.",
    ),
    "drugs": (
        "Table of Drugs and Chemicals",
        "By substance and intent. T36 to T65 still take a 7th character: the page of a code shows the finished ones.",
    ),
    "procedures": (
        "Index of Procedures",
        "A term leads to the beginning of a code, and the tables to the rest; “use” names the value that a word means.",
    ),
}
# What to open where there is no search: the name of its address, the words in it, title and sentence.
BOOKS = (
    ("volume", ["index"], *VOLUMES["index"]),
    ("tabular", [], "Tabular List", "Every code in its place, with the notes that govern it."),
    *(("volume", [slug], *words) for slug, words in VOLUMES.items() if slug != "index"),
    ("guidelines", [], "Official Guidelines", "What the conventions mean, chapter by chapter."),
    ("pcs", [], "ICD-10-PCS", "The Index of procedures and the tables, character by character."),
    ("hcpcs", [], "HCPCS Level II", "Supplies, drugs and services by section, with the modifiers."),
    ("ms_drg", [], "MS-DRGs", "The payment groups of hospital stays, with weight and length of stay."),
)
NEOPLASM_COLUMNS = (
    ("2", "Malignant primary"),
    ("3", "Malignant secondary"),
    ("4", "Ca in situ"),
    ("5", "Benign"),
    ("6", "Uncertain behavior"),
    ("7", "Unspecified behavior"),
)
DRUG_COLUMNS = (
    ("2", "Poisoning, accidental"),
    ("3", "Poisoning, self-harm"),
    ("4", "Poisoning, assault"),
    ("5", "Poisoning, undetermined"),
    ("6", "Adverse effect"),
    ("7", "Underdosing"),
)
# What each kind of note asks of a coder, and the section of the guidelines that says so.
NOTES = {
    NoteKind.INCLUSION_TERM: (
        "Conditions that this code is for. The list is not exhaustive: the Index may lead here with other words.",
        "I.A.11",
    ),
    NoteKind.INCLUDES: ("Defines the category further or gives examples of what belongs to it.", "I.A.10"),
    NoteKind.EXCLUDES1: (
        "Not coded here: the two conditions cannot occur together, so only one of the codes is reported. "
        "Both may stand when the conditions are unrelated to each other; if that is unclear, query the provider.",
        "I.A.12.a",
    ),
    NoteKind.EXCLUDES2: (
        "Not included here: the other condition is no part of this one. A patient may have both; then both are coded.",
        "I.A.12.b",
    ),
    NoteKind.CODE_FIRST: (
        "The underlying condition comes first, if there is one; this code follows it.",
        "I.A.13",
    ),
    NoteKind.USE_ADDITIONAL: (
        "A second code completes the picture, if the record supports it. It follows this code.",
        "I.A.13",
    ),
    NoteKind.CODE_ALSO: (
        "Two codes may be needed. Which comes first depends on the circumstances of the encounter.",
        "I.A.17",
    ),
    NoteKind.SEVENTH_CHARACTER: (
        "The code is not complete without its 7th character. Empty places before it are filled with the placeholder X.",
        "I.A.5",
    ),
    NoteKind.NOTE: (
        "Read it before you choose a code here; it governs everything below the place where it stands.",
        "",
    ),
}
CHANGES = {
    ChangeKind.ADDED: "Added",
    ChangeKind.REINSTATED: "Reinstated",
    ChangeKind.REVISED: "Title revised",
    ChangeKind.BECAME_HEADER: "Became a header: claims need a more specific code",
    ChangeKind.BECAME_BILLABLE: "Became billable",
    ChangeKind.DELETED: "Deleted",
}
# The edits of the Medicare Code Editor that refuse a code as principal diagnosis, and what each of them means.
MCE_REFUSES = {
    "E_CODE_AS_PDX": "An external cause says how it happened; the injury or condition comes first.",
    "MANIFESTATION_AS_PDX": "A manifestation follows the disease that causes it.",
    "UNACCEPTABLE_PDX": "It says something about the patient or the course, not why the patient was admitted.",
}
NO_GROUP = "The grouper accepts it as no reason for a stay."


def not_held(label: str) -> str:
    return f"no code of {label}" if label else ""


def extent(release: Release, headwords: int) -> str:
    """Which edition this is and how much of it is here."""
    if not release.source.startswith(PACKAGED):
        return f"{release.label}, {headwords:,} headwords."
    return (
        f"{release.label}: a selection of {headwords:,} headwords with few subterms, which every install holds. "
        f"For the whole book an institution admin loads the official file on the page Code sets."
    )


def change(found: Change) -> str:
    before = f", before: “{found.title_before}”" if found.title_before else ""
    return f"{CHANGES[found.kind]}{before}"


def life(lives: Sequence[Life], oldest_first: Sequence[Release]) -> str:
    """When claims took the code, as far as the loaded editions tell."""
    return "; ".join(_span(each, oldest_first[0], oldest_first[-1]) for each in lives)


def _span(life: Life, oldest: Release, newest: Release) -> str:
    start = f"from {day(life.starts)}" if life.starts else f"on and before {day(oldest.effective_from)}"
    end = f"to {day(life.ends)}" if life.ends else f"still in {newest.label}, the newest edition loaded here"
    return f"{start}, {end}"


def lived(code: str, label: str, life: str) -> str:
    """Why a code has no page in this edition."""
    return f"{code} is not a code of {label}. Claims took it {life}."


def no_section(name: str, label: str) -> str:
    return f"The Tabular List of {label}, as it is loaded here, has no chapter or block {name}."


def unchanged(oldest_first: Sequence[Release]) -> str:
    return f"No change in {', '.join(each.label for each in oldest_first)}."


def page_name(book: str, at: str, *, is_chapter: bool) -> str:
    """A page as lists name it: "Tabular List: E11.22"."""
    return f"{book}: {'chapter ' if is_chapter else ''}{at}" if at else book
