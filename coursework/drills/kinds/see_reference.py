"""From a term that only says "see" to the code that stands where it leads."""

from collections.abc import Iterator
from random import Random

from django.db.models import TextField, Value
from django.db.models.functions import Replace

from codesets.models import IndexEntry, System
from coursework.book.index import STEP
from coursework.book.shelf import Shelf
from coursework.book.volumes import VOLUMES, Volume
from coursework.drills import wording
from coursework.drills.tasks import Task, at_code, at_entry, drawn, is_only_one, named_code

INDEXES = [volume for volume in VOLUMES.values() if not volume.columns]
MANY = 200  # few references name their term word for word and end at one code


def tasks(shelf: Shelf, dice: Random) -> Iterator[Task]:
    for volume in INDEXES:
        yield from _tasks_of(volume, shelf, dice)


def _tasks_of(volume: Volume, shelf: Shelf, dice: Random) -> Iterator[Task]:
    index, codes = shelf.newest(volume.system), shelf.newest(System.ICD10CM)
    if index is None or codes is None:
        return
    entries = IndexEntry.objects.in_release(index)
    referring = list(drawn(entries.filter(code="", see_also="").exclude(see=""), dice, most=MANY))
    # Word for word: a reference that leads only to somewhere near has more than one answer.
    named = entries.annotate(words=Replace("path", Value(STEP), Value(", "), output_field=TextField()))
    ends = named.filter(words__in=[entry.see for entry in referring], manifestation="", see="", see_also="")
    found = {end.words: end for end in ends}
    for entry in referring:
        end = found.get(entry.see)
        code = named_code(codes, end.code, billable=True) if end else None
        if end and code and is_only_one(entry) and is_only_one(end):
            way = (at_entry(entry, volume, f"{entry.path}: see {entry.see}"), at_entry(end, volume), at_code(code))
            yield Task(volume.title, wording.from_reference(entry.path), code.dotted, way)
