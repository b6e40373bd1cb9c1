"""From a table of ICD-10-PCS and the words of a value to its character."""

from collections import defaultdict
from collections.abc import Iterator
from random import Random

from django.urls import reverse

from codesets.models import PcsRow, PcsTable, System
from coursework.book.editions import named
from coursework.book.shelf import Shelf
from coursework.drills import wording
from coursework.drills.tasks import Step, Task, drawn

NOTHING = "Z"  # "No Device", "No Qualifier": the same in every table


def tasks(shelf: Shelf, dice: Random) -> Iterator[Task]:
    tables = shelf.newest(System.PCS_TABLES)
    if tables is None:
        return
    for table in drawn(PcsTable.objects.filter(release=tables), dice):
        if not (values := _values(table)):
            continue
        axis, value, character = dice.choice(values)
        url = reverse("pcs_table", args=[named(tables), table.code])
        way = (Step(wording.value_there(table.code, axis, character, value), url),)
        yield Task(wording.PCS_TABLES, wording.from_table(table.code, axis, value), character, way)


def _values(table: PcsTable) -> list[tuple[str, str, str]]:
    """Axis, words and character where the words stand for one character in the whole table."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in PcsRow.objects.filter(release=table.release_id, table=table.code):
        for axis in row.axes:
            for character, words in axis["values"].items():
                found[axis["title"], words].add(character)
    single = ((axis, words, *each) for (axis, words), each in found.items() if len(each) == 1)
    return sorted(each for each in single if each[2] != NOTHING)
