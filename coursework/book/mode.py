"""Is the book open without its search: by its reader's own switch, or by the rules of an exam?"""

from dataclasses import dataclass

from django.http import HttpRequest

from coursework.book import wording

SWITCH = "book_mode"


@dataclass(frozen=True)
class Mode:
    """`because` says why the search is off; only one's own switch can be switched back."""

    is_on: bool = False
    because: str = ""
    is_own: bool = True


def mode_of(request: HttpRequest) -> Mode:
    if not request.book_rule.allows_search:
        return Mode(is_on=True, because=request.book_rule.because, is_own=False)
    if request.session.get(SWITCH):
        return Mode(is_on=True, because=wording.OWN_BOOK_MODE)
    return Mode()


def switch(request: HttpRequest, *, is_on: bool) -> None:
    """Remembered until its reader logs out."""
    request.session[SWITCH] = is_on
