"""Everything that one page says about one code, in a fixed number of statements."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html

from accounts.models import User
from codesets.differences import Held
from codesets.history import changes_of
from codesets.lives import Life, unbroken
from codesets.models import Code, HccMapping, Release, System
from coursework.book import guidelines, payment, tabular, wording
from coursework.book.editions import Year, years
from coursework.book.entries import ways_to
from coursework.book.links import Links, links_for
from coursework.book.notes import held_groups
from coursework.book.principal import as_principal
from coursework.book.shelf import Shelf
from coursework.book.uses import cases_using, lessons_naming
from kit.tables import Column, Kind, Table


def code_page(code: Code, shelf: Shelf, user: User) -> dict[str, Any]:
    held, below = code.inherited_notes(), tabular.below(code)
    links = links_for(code.release, [each.text for each in (*held, *below.notes)])
    sections, guidelines_of = guidelines.concerning(code, shelf)
    ways, further_ways = ways_to(code, shelf)
    editions = shelf.editions(System.ICD10CM)
    return {
        "code": code,
        "ancestors": list(code.ancestors),
        "neighbors": list(code.siblings),
        "notes": held_groups(tabular.without_choices(held, code, below), links),
        "rows": below.rows(code, links),
        "finished": finished_table(below.finished, tabular.seventh_meanings(held)),
        "severity": payment.severity(code, shelf) if code.billable else None,
        "principal": as_principal(code, shelf) if code.billable else None,
        "hccs": hcc_table(payment.payment_hccs(code, shelf)),
        "ways": ways,
        "further_ways": further_ways,
        "sections": sections,
        "guidelines_of": guidelines_of,
        "lessons": lessons_naming(code, user),
        "cases": cases_using(code, user),
        "years": code_years(editions, code.dotted, code.release),
        **history(editions, code.code),
    }


def history(editions: list[Release], code: str) -> dict[str, Any]:
    """Its life and what changed, over every edition loaded."""
    oldest_first = editions[::-1]
    held = held_in(oldest_first, code)
    changes = [(found.on, found.release, wording.change(found)) for found in changes_of(oldest_first, held)]
    return {
        "life": wording.life(lives(oldest_first, held), oldest_first),
        "changes": changes[::-1],
        "unchanged": "" if changes else wording.unchanged(oldest_first),
    }


def held_in(editions: list[Release], code: str) -> dict[int, Held]:
    found = Code.objects.filter(release__in=editions, code=code).order_by()
    rows = found.values_list("release", "title", "billable")
    return {release: Held(title, billable) for release, title, billable in rows}


def lives(oldest_first: list[Release], held: dict[int, Held]) -> list[Life]:
    return list(unbroken(oldest_first, [pk for pk, row in held.items() if row.billable]))


def code_years(editions: list[Release], code: str, shown: Release | None) -> list[Year]:
    """The same code in several editions."""
    return years(editions, shown, lambda each: reverse("code_in_release", args=[each.label, code]))


def finished_table(finished: list[Code], meanings: dict[str, str]) -> Table | None:
    if not finished:
        return None
    links = Links(finished[0].release.label, {each.code: each.billable for each in finished})
    rows = [(each.code[-1], links.short(each.dotted), meanings.get(each.code[-1], each.title)) for each in finished]
    columns = (Column("7th", kind=Kind.CODE), Column("Code", kind=Kind.CODE), "Meaning")
    return Table("The finished codes", columns, tuple(rows))


def hcc_table(found: list[HccMapping] | None) -> Table | None:
    """None: no mapping of that year is loaded."""
    if found is None:
        return None
    rows = tuple((format_html("{}", each.model), each.hcc, each.release.label) for each in found)
    columns = ("Model", Column("HCC", kind=Kind.NUMBER), "Payment year")
    return Table("Payment HCCs", columns, rows)
