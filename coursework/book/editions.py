"""Which loaded edition an address names: "FY2025", "October-2025". An edition without that name is not there."""

from collections.abc import Callable, Iterable

from django.http import Http404
from django.urls import reverse

from codesets.models import Release, System
from coursework.book.shelf import Shelf

Year = tuple[str, str, bool]
# By code set and length of the code: a table or a code of ICD-10-PCS, a code of HCPCS.
PAGES = {(System.ICD10PCS, 3): "pcs_table", (System.ICD10PCS, 7): "pcs_code", (System.HCPCS, 5): "hcpcs_code"}


def named(release: Release) -> str:
    return name_of(release.label)


def name_of(label: str) -> str:
    """The name in an address: the label up to its first comma, "FY2026" of "FY2026, tables of FY2025"."""
    return label.partition(",")[0].replace(" ", "-")


def address_of(system: str, label: str, code: str) -> str:
    """Where a code of any code set stands in the book."""
    if system == System.ICD10CM:
        return reverse("code_in_release", args=[label, code])
    if page := PAGES.get((system, len(code))):
        return reverse(page, args=[name_of(label), code])
    if system == System.ICD10PCS:
        return builder_address(name_of(label), code)
    return f"{reverse('hcpcs_modifiers', args=[name_of(label)])}#{code}"


def builder_address(edition: str, so_far: str) -> str:
    """The beginning of a procedure code, where the rest of it is chosen."""
    return f"{reverse('pcs_builder', args=[edition])}?so_far={so_far}"


def edition_named(shelf: Shelf, system: System, name: str) -> Release | None:
    return next((release for release in shelf.editions(system) if named(release) == name), None)


def edition_or_404(shelf: Shelf, system: System, name: str) -> Release:
    if found := edition_named(shelf, system, name):
        return found
    raise Http404


def nearest(shelf: Shelf, system: System, name: str) -> Release | None:
    """The edition of that name, or else the newest: another year is better than nothing, if it says so."""
    return edition_named(shelf, system, name) or shelf.newest(system)


def years(editions: Iterable[Release], shown: Release | None, address: Callable[[Release], str]) -> list[Year]:
    """The same page in each of these editions: label, address, whether it is the one shown."""
    return [(each.label, address(each), each == shown) for each in editions]
