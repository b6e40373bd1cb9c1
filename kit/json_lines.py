"""What does a file of JSON Lines hold? Read strictly; every fault is one sentence, the reader puts a number to it."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from math import isfinite
from pathlib import Path
from typing import Any, NoReturn


class Unreadable(ValueError):
    """A file or a line that cannot be read; the message is the sentence to show."""


def numbered(file: Path) -> Iterator[tuple[int, bytes]]:
    """Lines with their numbers, counted as an editor counts them; blank ones are passed over."""
    try:
        with file.open("rb") as lines:
            yield from ((number, line) for number, line in enumerate(lines, start=1) if line.strip())
    except OSError as problem:
        raise Unreadable(f"{file} cannot be read: {problem.strerror}.") from problem


def objects(file: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each line with its number, which a sentence about it names."""
    for number, text in numbered(file):
        try:
            line = value(text)
            if not isinstance(line, dict):
                raise Unreadable("this is not an object.")
        except Unreadable as problem:
            raise Unreadable(f"Line {number}: {problem}") from problem
        yield number, line


def value(text: bytes) -> Any:
    """Strict JSON: no number without an end, no name twice, nothing that Python alone would take."""
    try:
        written = text.decode("utf-8-sig")
        return json.loads(written, parse_constant=_refuse, parse_float=_finite, object_pairs_hook=_once_each)
    except UnicodeDecodeError as problem:
        raise Unreadable("this is not UTF-8 text.") from problem
    except json.JSONDecodeError as problem:
        raise Unreadable(f"this is not JSON: {problem.msg}.") from problem
    except RecursionError as problem:
        raise Unreadable("its lists and objects stand too deep in one another.") from problem
    except Unreadable:
        raise
    except ValueError as problem:
        raise Unreadable("a number has too many digits.") from problem


def written(line: dict[str, Any]) -> str:
    """A line to print; what was read may stand too deep to be written again."""
    try:
        return json.dumps(line)
    except RecursionError as problem:
        raise Unreadable("its lists and objects stand too deep in one another.") from problem


def day(text: object) -> date | None:
    if text in (None, ""):
        return None
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise Unreadable(f"{str(text)[:40]!r} is not a date: write it as 2025-11-03.") from None


def _refuse(constant: str) -> NoReturn:
    raise Unreadable(f"{constant} is not a number in JSON.")


def _finite(text: str) -> float:
    number = float(text)
    return number if isfinite(number) else _refuse(text[:40])


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) < len(pairs):
        twice = next(name for name, often in Counter(name for name, _ in pairs).items() if often > 1)
        raise Unreadable(f"the name {twice[:40]!r} stands twice in one object.")
    return read
