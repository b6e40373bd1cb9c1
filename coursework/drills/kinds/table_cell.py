"""From a site and a behavior, or a substance and an intent, to the code in that column of its table."""

from collections.abc import Iterator
from random import Random

from codesets.models import IndexEntry, System
from coursework.book.shelf import Shelf
from coursework.book.volumes import TABLES, Volume
from coursework.drills import wording
from coursework.drills.tasks import Task, at_code, at_entry, drawn, is_only_one, named_code


def tasks(shelf: Shelf, dice: Random) -> Iterator[Task]:
    found = [_tasks_of(volume, shelf, dice) for volume in TABLES if volume.columns and shelf.newest(volume.system)]
    while found:
        turn = dice.choice(found)
        if task := next(turn, None):
            yield task
        else:
            found.remove(turn)


def _tasks_of(volume: Volume, shelf: Shelf, dice: Random) -> Iterator[Task]:
    table, codes = shelf.newest(volume.system), shelf.newest(System.ICD10CM)
    if table is None or codes is None:
        return
    rows = IndexEntry.objects.in_release(table).filter(level__gte=volume.headword_level, see="", see_also="")
    for row in drawn(rows, dice):
        columns = [(number, title) for number, title in volume.columns if number in row.cells]
        number, title = dice.choice(columns) if columns else ("", "")
        code = named_code(codes, row.cells[number]) if number else None
        if code and is_only_one(row):
            prompt = wording.from_cell(row.path, title)
            way = at_entry(row, volume, f"{volume.title}: {row.path}, {title}")
            yield Task(volume.title, prompt, code.dotted, (way, at_code(code)))
