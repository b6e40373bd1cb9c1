"""Grade coded charts: manage.py grade_chart --batch FILE, one JSON object a line (docs/case-format.md)."""

import json
from argparse import ArgumentParser
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from math import isfinite
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from codesets.models import NoRelease
from coursework.keys import CodeBook, code_book_on
from grading.answers import Answer, ChartGrade, Key, LineResult
from grading.chart import grade_chart
from grading.parsing import UnreadableSheet, parse_answer, parse_key
from grading.weights import DEFAULT, Weights, parse_weights

AT_ONCE = 200  # charts whose codes are looked up together
OF_THE_CASE = ("claim", "payer_rules", "acuity_table", "documents")  # may stand beside the key, as in a case
NO_TABLES = "The code sets cannot be read from the database: run manage.py migrate first."
NO_CODE_SET = "No ICD-10-CM release is loaded: near misses are judged by the characters of the codes alone."


class BadLine(ValueError):
    """A line of the batch file that cannot be graded; the message says which and why."""


@dataclass(frozen=True)
class Chart:
    number: int  # of its line in the file
    line: dict[str, Any]
    key: Key
    answer: Answer
    book: CodeBook


class Command(BaseCommand):
    help = "Grade coded charts from a file of JSON lines."
    requires_system_checks: list[str] = []  # only computes: answers in under a second, start of Python included

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--batch", type=Path, required=True, help="JSON Lines: on, setting, key, answer")
        parser.add_argument("--json", action="store_true", help="JSON Lines, which is also what it writes without this")
        parser.add_argument("--weights", type=Path, help="JSON: the house's own weights of weighted and learning")

    def handle(self, *args: Any, batch: Path, weights: Path | None, **options: Any) -> None:
        try:
            house = _weights(weights) if weights else DEFAULT
            for chart, grade in _graded(batch, house):
                if chart.book.release is None:
                    self._warn_once()
                self.stdout.write(_written(chart, grade))
        except BadLine as problem:
            raise CommandError(str(problem)) from problem

    def _warn_once(self) -> None:
        if not getattr(self, "has_warned", False):
            self.stderr.write(NO_CODE_SET)
            self.has_warned = True


def _written(chart: Chart, grade: ChartGrade) -> str:
    try:
        return json.dumps(chart.line | _shown(grade))
    except RecursionError as problem:
        raise BadLine(f"Line {chart.number}: its lists and objects stand too deep in one another.") from problem


def _graded(batch: Path, weights: Weights) -> Iterator[tuple[Chart, ChartGrade]]:
    """Lines before a bad one are answered; the codes of many charts are looked up at once."""
    charts = _charts(batch)
    while True:
        some, problem = _take(charts)
        _look_up(some)
        for chart in some:
            yield chart, _grade(chart, weights)
        if problem is not None:
            raise problem
        if not some:
            return


def _take(charts: Iterator[Chart]) -> tuple[list[Chart], BadLine | None]:
    some: list[Chart] = []
    try:
        some.extend(islice(charts, AT_ONCE))
    except BadLine as problem:
        return some, problem
    return some, None


def _look_up(charts: list[Chart]) -> None:
    wanted: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for chart in charts:
        wanted[id(chart.book)] |= set(_codes_of(chart))
    for book in {id(chart.book): chart.book for chart in charts}.values():
        book.look_up(wanted[id(book)])


def _codes_of(chart: Chart) -> Iterator[tuple[str, str]]:
    yield from ((line.system, line.code) for line in chart.answer.lines)
    yield from chart.key.known


def _grade(chart: Chart, weights: Weights) -> ChartGrade:
    answer = chart.book.take(chart.answer)
    return grade_chart(chart.key, answer, chart.book.facts, sections=chart.book.sections, weights=weights)


def _shown(grade: ChartGrade) -> dict[str, Any]:
    measures = {name: None if score is None else float(score) for name, score in grade.measures.items()}
    return {"measures": measures, "lines": [_line(result) for result in grade.lines]}


