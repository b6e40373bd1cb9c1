"""Read a pack of content from its folder into plain mappings. Pure: no database, no rule of coding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

FRONT_MATTER = "---\n"
KIND_WORDS = {str: "text", int: "a whole number", list: "a list", dict: "a list of named fields", date: "a date"}
ABOUT: dict[str, type] = {"namespace": str, "slug": str, "title": str}
LESSON: dict[str, type] = {
    "slug": str, "title": str, "position": int, "minutes": int, "guideline": str, "rule": str, "codes_on": date,
}  # fmt: skip
CASE: dict[str, type] = {
    "slug": str, "title": str, "summary": str, "minutes": int, "level": int, "header": dict, "documents": list,
    "key": dict,
}  # fmt: skip
ITEM: dict[str, type] = {"slug": str, "kind": str, "stem": str, "options": list}
EXAM: dict[str, type] = {"slug": str, "title": str, "minutes": int, "domains": list, "items": list}


class ContentError(ValueError):
    """A file that cannot be loaded; the message names the file and says what is wrong."""


@dataclass(frozen=True)
class PackText:
    """A pack as its authors wrote it."""

    namespace: str
    slug: str
    title: str
    sentence: str
    lessons: list[dict[str, Any]]
    cases: list[dict[str, Any]]
    items: list[dict[str, Any]]
    exams: list[dict[str, Any]]


def read_pack(folder: Path) -> PackText:
    if not (folder / "pack.yaml").is_file():
        raise ContentError(f"{folder} is not a pack: it has no pack.yaml.")
    about = required(read_yaml(folder / "pack.yaml"), ABOUT, "pack.yaml")
    return PackText(
        namespace=about["namespace"],
        slug=about["slug"],
        title=about["title"],
        sentence=about.get("sentence", ""),
        lessons=[read_lesson(path) for path in sorted(folder.glob("lessons/*.md"))],
        cases=[required(read_yaml(path), CASE, path.name) for path in sorted(folder.glob("cases/*.yaml"))],
        items=list(read_items(folder)),
        exams=[required(read_yaml(path), EXAM, path.name) for path in sorted(folder.glob("exams/*.yaml"))],
    )


def read_yaml(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise ContentError(f"{path.name} is not readable YAML: {error}") from error


def read_lesson(path: Path) -> dict[str, Any]:
    """Front matter and body of one lesson."""
    _, _, rest = path.read_text(encoding="utf-8").partition(FRONT_MATTER)
    front, _, body = rest.partition(f"\n{FRONT_MATTER}")
    try:
        fields = yaml.safe_load(front)
    except yaml.YAMLError as error:
        raise ContentError(f"{path.name}: the front matter is not readable YAML: {error}") from error
    if not body.strip():
        raise ContentError(f"{path.name} needs front matter between two lines of --- and a text after them.")
    return required(fields, LESSON, path.name) | {"body": body}


def read_items(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob("items/*.yaml")):
        rows = read_yaml(path)
        if not isinstance(rows, list):
            raise ContentError(f"{path.name} is not a list of items.")
        for row in rows:
            yield required(row, ITEM, path.name)


def required(fields: Any, kinds: dict[str, type], file: str) -> dict[str, Any]:
    """The fields with the name of their file, once each that a piece cannot be without is there and of its kind."""
    if not isinstance(fields, dict):
        raise ContentError(f"{file} is not a list of named fields.")
    for name, kind in kinds.items():
        if not isinstance(fields.get(name), kind):
            raise ContentError(f"{file}: {name} is missing, or is not {KIND_WORDS[kind]}.")
    return fields | {"file": file}
