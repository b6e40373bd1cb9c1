"""From a code that is not complete to the finished one: its 7th character, with the placeholder X where needed."""

from collections.abc import Iterator
from random import Random

from django.db.models.functions import Length

from codesets.models import Code, System
from coursework.book.shelf import Shelf
from coursework.book.tabular import COMPLETE, seventh_meanings
from coursework.drills import wording
from coursework.drills.tasks import Step, Task, at_code, drawn


def tasks(shelf: Shelf, dice: Random) -> Iterator[Task]:
    codes = shelf.newest(System.ICD10CM)
    if codes is None:
        return
    finished = Code.objects.in_release(codes).billable().annotate(length=Length("code")).filter(length=COMPLETE)
    for code in drawn(finished.select_related("release"), dice):
        meanings = seventh_meanings(code.inherited_notes())
        meaning = meanings.get(code.code[-1], "")
        header = Code.objects.filter(release=codes, code=code.parent).select_related("release").first()
        if header and meaning and list(meanings.values()).count(meaning) == 1:
            prompt = wording.from_seventh(header.dotted, header.shown_title, meaning)
            there = Step(wording.seventh_there(header.dotted, code.code[-1], meaning), at_code(header).url)
            yield Task(wording.TABULAR, prompt, code.dotted, (there, at_code(code)))
