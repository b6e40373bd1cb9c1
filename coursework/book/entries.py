"""Where the indexes and tables lead to a code: the ways to it, as links."""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.urls import reverse

from codesets import formats
from codesets.models import Code, IndexEntry, System
from coursework.book.index import address
from coursework.book.shelf import Shelf
from coursework.book.volumes import VOLUMES, Volume

MOST = 12
# Only these chapters stand in the tables: neoplasms in C and D, drugs and chemicals in T.
TABLE_LETTERS = {"neoplasms": "CD", "drugs": "T"}
IS_MANIFESTATION = "classified elsewhere"  # what the titles of manifestation codes say


@dataclass(frozen=True)
class Way:
    path: str
    printed: str
    volume: str
    url: str


def ways_to(code: Code, shelf: Shelf) -> tuple[list[Way], int]:
    """The first ways, and how many more there are. An entry "S72.00-" leads to every code below S72.00."""
    by_system = {volume.system: volume for volume in VOLUMES.values() if volume.codes_of == System.ICD10CM}
    editions = {release.pk: by_system[system] for system in by_system if (release := shelf.newest(system))}
    printed = spellings(code)
    entries = IndexEntry.objects.filter(release__in=editions).order_by("release", "position")
    found = list(entries.filter(code__in=printed))
    if IS_MANIFESTATION in code.title:
        found += entries.filter(manifestation__in=printed)
    for release, volume in editions.items():
        # A table is searched only for the codes that can stand in its columns.
        if code.code[0] in TABLE_LETTERS.get(volume.slug, ""):
            in_cells = reduce(or_, (Q(in_cells__contains=f'"{each}"') for each in printed))
            rows = IndexEntry.objects.filter(release=release).annotate(in_cells=Cast("cells", TextField()))
            found += rows.filter(in_cells)
    return [_way(entry, editions[entry.release_id], printed) for entry in found[:MOST]], max(len(found) - MOST, 0)


def spellings(code: Code) -> list[str]:
    """How an index may print it: itself, without its 7th character, or the beginning with a dash."""
    above = [formats.dotted(prefix) for prefix in formats.prefixes(code.code)]
    dashed = [f"{each}{dash}" for each in (*above, code.dotted) for dash in ("-", ".-")]
    stem = formats.dotted(code.code[:6].rstrip("X")) if len(code.code) == 7 else code.dotted
    return list(dict.fromkeys([code.dotted, stem, formats.dotted(code.code[:6]), *dashed]))


def _way(entry: IndexEntry, volume: Volume, printed: list[str]) -> Way:
    column = next((f", {title}" for n, title in volume.columns if entry.cells.get(n) in printed), "")
    shown = entry.code or next((cell for cell in entry.cells.values() if cell in printed), "")
    url = f"{reverse('index_term', args=[volume, address(entry, volume)])}#at-{entry.position}"
    return Way(f"{entry.path}{column}", shown, volume.title, url)