def _line(result: LineResult) -> dict[str, Any]:
    return {
        "verdict": result.verdict,
        "key_code": result.key_code,
        "answer_code": result.answer_code,
        "credit": float(result.credit),
        "causes": [*result.causes, *([result.root_cause] if result.root_cause else [])],
        "root_cause": result.root_cause,
        "reference": result.reference,
    }


def _charts(batch: Path) -> Iterator[Chart]:
    books: dict[str, CodeBook] = {}
    for number, text in _numbered(batch):
        try:
            yield _chart(number, text, books)
        except (UnreadableSheet, NoRelease) as problem:
            raise BadLine(f"Line {number}: {problem}") from problem
        except DatabaseError as problem:
            raise BadLine(f"Line {number}: {NO_TABLES}") from problem


def _numbered(batch: Path) -> Iterator[tuple[int, bytes]]:
    try:
        with batch.open("rb") as lines:
            yield from ((number, line) for number, line in enumerate(lines, start=1) if line.strip())
    except OSError as problem:
        raise BadLine(f"{batch} cannot be read: {problem.strerror}.") from problem


def _chart(number: int, text: bytes, books: dict[str, CodeBook]) -> Chart:
    line = _object(text)
    day = _date(line.get("on"))
    if str(day) not in books:
        books[str(day)] = code_book_on(day)
    written = {**{name: line[name] for name in OF_THE_CASE if name in line}, **line["key"]}
    key = parse_key(written, line.get("setting"))
    return Chart(number, line, key, parse_answer(line["answer"], key, written), books[str(day)])


def _object(text: bytes) -> dict[str, Any]:
    line = _json(text)
    if not isinstance(line, dict) or not all(isinstance(line.get(part), dict) for part in ("key", "answer")):
        raise UnreadableSheet(
            'a chart is an object with key and answer: {"key": {"lines": []}, "answer": {"lines": []}}.'
        )
    return line


def _json(text: bytes) -> Any:
    """Strict JSON: no number without an end, no name twice, nothing that Python alone would take."""
    try:
        written = text.decode("utf-8-sig")
        return json.loads(written, parse_constant=_refuse, parse_float=_finite, object_pairs_hook=_once_each)
    except UnicodeDecodeError as problem:
        raise UnreadableSheet("this is not UTF-8 text.") from problem
    except json.JSONDecodeError as problem:
        raise UnreadableSheet(f"this is not JSON: {problem.msg}.") from problem
    except RecursionError as problem:
        raise UnreadableSheet("its lists and objects stand too deep in one another.") from problem
    except UnreadableSheet:
        raise
    except ValueError as problem:
        raise UnreadableSheet("a number has too many digits.") from problem


def _refuse(constant: str) -> NoReturn:
    raise UnreadableSheet(f"{constant} is not a number in JSON.")


def _finite(written: str) -> float:
    number = float(written)
    return number if isfinite(number) else _refuse(written[:40])


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) < len(pairs):
        twice = next(name for name, often in Counter(name for name, _ in pairs).items() if often > 1)
        raise UnreadableSheet(f"the name {twice[:40]!r} stands twice in one object.")
    return read


def _date(written: object) -> date | None:
    if written in (None, ""):
        return None
    try:
        return date.fromisoformat(str(written))
    except ValueError:
        raise UnreadableSheet(f"{str(written)[:40]!r} is not a date: write it as 2025-11-03.") from None


def _weights(file: Path) -> Weights:
    try:
        return parse_weights(_json(file.read_bytes()))
    except OSError as problem:
        raise BadLine(f"The weights in {file} cannot be read: {problem.strerror}.") from problem
    except (AttributeError, TypeError) as problem:
        raise BadLine(f"The weights in {file} are not an object of weighted and learning.") from problem
    except ValueError as problem:
        raise BadLine(f"The weights in {file} cannot be used: {problem}") from problem
