"""Check coded claims: manage.py check_codes --on DATE --setting inpatient [--age N --sex F] I50.22:poa=Y 0FT44ZZ ….

Or a file of them: manage.py check_codes --batch FILE, JSON Lines: on, setting, age, sex, codes.
"""

from argparse import ArgumentParser
from collections import defaultdict
from contextlib import suppress
from datetime import date
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from accounts.models import Institution
from codesets.edits import wording, written
from codesets.edits.book import Book, book_on, readings
from codesets.edits.check import check_sheet
from codesets.management.batch import REFUSED, BatchCommand
from codesets.models import Code, CptLicence, NoRelease, Release
from grading.answers import ICD10PCS, CodedLine, Setting


class Command(BatchCommand):
    help = "Say what is wrong with the codes of an encounter, with severity, codes and reference."
    facts = ("poa", "modifiers", "units", "system")

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--setting", help=", ".join(Setting))
        parser.add_argument("--discharge-status", metavar="NN", help="two digits, 01 is home")
        parser.add_argument("--institution", metavar="SLUG", help="whose CPT, NCCI and MUE are read")

    def handle(self, *, institution: str | None, **options: Any) -> None:
        self.books: dict[date, Book] = {}
        self.institution = _licensed(institution) if institution else None
        super().handle(**options)
        for sentence in {sentence: None for book in self.books.values() for sentence in book.notices}:
            self.stderr.write(sentence)

    def question(self, codes: list[dict[str, Any]], options: dict[str, Any]) -> dict[str, Any]:
        for each in codes:
            each["system"] = each["system"] or _procedure(each["code"])
        return {"codes": codes} | {name: options[name] for name in ("on", "setting", "age", "sex", "discharge_status")}

    def prepare(self, lines: list[dict[str, Any]]) -> None:
        wanted: dict[date, list[CodedLine]] = defaultdict(list)
        for line in lines:
            with suppress(*REFUSED):
                encounter = written.read_encounter(line)
                wanted[encounter.on].extend(encounter.lines)
        for day, coded in wanted.items():
            with suppress(NoRelease):
                self.book(day).look_up(coded)

    def book(self, day: date) -> Book:
        return self.books.setdefault(day, book_on(day, self.institution))

    def answer(self, line: dict[str, Any]) -> dict[str, Any]:
        encounter = written.read_encounter(line)
        sheet = self.book(encounter.on).sheet(encounter)
        return written.write_checked(sheet.lines, check_sheet(sheet), encounter.on)

    def table(self, answer: dict[str, Any]) -> str:
        rows = [(each["severity"], each["kind"], each["message"], each["reference"]) for each in answer["findings"]]
        if not rows:
            return wording.NOTHING_FOUND
        width = max(len(kind) for _, kind, _, _ in rows)
        return "\n".join(f"{severity:<8} {kind:<{width}}  {text} [{source}]" for severity, kind, text, source in rows)


def _procedure(code: str) -> str | None:
    """B2111ZZ and C441021 look alike: without a system, what ICD-10-PCS holds is a procedure."""
    releases = Release.objects.ready(ICD10PCS)
    return ICD10PCS if Code.objects.filter(release__in=releases, code__in=readings(ICD10PCS, code)).exists() else None


def _licensed(slug: str) -> Institution:
    found = Institution.objects.filter(slug=slug).first()
    if found is None or not CptLicence.objects.in_force(timezone.localdate()).filter(institution=found).exists():
        raise CommandError(wording.NO_LICENCE)
    return found
