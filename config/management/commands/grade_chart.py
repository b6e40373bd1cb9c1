"""Grade coded charts: manage.py grade_chart --batch FILE, one JSON object a line (docs/case-format.md)."""

from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from codesets.edits.encounter import Encounter
from codesets.groupers import msdrg
from codesets.groupers.claims import CannotGroup
from codesets.groupers.msdrg import Weights as DrgWeights
from codesets.groupers.written import read_facts
from codesets.models import NoRelease
from coursework.keys import CodeBook, code_book_on
from coursework.practice import grouping
from coursework.practice.grouping import PaymentModel
from grading.answers import Answer, ChartGrade, Claim, Key, LineResult
from grading.chart import grade_chart
from grading.parsing import UnreadableSheet, parse_answer, parse_key
from grading.weights import DEFAULT, Weights, parse_weights
from kit import json_lines
from kit.json_lines import Unreadable

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
    stay: Encounter | None  # the facts that payment hangs on, where the line gives them


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
            for chart, shown in _graded(batch, house):
                if chart.book.release is None:
                    self._warn_once()
                self.stdout.write(_written(chart, shown))
        except BadLine as problem:
            raise CommandError(str(problem)) from problem

    def _warn_once(self) -> None:
        if not getattr(self, "has_warned", False):
            self.stderr.write(NO_CODE_SET)
            self.has_warned = True


def _written(chart: Chart, shown: dict[str, Any]) -> str:
    try:
        return json_lines.written(chart.line | shown)
    except Unreadable as problem:
        raise BadLine(f"Line {chart.number}: {problem}") from problem


def _graded(batch: Path, weights: Weights) -> Iterator[tuple[Chart, dict[str, Any]]]:
    """Lines before a bad one are answered; the codes of many charts are looked up at once."""
    charts, weights_on = _charts(batch), cache(msdrg.weights_on)
    while True:
        some, problem = _take(charts)
        _look_up(some)
        for chart in some:
            yield chart, _answered(chart, weights, weights_on)
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


def _answered(chart: Chart, weights: Weights, weights_on: Callable[[date], DrgWeights]) -> dict[str, Any]:
    try:
        grouper = _grouper(chart, weights_on)
    except CannotGroup as problem:
        absent = {"consequence": {"not_grouped_because": str(problem)}}
        return _shown(_grade(chart, weights, None), None) | absent
    return _shown(_grade(chart, weights, grouper), grouper)


def _grade(chart: Chart, weights: Weights, grouper: PaymentModel | None) -> ChartGrade:
    answer, book = chart.book.take(chart.answer), chart.book
    return grade_chart(chart.key, answer, book.facts, sections=book.sections, grouper=grouper, weights=weights)


def _grouper(chart: Chart, weights_on: Callable[[date], DrgWeights]) -> PaymentModel | None:
    """None without age and sex, and where no payer groups such lines."""
    if chart.stay is None:
        return None
    claim = chart.key.claim or Claim.FACILITY
    return grouping.grouper_for(chart.stay, claim, chart.key.payer, weights_on=weights_on)


def _shown(grade: ChartGrade, grouper: PaymentModel | None) -> dict[str, Any]:
    measures = {name: None if score is None else float(score) for name, score in grade.measures.items()}
    moved = {"consequence": grouping.written(grade.consequence, grouper)} if grouper and grade.consequence else {}
    return {"measures": measures, "lines": [_line(result) for result in grade.lines]} | moved


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


def _numbered(batch: Path) -> Iterator[tuple[int, bytes]]:
    try:
        yield from json_lines.numbered(batch)
    except Unreadable as problem:
        raise BadLine(str(problem)) from problem


def _charts(batch: Path) -> Iterator[Chart]:
    books: dict[str, CodeBook] = {}
    for number, text in _numbered(batch):
        try:
            yield _chart(number, text, books)
        except (Unreadable, UnreadableSheet, NoRelease) as problem:
            raise BadLine(f"Line {number}: {problem}") from problem
        except DatabaseError as problem:
            raise BadLine(f"Line {number}: {NO_TABLES}") from problem


def _chart(number: int, text: bytes, books: dict[str, CodeBook]) -> Chart:
    line = _object(text)
    day = json_lines.day(line.get("on"))
    if str(day) not in books:
        books[str(day)] = code_book_on(day)
    written = {**{name: line[name] for name in OF_THE_CASE if name in line}, **line["key"]}
    key = parse_key(written, line.get("setting"))
    stay = Encounter(day, key.setting, (), **read_facts(line)) if day else None
    has_facts = stay is not None and stay.age is not None and stay.sex is not None
    answer = parse_answer(line["answer"], key, written)
    return Chart(number, line, key, answer, books[str(day)], stay if has_facts else None)


def _object(text: bytes) -> dict[str, Any]:
    line = json_lines.value(text)
    if not isinstance(line, dict) or not all(isinstance(line.get(part), dict) for part in ("key", "answer")):
        raise UnreadableSheet(
            'a chart is an object with key and answer: {"key": {"lines": []}, "answer": {"lines": []}}.'
        )
    return line


def _weights(file: Path) -> Weights:
    try:
        return parse_weights(json_lines.value(file.read_bytes()))
    except OSError as problem:
        raise BadLine(f"The weights in {file} cannot be read: {problem.strerror}.") from problem
    except (AttributeError, TypeError) as problem:
        raise BadLine(f"The weights in {file} are not an object of weighted and learning.") from problem
    except ValueError as problem:
        raise BadLine(f"The weights in {file} cannot be used: {problem}") from problem
