"""The form that the tests sit, and which answers to it are right."""

from copy import deepcopy
from functools import cache
from pathlib import Path

import yaml

CONTENT = Path(__file__).with_name("content.yaml")


@cache
def written() -> dict:
    """Read once per session: the reading takes longer than the loading."""
    return yaml.safe_load(CONTENT.read_text(encoding="utf-8"))


def content() -> dict:
    """A copy that the test may change."""
    return deepcopy(written())


def right_options(slot: int) -> tuple[str, ...]:
    item = content()["items"][slot - 1]
    return tuple(option["id"] for option in item["options"] if option.get("right"))


def wrong_options(slot: int) -> tuple[str, ...]:
    item = content()["items"][slot - 1]
    return tuple(option["id"] for option in item["options"] if not option.get("right"))[:1]
