"""The pages of ICD-10-PCS: the builder over the tables, one code with the meaning of its characters."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_safe

from codesets.lives import lives_of
from codesets.models import Code, IndexEntry, Release, System
from codesets.pcs_rows import LENGTH
from coursework.book import set_wording as wording
from coursework.book.absent import not_there
from coursework.book.editions import builder_address, edition_named, edition_or_404, named, nearest, years
from coursework.book.procedures import TABLE, Builder, build, row_numbers
from coursework.book.shelf import Shelf, open_shelf
from kit.tables import Table


@login_required
@require_safe
def pcs_builder(request: HttpRequest, edition: str, table: str = "") -> HttpResponse:
    """Every choice is an address, so that a way through the columns can be shared and walked without script."""
    shelf = open_shelf()
    tables = edition_or_404(shelf, System.PCS_TABLES, edition)
    builder = build(tables, table or request.GET.get("so_far", ""), nearest(shelf, System.PCS_DEFINITIONS, edition))
    if table and builder.table != table.upper():
        return not_there(request, table, wording.unknown_table(table, tables, builder.tables))
    page = _page(shelf, tables, builder) | _finished(shelf, edition, builder)
    page["printed"] = printed_table(builder) if builder.table else None
    return render(request, "coursework/book/pcs_builder.html", page)


def _page(shelf: Shelf, tables: Release, builder: Builder) -> dict:
    editions = shelf.editions(System.PCS_TABLES)
    return {
        "edition": named(tables),
        "tables": tables,
        "years": years(editions, tables, lambda each: builder_address(named(each), builder.so_far)),
        "has_index": bool(shelf.newest(System.PCS_INDEX)),
        "definitions": nearest(shelf, System.PCS_DEFINITIONS, named(tables)),
        "builder": builder,
        "refused": wording.cannot_follow(builder.dropped, builder.so_far) if builder.dropped else "",
    }


def _finished(shelf: Shelf, edition: str, builder: Builder) -> dict:
    """The code at the end of the way, and what the list of its year says about it."""
    if not builder.is_complete:
        return {}
    return {"code": builder.so_far, **_listed(edition_named(shelf, System.ICD10PCS, edition), edition, builder.so_far)}


def _listed(release: Release | None, edition: str, code: str) -> dict:
    if release is None:
        return {"listed": None, "doubt": wording.no_list(edition)}
    listed = Code.objects.in_release(release).filter(code=code).billable().first()
    return {"listed": listed, "doubt": "" if listed else wording.not_in_list(code, release)}


def printed_table(builder: Builder) -> Table:
    """The rows as the book prints them: what stands in one row may be combined."""
    columns = ("Row", *(f"{column.place} {column.title}" for column in builder.columns[TABLE:]))
    rows = tuple((number, *map(_values, row[TABLE:])) for number, row in enumerate(builder.rows, 1))
    return Table(f"Table {builder.table} as printed", columns, rows)


def _values(axis: dict[str, str]) -> str:
    lines = format_html_join("", '<li><span class="code">{}</span> {}</li>', axis.items())
    return format_html('<ul class="pcs-values">{}</ul>', lines)


@login_required
@require_safe
def pcs_code(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    if code != code.upper():
        return redirect("pcs_code", edition, code.upper())
    shelf = open_shelf()
    tables, release = edition_named(shelf, System.PCS_TABLES, edition), edition_named(shelf, System.ICD10PCS, edition)
    if tables is None and release is None:
        raise Http404
    builder = build(tables, code, nearest(shelf, System.PCS_DEFINITIONS, edition)) if tables else None
    made = builder is not None and builder.so_far == code
    found = _listed(release, edition, code)
    if not made and not found["listed"]:
        return not_there(request, code, wording.unknown_procedure(code, edition))
    page = _page(shelf, tables, builder) if made else {"edition": edition, "doubt": ""}
    editions = shelf.editions(System.ICD10PCS if release else System.PCS_TABLES)
    return render(request, "coursework/book/pcs_code.html", page | found | {
        "code": code,
        "release": release,
        "unmade": "" if made else wording.not_in_tables(code, tables, edition),
        "rows": row_numbers(builder) if made else [],
        "lives": [wording.lifetime(life) for life in lives_of(System.ICD10PCS, code)],
        "leads": leads_to(nearest(shelf, System.PCS_INDEX, edition), code),
        "years": years(editions, release or tables, lambda each: reverse("pcs_code", args=[named(each), code])),
    })  # fmt: skip


def leads_to(index: Release | None, code: str) -> list[IndexEntry]:
    """Entries of the Index that print this code, or at least its table and body part."""
    if index is None:
        return []
    beginnings = [code[:length] for length in range(TABLE + 1, LENGTH + 1)]
    return list(IndexEntry.objects.in_release(index).filter(code__in=beginnings))
