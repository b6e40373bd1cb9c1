"""Read a pack of content from its folder into plain mappings. Pure: no database, no rule of coding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FRONT_MATTER = "---\n"


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
    about = read_yaml(folder / "pack.yaml")
    return PackText(
        namespace=about["namespace"],
        slug=about["slug"],
        title=about["title"],
        sentence=about.get("sentence", ""),
        lessons=[read_lesson(path) for path in sorted(folder.glob("lessons/*.md"))],
        cases=[read_yaml(path) | {"file": path.name} for path in sorted(folder.glob("cases/*.yaml"))],
        items=list(read_items(folder)),
        exams=[read_yaml(path) | {"file": path.name} for path in sorted(folder.glob("exams/*.yaml"))],
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
    if not isinstance(fields, dict) or not body.strip():
        raise ContentError(f"{path.name} needs front matter between two lines of --- and a text after them.")
    return fields | {"body": body, "file": path.name}


def read_items(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob("items/*.yaml")):
        for item in read_yaml(path):
            yield item | {"file": path.name}
