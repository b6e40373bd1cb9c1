"""One page of the Table of Neoplasms or of the Table of Drugs and Chemicals, with its columns of codes."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from codesets.models import IndexEntry
from coursework.book import wording
from coursework.book.links import Links
from coursework.book.volumes import Volume
from kit.tables import Column, Table


def term_table(volume: Volume, rows: Sequence[IndexEntry], links: Links) -> Table:
    columns = [number for number, _ in volume.columns]
    return Table(
        volume.title,
        (wording.TERM, *(Column(title) for _, title in volume.columns)),
        tuple(
            (_named(volume, row), *(links.short(row.cells[n]) if n in row.cells else "–" for n in columns))
            for row in rows
        ),
    )


def _named(volume: Volume, row: IndexEntry) -> SafeString:
    return format_html(
        '<span id="at-{}" class="term depth-{}">{}{}{}</span>',
        row.position,
        max(row.level - volume.headword_level, 0),
        row.term,
        format_html(' <span class="term__modifiers">{}</span>', row.modifiers) if row.modifiers else "",
        _see(volume, row),
    )


def _see(volume: Volume, row: IndexEntry) -> SafeString:
    pointed = [(wording.SEE, *found) for found in volume.pointed_to(row.see)]
    pointed += [(wording.SEE_ALSO, *found) for found in volume.pointed_to(row.see_also)]
    return format_html_join("", ' <em>{0}</em> <a href="{2}">{1}</a>', pointed)
