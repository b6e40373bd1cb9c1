"""From a code to its one Excludes1 note, and to the code that the note names."""

from collections import Counter
from collections.abc import Iterator
from random import Random

from codesets.models import Code, CodeNote, NoteKind, System
from coursework.book.links import CODE
from coursework.book.shelf import Shelf
from coursework.drills import wording
from coursework.drills.tasks import Step, Task, at_code, drawn, named_code


def tasks(shelf: Shelf, dice: Random) -> Iterator[Task]:
    codes = shelf.newest(System.ICD10CM)
    if codes is None:
        return
    notes = CodeNote.objects.filter(release=codes, kind=NoteKind.EXCLUDES1)
    held = Counter(notes.values_list("holder", flat=True))
    once = [holder for holder, count in held.items() if count == 1]
    for note in drawn(notes.filter(holder__in=once), dice):
        holder = Code.objects.filter(release=codes, code=note.holder).select_related("release").first()
        named = CODE.findall(note.text)
        found = named_code(codes, named[0], billable=True) if len(named) == 1 else None
        if holder and found:
            there = Step(wording.note_there(holder.dotted, note.text), at_code(holder).url)
            prompt = wording.from_note(holder.dotted)
            yield Task(wording.TABULAR, prompt, found.dotted, (there, at_code(found)))
