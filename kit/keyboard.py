"""Every keyboard shortcut, once: the page under `?`, the handlers and the tests all read this table."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Place(StrEnum):
    EVERYWHERE = "everywhere"
    WORKSPACE = "workspace"
    CODE_BOX = "code_box"
    POA = "poa"
    PCS = "pcs"
    EXAM = "exam"


PLACE_TITLES = {
    Place.EVERYWHERE: "Everywhere",
    Place.WORKSPACE: "Chart workspace",
    Place.CODE_BOX: "Code box",
    Place.POA: "POA cell",
    Place.PCS: "ICD-10-PCS builder",
    Place.EXAM: "Exam",
}

# "Mod" is Ctrl, or Command on a Mac. Never Alt with a letter or digit, Ctrl with a digit, or a function key.
WORDS = {"ArrowUp": "↑", "ArrowDown": "↓", "ArrowLeft": "←", "ArrowRight": "→", "Escape": "Esc", "Mod": "Ctrl or ⌘"}
LONGEST_ROW = 4


@dataclass(frozen=True, slots=True)
class Shortcut:
    """`keys` are alternatives; `g d` is g, then d. Without an `action` the focused control itself answers.

    The target is pressed, or only given the focus: no key submits a chart or an exam.
    """

    where: Place
    keys: tuple[str, ...]
    does: str
    action: str = ""
    gives_focus: bool = False

    @property
    def shown(self) -> list[list[str]]:
        """Each alternative as the keys to draw, in order; a long row of keys by its ends."""
        keys = self.keys if len(self.keys) <= LONGEST_ROW else (self.keys[0], self.keys[-1])
        return [[WORDS.get(part, part) for part in key.replace("+", " ").split()] for key in keys]

    @property
    def joined_by(self) -> str:
        return "or" if len(self.keys) <= LONGEST_ROW else "to"

    @property
    def hint(self) -> str:
        return f" {self.joined_by} ".join(" ".join(parts) for parts in self.shown)

    @property
    def aria(self) -> str:
        """For `aria-keyshortcuts`, which knows alternatives but no sequences."""
        single = [key for key in self.keys if " " not in key]
        return " ".join(option for key in single for option in aria_names(key))


def aria_names(key: str) -> list[str]:
    if key.startswith("Mod+"):
        return [key.replace("Mod", "Control"), key.replace("Mod", "Meta")]
    return [key]


P = Place
SHORTCUTS = (
    Shortcut(P.EVERYWHERE, ("/",), "Go to search; in the workspace, to the code box", "search", gives_focus=True),
    Shortcut(P.EVERYWHERE, ("?",), "Show this list", "keys"),
    Shortcut(P.EVERYWHERE, ("Escape",), "Close the top-most sheet or list", "close"),
    Shortcut(P.EVERYWHERE, ("g d",), "Go to your start page", "go-home"),
    Shortcut(P.EVERYWHERE, ("g p",), "Go to practice", "go-practise"),
    Shortcut(P.EVERYWHERE, ("g e",), "Go to exams", "go-exams"),
    Shortcut(P.EVERYWHERE, ("g b",), "Go to the code book", "go-book"),
    Shortcut(P.WORKSPACE, ("1",), "Go to the documents", "documents", gives_focus=True),
    Shortcut(P.WORKSPACE, ("2",), "Go to the chart", "chart", gives_focus=True),
    Shortcut(P.WORKSPACE, ("3",), "Go to the codes", "codes", gives_focus=True),
    Shortcut(P.WORKSPACE, ("[",), "Previous document", "previous-document"),
    Shortcut(P.WORKSPACE, ("]",), "Next document", "next-document"),
    Shortcut(P.WORKSPACE, ("j",), "Next code line", "next-line"),
    Shortcut(P.WORKSPACE, ("k",), "Previous code line", "previous-line"),
    Shortcut(P.WORKSPACE, ("p",), "Put the current line first: principal or first-listed", "make-first"),
    Shortcut(P.WORKSPACE, ("Alt+ArrowUp",), "Move the current line up", "line-up"),
    Shortcut(P.WORKSPACE, ("Alt+ArrowDown",), "Move the current line down", "line-down"),
    Shortcut(P.WORKSPACE, ("x",), "Remove the current line", "remove-line"),
    Shortcut(P.WORKSPACE, ("u",), "Undo the last removal", "undo"),
    Shortcut(P.WORKSPACE, ("Mod+Enter",), "Go to the check before submitting", "check", gives_focus=True),
    Shortcut(P.CODE_BOX, ("ArrowDown",), "Next suggestion"),
    Shortcut(P.CODE_BOX, ("ArrowUp",), "Previous suggestion"),
    Shortcut(P.CODE_BOX, ("Enter",), "Take the suggestion; on a header, open the codes below it"),
    Shortcut(P.CODE_BOX, ("Shift+Enter",), "Take the suggestion and keep the list"),
    Shortcut(P.CODE_BOX, ("ArrowRight",), "Open the codes below a header, or the 7th characters of a code"),
    Shortcut(P.CODE_BOX, ("ArrowLeft",), "Back to the list before"),
    Shortcut(P.CODE_BOX, ("Escape",), "Close the suggestions"),
    Shortcut(P.POA, ("y", "n", "u", "w"), "Set present on admission: yes, no, unknown, undetermined"),
    Shortcut(P.PCS, tuple("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"), "Choose that value in the column"),
    Shortcut(P.PCS, ("Backspace",), "Back to the column before"),
    Shortcut(P.PCS, ("ArrowDown",), "Next value"),
    Shortcut(P.PCS, ("ArrowUp",), "Previous value"),
    Shortcut(P.PCS, ("Enter",), "Choose the value; at the end, open the code"),
    Shortcut(P.EXAM, tuple("abcde"), "Choose that option", "choose"),
    Shortcut(P.EXAM, tuple("123456789"), "Choose that option by number", "choose"),
    Shortcut(P.EXAM, ("]",), "Next item", "next-item"),
    Shortcut(P.EXAM, ("[",), "Previous item", "previous-item"),
    Shortcut(P.EXAM, ("f",), "Flag the item, or remove the flag", "flag"),
    Shortcut(P.EXAM, ("r",), "Go to the review of all items", "review"),
    Shortcut(P.EXAM, ("t",), "Hide or show the clock", "clock"),
    Shortcut(P.EXAM, ("k",), "Open the code book in a new tab, where the exam allows it", "books"),
)


def by_place() -> list[tuple[str, list[Shortcut]]]:
    """The table as the page shows it."""
    return [(title, [s for s in SHORTCUTS if s.where == place]) for place, title in PLACE_TITLES.items()]


def for_scripts() -> list[dict[str, Any]]:
    """On every page, so without what says nothing. The first of each place has its title."""
    return [{name: value for name, value in _for_script(s).items() if value} for s in SHORTCUTS]


def _for_script(s: Shortcut) -> dict[str, Any]:
    joined_by = s.joined_by if len(s.shown) > 1 else ""
    is_first = next(other for other in SHORTCUTS if other.where == s.where) is s
    title = PLACE_TITLES[s.where] if is_first else ""
    return {**asdict(s), "shown": s.shown, "joined_by": joined_by, "title": title}
