"""Look codes up: manage.py lookup "type 2 diabetes with ckd" [--json] [--on DATE] [--limit N] [--batch FILE]."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from codesets import search, wording
from codesets.models import NoRelease


class BadLine(ValueError):
    """A line of the batch file that cannot be answered; the message says which and why."""


class Command(BaseCommand):
    help = "Find codes by words, abbreviations or the beginning of a code."
    requires_system_checks: list[str] = []  # only computes: answers in under a second, start of Python included

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("query", nargs="?", help='words or a code: "type 2 diabetes with ckd", E11.22')
        parser.add_argument("--json", action="store_true", help="one JSON object")
        parser.add_argument("--on", help="the date of service or discharge, YYYY-MM-DD")
        parser.add_argument("--limit", type=int, default=8)
        parser.add_argument("--batch", type=Path, metavar="FILE", help="JSON Lines, each with a query")

    def handle(self, *, query: str | None, on: str | None, limit: int, batch: Path | None, **options: Any) -> None:
        if (query is None) == (batch is None):
            raise CommandError("Give either words to look up or --batch FILE.")
        if limit < 1:
            raise CommandError(f"--limit {limit} shows nothing: write 1 or more.")
        try:
            self.answer(query, batch, on=_date(on), limit=limit, as_json=options["json"])
        except (NoRelease, BadLine) as problem:
            raise CommandError(str(problem)) from problem

    def answer(self, query: str | None, batch: Path | None, *, on: date | None, limit: int, as_json: bool) -> None:
        if batch is not None:
            for line in _asked(batch):
                self.stdout.write(json.dumps(line | _answer(search.find(line["query"], on=on, limit=limit))))
            return
        found = search.find(query or "", on=on, limit=limit)
        self.stdout.write(json.dumps({"query": query} | _answer(found), indent=2) if as_json else _table(found))


def _answer(found: search.Found) -> dict[str, Any]:
    hits = [
        {"system": hit.system, "code": hit.code, "title": hit.title, "billable": hit.billable} for hit in found.results
    ]
    return {"release": found.release, "results": hits}


def _table(found: search.Found) -> str:
    """One line per code; the widths follow the longest code and state."""
    rows = [(hit.code, wording.state(hit.needs), hit.title) for hit in found.results]
    if not rows:
        return f"{found.release}: {wording.NOTHING_FOUND}"
    code, state = (max(len(row[column]) for row in rows) for column in (0, 1))
    return "\n".join([f"Release {found.release}", *(f"{a:<{code}}  {b:<{state}}  {c}" for a, b, c in rows)])


def _asked(batch: Path) -> Iterator[dict[str, Any]]:
    try:
        lines = batch.read_text(encoding="utf-8").split("\n")  # U+2028 is text, too
    except (OSError, UnicodeDecodeError) as problem:
        raise BadLine(f"{batch} cannot be read as text: {problem}.") from problem
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _line(number, line)


def _line(number: int, line: str) -> dict[str, Any]:
    try:
        asked = json.loads(line)
    except json.JSONDecodeError as problem:
        raise BadLine(f"Line {number} is not JSON: {problem.msg}.") from problem
    if not isinstance(asked, dict) or not isinstance(asked.get("query"), str):
        raise BadLine(f'Line {number} has no query: write {{"query": "chest pain"}}.')
    return asked


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as problem:
        raise CommandError(f"{text!r} is not a date: write it as 2025-11-03.") from problem
