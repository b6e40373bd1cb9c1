"""A command that answers one question from the command line, or each line of a file of JSON Lines."""

import json
from abc import abstractmethod
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from codesets.groupers.claims import CannotGroup
from grading.parsing import UnreadableSheet
from kit import json_lines
from kit.json_lines import Unreadable

REFUSED = (Unreadable, UnreadableSheet, CannotGroup)


class BatchCommand(BaseCommand):
    requires_system_checks: list[str] = []  # only computes: answers in under a second, start of Python included

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("codes", nargs="*", metavar="CODE[:poa=Y]", help="diagnoses, the first one first")
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
                for number, text in json_lines.numbered(batch):
                    self.stdout.write(self._answered(number, text))
            else:
                answer = self.answer(self.question([_coded(code) for code in codes], options))
                self.stdout.write(json.dumps(answer, indent=2) if options["json"] else self.table(answer))
        except REFUSED as problem:
            raise CommandError(str(problem)[:1].upper() + str(problem)[1:]) from problem

    def _answered(self, number: int, text: bytes) -> str:
        try:
            line = json_lines.value(text)
            if not isinstance(line, dict):
                raise Unreadable("this is not an object.")
            return json_lines.written(line | self.answer(line))
        except REFUSED as problem:
            raise Unreadable(f"Line {number}: {problem}") from problem

    def warn_once(self, sentence: str) -> None:
        if not getattr(self, "has_warned", False):
            self.stderr.write(sentence)
            self.has_warned = True


def _coded(written: str) -> dict[str, Any]:
    code, *facts = written.split(":")
    named = dict(fact.partition("=")[::2] for fact in facts)
    if unknown := named.keys() - {"poa"}:
        raise Unreadable(f"{min(unknown)!r} of {written!r} is not known here: write {code}:poa=Y.")
    return {"code": code, "poa": named.get("poa")}
