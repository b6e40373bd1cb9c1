"""From a main term and its subterms in the Alphabetic Index to the code."""

from collections.abc import Iterator
from random import Random

from codesets.models import IndexEntry, System
from coursework.book.shelf import Shelf
from coursework.book.volumes import VOLUMES
from coursework.drills import wording
from coursework.drills.tasks import Task, at_code, at_entry, drawn, is_only_one, named_code

VOLUME = VOLUMES["index"]


def tasks(shelf: Shelf, dice: Random) -> Iterator[Task]:
    index, codes = shelf.newest(VOLUME.system), shelf.newest(System.ICD10CM)
    if index is None or codes is None:
        return
    # A code with a manifestation asks for two; a term that also refers elsewhere has two ways to go on.
    leading = IndexEntry.objects.in_release(index).exclude(code="").filter(manifestation="", see="", see_also="")
    for entry in drawn(leading, dice):
        code = named_code(codes, entry.code, billable=True)
        if code and is_only_one(entry):
            prompt = wording.from_index(entry.path)
            yield Task(VOLUME.title, prompt, code.dotted, (at_entry(entry, VOLUME), at_code(code)))
