"""Which loaded edition an address names: "FY2025", "October-2025". An edition without that name is not there."""

from collections.abc import Callable

from django.http import Http404

from codesets.models import Release, System
from coursework.book.shelf import Shelf

Year = tuple[str, str, bool]


def named(release: Release) -> str:
    """The name in an address: the label up to its first comma, "FY2026" of "FY2026, tables of FY2025"."""
    return release.label.partition(",")[0].replace(" ", "-")


def edition_named(shelf: Shelf, system: System, name: str) -> Release | None:
    return next((release for release in shelf.editions(system) if named(release) == name), None)


def edition_or_404(shelf: Shelf, system: System, name: str) -> Release:
    if found := edition_named(shelf, system, name):
        return found
    raise Http404


def nearest(shelf: Shelf, system: System, name: str) -> Release | None:
    """The edition of that name, or else the newest: another year is better than nothing, if it says so."""
    return edition_named(shelf, system, name) or shelf.newest(system)


def years(shelf: Shelf, shown: Release, address: Callable[[str], str]) -> list[Year]:
    """The editions to switch between; nothing where there is no other."""
    held = shelf.editions(System(shown.system))
    return [(each.label, address(named(each)), each == shown) for each in held] if len(held) > 1 else []
