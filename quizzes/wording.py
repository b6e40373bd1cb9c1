"""The sentences of exams: why something is refused, what is saved, what a state is called."""

from datetime import datetime
from zoneinfo import ZoneInfo

from accounts.models import User
from codesets.open_book import Book
from kit.templatetags.kit import moment
from quizzes.forms.models import Administration
from quizzes.sitting.models import Sitting

STATE = {
    Sitting.State.OPEN: "In progress",
    Sitting.State.SUBMITTED: "Submitted",
    Sitting.State.LAPSED: "Time ran out",
    None: "Not started",
}
PASSED = {True: "pass", False: "below the cut"}
NO_SUCH_SLOT = "This sitting has no such item. Open the exam again from your list of exams."
BAD_SHAPE = "This answer could not be read. Reload the page and choose again."
KEY_REUSED = "This save was sent before with another answer. Reload the page and choose again."
ANSWER_MOVED = "This item was answered in another window. The answer saved there is shown; change it here if you want."
CLOSED = (
    "This sitting is closed. Your answer arrived too late and does not count; the first one to each item is kept for "
    "your instructor to see."
)
SQLITE_SEATS = 30
OWN_MARKS = {
    True: "Allowed. Your tabs, notes and highlights stand in the code book while you sit.",
    False: "Not allowed. The code book shows none and takes none until you have submitted.",
}
BOOK = {
    Book.WITH_SEARCH: "Use your own printed book of this edition, or the code book here with its search.",
    Book.BOOK_MODE: "Use your own printed book of this edition, or the code book here in book mode: Index, Tabular, "
    "tables and guidelines, without its search, until you submit.",
    Book.NONE: "No book may be used. The code book here closes when you start and opens again when you submit.",
}
BOOK_WITHHELD = {
    Book.BOOK_MODE: "The exam that you are sitting allows the book without its search. Look the term up in the Index; "
    "the search is on again when you have submitted.",
    Book.NONE: "The exam that you are sitting allows no book. The code book opens again when you have submitted, "
    "or when the time of the exam is over.",
}
TOO_MANY = "You can choose {most}. Take one away before you choose another."
ALREADY_RELEASED = "The scores were released before."
RELEASED = "The scores are released. Students see them now, with every key and reason."
SAVE_WITHOUT_SCRIPT = "Answers are saved when you go on."
NOT_RELEASED = "The scores are not released yet. Your instructor releases them; your answers are saved."


def chosen_of(most: int, count: int) -> str:
    return f"{count} of {most} chosen"


def not_open(administration: Administration, user: User, now: datetime) -> str:
    if administration.is_released:
        return "The scores of this exam are released, so it can no longer be started. Ask your instructor for another."
    if now < administration.opens_at:
        return f"This exam opens on {moment(administration.opens_at, user)}. Come back then; nothing is started yet."
    return (
        f"This exam closed on {moment(administration.closes_at, user)}. Ask your instructor if you need another date."
    )


def clock_time(at: datetime, user: User) -> str:
    """To the second, in the reader's zone."""
    return f"{at.astimezone(ZoneInfo(user.time_zone)):%H:%M:%S %Z}"


def closed(sitting: Sitting, user: User) -> str:
    at = clock_time(sitting.closed_at, user) if sitting.closed_at else ""
    if sitting.close_reason == Sitting.CloseReason.TIME:
        return f"Time is up. Your answers were saved at {at}."
    return f"You submitted this exam at {at}. Your answers are saved."


def late_answers(count: int) -> str:
    came = "1 answer came" if count == 1 else f"{count} answers came"
    return f"{came} after the time or the submit. What was sent first to each item is kept here and does not count."


def released_on(administration: Administration, user: User) -> str:
    if administration.released_at is None:
        return ""
    return (
        f"Released on {moment(administration.released_at, user)}. Students see their scores, every key and its reasons."
    )


def too_many_for_sqlite(students: int) -> str:
    return (
        f"{students} students may sit this exam. This site runs on SQLite, which is meant for up to {SQLITE_SEATS} "
        "at once; run it on PostgreSQL for a larger class."
    )


def release_warning(still_open: int, window_open: bool) -> str:
    """Releasing shows every key: staff hear who could still profit from it."""
    reasons = []
    if still_open:
        reasons.append(
            "1 student is still sitting this exam"
            if still_open == 1
            else f"{still_open} students are still sitting this exam"
        )
    if window_open:
        reasons.append("the window is still open")
    return (
        f"{' and '.join(reasons).capitalize()}. Releasing now shows the keys to those who have finished."
        if reasons
        else ""
    )
