"""How well and how fast the search answers: hit@1, hit@5 and MRR by kind of query; times beside SQLite FTS5."""

import csv
import re
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, quantiles

from codesets import formats, search, search_index, search_meanings, search_words
from codesets.search_index import OpenIndex

DEPTH = 10  # MRR looks this far; a code further down counts as not found
ROUNDS = 3
STATUS = Path("/proc/self/status")
Answer = Callable[[str], list[str]]


class BadQueries(ValueError):
    """The file of queries cannot be read; the message says why."""


@dataclass(frozen=True)
class Wanted:
    """A query and the beginnings of the codes that answer it."""

    query: str
    kind: str
    expected: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """Where the first right code stood (from 1; 0 when not among the first), and what stood first."""

    wanted: Wanted
    place: int
    first: str


@dataclass(frozen=True)
class Score:
    kind: str
    queries: int
    hit_1: float
    hit_5: float
    mrr: float


@dataclass(frozen=True)
class Times:
    """Milliseconds of one engine over the same queries."""

    engine: str
    p50: float
    p95: float
    p99: float


def read(path: Path) -> list[Wanted]:
    """Columns query, kind and expected (code prefixes with blanks between)."""
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            return [_wanted(row) for row in csv.DictReader(lines)]
    except (OSError, UnicodeDecodeError, KeyError) as problem:
        raise BadQueries(f"{path} cannot be read as queries with the columns query, kind, expected.") from problem


def _wanted(row: dict[str, str]) -> Wanted:
    return Wanted(row["query"], row["kind"], tuple(map(formats.strip, row["expected"].split())))


def evaluate(wanted: Iterable[Wanted], answer: Answer) -> list[Outcome]:
    return [_outcome(each, answer(each.query)) for each in wanted]


def _outcome(wanted: Wanted, codes: list[str]) -> Outcome:
    places = (place for place, code in enumerate(codes, start=1) if code.startswith(wanted.expected))
    return Outcome(wanted, next(places, 0), codes[0] if codes else "")


def scores(outcomes: Sequence[Outcome]) -> list[Score]:
    """One line for each kind in the order of the file, then one for all."""
    kinds = dict.fromkeys(each.wanted.kind for each in outcomes)
    by_kind = [_score(kind, [each for each in outcomes if each.wanted.kind == kind]) for kind in kinds]
    return [*by_kind, _score("all", outcomes)] if outcomes else []


def _score(kind: str, outcomes: Sequence[Outcome]) -> Score:
    return Score(
        kind,
        len(outcomes),
        mean(each.place == 1 for each in outcomes),
        mean(1 <= each.place <= 5 for each in outcomes),
        mean(1 / each.place if each.place else 0 for each in outcomes),
    )


def engine(index: OpenIndex) -> Answer:
    """The newest release of every code set."""
    chosen = search.chosen_releases(search.searched(), None, ())
    return lambda query: [row.code for row in search.search_rows(index, query, chosen, DEPTH)]


def ready_index() -> OpenIndex:
    return search_index.open_index(search.searched())


def without_resource(wanted: Sequence[Wanted]) -> list[Outcome]:
    """The same queries with every row of the resource gone, from the index too."""
    with search_meanings.switched_off(), tempfile.TemporaryDirectory() as folder:
        return evaluate(wanted, engine(search_index.write(Path(folder), search.searched())))


def build_seconds() -> float:
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        search_index.write(Path(folder), search.searched())
        return time.perf_counter() - started


def worker_megabytes() -> float:
    """What this process holds in memory; nothing where the system does not say."""
    found = re.search(r"VmRSS:\s+(\d+)", STATUS.read_text()) if STATUS.exists() else None
    return int(found[1]) / 1024 if found else 0.0


def times(name: str, queries: Sequence[str], answer: Callable[[str], object]) -> Times:
    """Every query in turn, the whole list several times over."""
    spent = [_milliseconds(query, answer) for _ in range(ROUNDS) for query in queries]
    cuts = quantiles(spent, n=100, method="inclusive")
    return Times(name, cuts[49], cuts[94], cuts[98])


def _milliseconds(query: str, answer: Callable[[str], object]) -> float:
    started = time.perf_counter()
    answer(query)
    return (time.perf_counter() - started) * 1000


def full_text(index: OpenIndex) -> sqlite3.Connection:
    """The same rows in SQLite FTS5: title and terms, in memory."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE codes USING fts5(code, text, tokenize='porter', prefix='2 3 4')")
    database.executemany("INSERT INTO codes VALUES (?, ?)", _rows(index))
    return database


def ask_full_text(database: sqlite3.Connection, query: str) -> list[tuple[str]]:
    """All words, the last as a beginning; any of them when no row has them all."""
    words = [f'"{word}"' for word in search_words.words(query)]
    for joined in (" ".join(words), " OR ".join(words)) if words else ():
        match = "SELECT code FROM codes WHERE codes MATCH ? ORDER BY rank LIMIT 10"
        if rows := database.execute(match, [f"{joined}*"]).fetchall():
            return rows
    return []


def _rows(index: OpenIndex) -> Iterator[tuple[str, str]]:
    terms = search_meanings.terms_by_code()
    for row in index.every_row():
        yield row.code, " ".join([row.title, *terms.get((row.system, row.code), ())])
