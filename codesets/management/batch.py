"""A command that answers one question from the command line, or each line of a file of JSON Lines."""

import json
from abc import abstractmethod
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from codesets.groupers.claims import CannotGroup
from codesets.models import NoRelease
from grading.parsing import UnreadableSheet
from kit import json_lines
from kit.json_lines import Unreadable

REFUSED = (Unreadable, UnreadableSheet, CannotGroup, NoRelease)
AT_ONCE = 200  # lines that are prepared together
Line = dict[str, Any]


class BatchCommand(BaseCommand):
    facts = ("poa",)  # what may stand behind a code
    requires_system_checks: list[str] = []  # only computes: answers in under a second, start of Python included

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "codes", nargs="*", metavar=f"CODE[:{self.facts[0]}=…]", help="diagnoses, the first one first"
        )
        parser.add_argument("--age", type=int)
        parser.add_argument("--sex", help="F or M")
        parser.add_argument("--on", metavar="DATE", help="the day of discharge or service, YYYY-MM-DD")
        parser.add_argument("--json", action="store_true", help="one JSON object")
        parser.add_argument("--batch", type=Path, metavar="FILE", help="JSON Lines; unknown fields are passed on")

    @abstractmethod
    def question(self, codes: list[dict[str, Any]], options: dict[str, Any]) -> dict[str, Any]:
        """What stands on the command line, as a line of the file would say it."""

    @abstractmethod
    def answer(self, line: dict[str, Any]) -> dict[str, Any]: ...

    @abstractmethod
    def table(self, answer: dict[str, Any]) -> str:
        """The same for reading."""

    def handle(self, *, codes: list[str], batch: Path | None, **options: Any) -> None:
        if (batch is None) != bool(codes):
            raise CommandError("Give either codes or --batch FILE.")
        try:
            if batch is not None:
                self._answer_all(json_lines.objects(batch))
            else:
                answer = self.answer(self.question([_coded(code, self.facts) for code in codes], options))
                self.stdout.write(json.dumps(answer, indent=2) if options["json"] else self.table(answer))
        except REFUSED as problem:
            raise CommandError(str(problem)[:1].upper() + str(problem)[1:]) from problem

    def prepare(self, lines: list[Line]) -> None:
        """Before they are answered: what can be looked up for many lines at once. Says nothing about bad ones."""

    def _answer_all(self, lines: Iterator[tuple[int, Line]]) -> None:
        """Lines before a bad one are answered."""
        while True:
            some, problem = _take(lines)
            self.prepare([line for _, line in some])
            for number, line in some:
                with _naming(number):
                    self.stdout.write(json_lines.written(line | self._answer_or_say(line)))
            if problem is not None:
                raise problem
            if not some:
                return

    def _answer_or_say(self, line: Line) -> dict[str, Any]:
        """A day without a release is no fault of the file: the lines after it are answered too."""
        try:
            return self.answer(line)
        except NoRelease as problem:
            return {"not_answered_because": str(problem)}

    def warn_once(self, sentence: str) -> None:
        if not getattr(self, "has_warned", False):
            self.stderr.write(sentence)
            self.has_warned = True


def _take(lines: Iterator[tuple[int, Line]]) -> tuple[list[tuple[int, Line]], Unreadable | None]:
    some: list[tuple[int, Line]] = []
    try:
        some.extend(islice(lines, AT_ONCE))
    except Unreadable as problem:
        return some, problem
    return some, None


@contextmanager
def _naming(number: int) -> Iterator[None]:
    """Which line of the file a sentence is about."""
    try:
        yield
    except REFUSED as problem:
        raise Unreadable(f"Line {number}: {problem}") from problem


def _coded(written: str, known: tuple[str, ...]) -> dict[str, Any]:
    code, *facts = written.split(":")
    named = dict(fact.partition("=")[::2] for fact in facts)
    if unknown := named.keys() - set(known):
        raise Unreadable(f"{min(unknown)!r} of {written!r} is not known here: write {code}:poa=Y.")
    return {"code": code} | {name: named.get(name) for name in known}
