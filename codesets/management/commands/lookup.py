"""Look codes up: manage.py lookup "type 2 diabetes with ckd" [--json] [--on DATE] [--limit N] [--batch FILE].

Or measure the search: manage.py lookup --evaluate FILE, manage.py lookup --benchmark [--evaluate FILE].
"""

import json
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from codesets import search, search_measure, wording
from codesets.models import NoRelease
from kit import json_lines
from kit.json_lines import Unreadable

# What --benchmark asks when no file is given: each kind of query once.
QUERIES = [
    "hypertension", "e11.2", "type 2 diabetes with ckd", "left wrist fracture subsequent encounter", "pnuemonia",
    "pneum", "heart attack", "copd exacerbation", "urosepsis", "failure respiratory acute", "r knee pain",
    "haemorrhage", "qqqqzzzz",
]  # fmt: skip


class Command(BaseCommand):
    help = "Find codes by words, abbreviations or the beginning of a code."
    requires_system_checks: list[str] = []  # only computes: answers in under a second, start of Python included

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("query", nargs="?", help='words or a code: "type 2 diabetes with ckd", E11.22')
        parser.add_argument("--json", action="store_true", help="one JSON object")
        parser.add_argument("--on", help="the date of service or discharge, YYYY-MM-DD")
        parser.add_argument("--limit", type=int, default=8)
        parser.add_argument("--batch", type=Path, metavar="FILE", help="JSON Lines, each with a query")
        parser.add_argument("--evaluate", type=Path, metavar="FILE", help="CSV with query, kind and expected codes")
        parser.add_argument("--benchmark", action="store_true", help="times of the engine and of SQLite FTS5")
        parser.add_argument("--queries", type=Path, metavar="FILE", help="CSV whose queries --benchmark asks")

    def handle(self, *, query: str | None, on: str | None, limit: int, batch: Path | None, **options: Any) -> None:
        evaluated, benchmark = options["evaluate"], options["benchmark"]
        if sum(1 for each in (query, batch, evaluated) if each is not None) + benchmark != 1:
            raise CommandError("Give either words to look up, --batch FILE, --evaluate FILE or --benchmark.")
        if limit < 1:
            raise CommandError(f"--limit {limit} shows nothing: write 1 or more.")
        try:
            if evaluated is not None:
                self.evaluate(evaluated)
            elif benchmark:
                self.benchmark(options["queries"])
            else:
                self.answer(query, batch, on=json_lines.day(on), limit=limit, as_json=options["json"])
        except (NoRelease, Unreadable, search_measure.BadQueries) as problem:
            raise CommandError(str(problem)) from problem

    def evaluate(self, path: Path) -> None:
        """With the resource and without it, then what was missed."""
        wanted = search_measure.read(path)
        search.find("", limit=1)  # says so when nothing is loaded
        outcomes = search_measure.evaluate(wanted, search_measure.engine(search_measure.ready_index()))
        self.stdout.write(_scores("With the resource", outcomes))
        self.stdout.write(_scores("Without the resource", search_measure.without_resource(wanted)))
        self.stdout.write(_misses(outcomes))

    def benchmark(self, path: Path | None) -> None:
        queries = [each.query for each in search_measure.read(path)] if path else QUERIES
        search.find("", limit=1)
        index = search_measure.ready_index()
        engine = search_measure.times("tantivy", queries, search_measure.engine(index))
        held = search_measure.worker_megabytes()
        database = search_measure.full_text(index)
        plain = search_measure.times(
            "SQLite FTS5", queries, lambda query: search_measure.ask_full_text(database, query)
        )
        self.stdout.write(f"{index.searcher.num_docs:,} rows, {len(queries)} queries, {search_measure.ROUNDS} rounds")
        for each in (engine, plain):
            self.stdout.write(f"{each.engine:<12} p50 {each.p50:.2f} ms  p95 {each.p95:.2f} ms  p99 {each.p99:.2f} ms")
        self.stdout.write(f"Index built in {search_measure.build_seconds():.1f} s; this process held {held:.0f} MB")

    def answer(self, query: str | None, batch: Path | None, *, on: date | None, limit: int, as_json: bool) -> None:
        if batch is not None:
            for line in _asked(batch):
                self.stdout.write(json_lines.written(line | _answer(search.find(line["query"], on=on, limit=limit))))
            return
        found = search.find(query or "", on=on, limit=limit)
        self.stdout.write(json.dumps({"query": query} | _answer(found), indent=2) if as_json else _table(found))


def _answer(found: search.Found) -> dict[str, Any]:
    hits = [
        {"system": hit.system, "code": hit.code, "title": hit.title, "billable": hit.billable} for hit in found.results
    ]
    warning = {"warning": found.warning} if found.warning else {}
    return {"release": found.release, "releases": found.releases} | warning | {"results": hits}


def _table(found: search.Found) -> str:
    """One line per code; the widths follow the longest code and state."""
    rows = [(hit.code, wording.state(hit.needs), hit.title) for hit in found.results]
    warned = [found.warning] if found.warning else []
    if not rows:
        return "\n".join([*warned, f"{found.asked}: {wording.NOTHING_FOUND}"])
    code, state = (max(len(row[column]) for row in rows) for column in (0, 1))
    return "\n".join([*warned, found.asked, *(f"{a:<{code}}  {b:<{state}}  {c}" for a, b, c in rows)])


def _scores(heading: str, outcomes: Sequence[search_measure.Outcome]) -> str:
    lines = [f"{heading:<28} queries  hit@1  hit@5    MRR"]
    for each in search_measure.scores(outcomes):
        lines.append(f"{each.kind:<28} {each.queries:>7}  {each.hit_1:>5.3f}  {each.hit_5:>5.3f}  {each.mrr:>5.3f}")
    return "\n".join(lines) + "\n"


def _misses(outcomes: Sequence[search_measure.Outcome]) -> str:
    missed = [each for each in outcomes if each.place != 1]
    lines = [f"Not first: {len(missed)} (place 0: not among the first {search_measure.DEPTH})"]
    for each in missed:
        lines.append(f"{each.place:>2}  {each.wanted.query}: {each.first}, not {' '.join(each.wanted.expected)}")
    return "\n".join(lines)


def _asked(batch: Path) -> Iterator[dict[str, Any]]:
    for number, line in json_lines.objects(batch):
        if not isinstance(line.get("query"), str):
            raise Unreadable(f'Line {number}: this has no query: write {{"query": "chest pain"}}.')
        yield line
