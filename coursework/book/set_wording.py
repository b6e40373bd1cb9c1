"""What the pages of ICD-10-PCS, HCPCS Level II and the MS-DRGs say. Nothing is decided here."""

from codesets.lives import Life
from codesets.models import Release, System
from kit.templatetags.kit import day

# What stands above each column until a table names it
PCS_COLUMNS = ("Section", "Body system", "Operation or type", "", "", "", "")
MISSING = {
    System.PCS_TABLES: ("ICD-10-PCS tables", "icd10pcs_tables_2026.xml, cms.gov, “ICD-10 files”"),
    System.PCS_INDEX: ("ICD-10-PCS Index", "icd10pcs_index_2026.xml, cms.gov, “ICD-10 files”"),
    System.HCPCS: ("HCPCS Level II", "the quarterly ANWEB file, cms.gov, “HCPCS Quarterly Update”"),
    System.MS_DRG: ("MS-DRG weights", "Table 5 of the final rule as text, cms.gov, “IPPS”"),
}
COVERAGE = {
    "C": "Carrier judgment: the Medicare contractor decides",
    "D": "Special coverage instructions apply",
    "I": "Not payable by Medicare",
    "M": "Not covered by Medicare",
    "S": "Not covered by Medicare, by statute",
}
DRG_KINDS = {"SURG": "Surgical", "MED": "Medical", "": "Not grouped"}


def missing_book(system: System) -> tuple[str, str]:
    """What is not loaded, and who loads which official file where."""
    name, file = MISSING[system]
    return f"No {name} yet", f"An institution admin loads it on the page Code sets: {file}."


def pcs_meaning(definition: str, explanation: str = "", includes: str = "") -> str:
    """The official definition, its explanation and what it includes, as sentences."""
    parts = (definition, explanation, f"Includes: {includes.replace('; ', ', ')}" if includes else "")
    return " ".join(part if part.endswith(".") else f"{part}." for part in parts if part)


def cannot_follow(dropped: str, so_far: str) -> str:
    if not so_far:
        return f"No ICD-10-PCS code of this year begins with {dropped[0]}."
    return f"{dropped[0]} cannot follow {so_far} in this year’s tables. Choose one of these."


def not_in_list(code: str, release: Release) -> str:
    return f"The tables make {code}, but the list of {release} does not hold it: a claim of that year is refused."


def no_list(name: str) -> str:
    return f"The list of codes of {name} is not loaded, so the title is not known and nobody checked that it is valid."


def not_in_tables(code: str, tables: Release | None, name: str) -> str:
    if tables is None:
        return f"The tables of {name} are not loaded, so what each character means cannot be shown."
    return f"{code} is in the list, but no row of the loaded tables makes it. They are {tables.label}."


def no_such(typed: str) -> str:
    return f"No {typed} here"


def unknown_in(typed: str, release: Release) -> str:
    return f"{release} does not hold {typed}. Another edition may."


def unknown_procedure(typed: str, name: str) -> str:
    return f"“{typed}” is not an ICD-10-PCS code of {name}: neither its list nor its tables hold it."


def unknown_table(typed: str, tables: Release, count: int) -> str:
    return f"There is no table {typed} among the {count} tables of {tables} that are loaded."


def lifetime(life: Life) -> str:
    """How long claims have taken the code, as far as the loaded releases tell."""
    starts = f"from {day(life.starts)}" if life.starts else "since before the oldest list that is loaded"
    return f"Valid {starts}" + (f" to {day(life.ends)}" if life.ends else "")
