"""What the find-it drills say: what each task asks, what an answer was worth, why there is nothing to drill."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

TABULAR = "Tabular List"
PCS_TABLES = "ICD-10-PCS tables"
NOTHING_LOADED = "No Index or Tabular is loaded here, so there is nothing to find. An institution admin loads them."
HINT = "A code or one character, with or without its dot. A task that you pass counts as not found."
PASSED = "passed"
BADGES = {True: ("exact", "Found"), False: ("wrong", "Not found")}


def from_index(path: str) -> str:
    return f"Find “{path}”. Which code does it lead to?"


def from_reference(path: str) -> str:
    return f"Find “{path}” and follow its reference. Which code stands where it leads?"


def from_cell(path: str, column: str) -> str:
    return f"Find “{path}”. Which code is printed in the column “{column}”?"


def from_note(code: str) -> str:
    return f"Go to {code}. Its Excludes 1 note sends another condition elsewhere: to which code?"


def from_seventh(code: str, title: str, meaning: str) -> str:
    return f"Go to {code}, {title}. Build the finished code for: {meaning}."


def from_table(table: str, axis: str, value: str) -> str:
    return f"Open table {table}. Which character stands for “{value}” as {axis}?"


def note_there(code: str, text: str) -> str:
    return f"Excludes 1 at {code}: {text}"


def seventh_there(code: str, character: str, meaning: str) -> str:
    return f"7th character of {code}: {character}, {meaning}"


def value_there(table: str, axis: str, character: str, value: str) -> str:
    return f"Table {table}, {axis}: {character} {value}"


def said(place: int, count: int, *, is_right: bool) -> str:
    return f"Task {place} of {count}: {'found' if is_right else 'not found'}"


def score(right: int, count: int) -> str:
    return f"{right} of {count} found"


def not_finished(done: int, count: int) -> str:
    return f"not finished, {done} of {count} answered"


def linked(words: str, url: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', url, words)
