"""The form that the tests sit, and which answers to it are right."""

from pathlib import Path

import yaml

CONTENT = Path(__file__).with_name("content.yaml")


def content() -> dict:
    return yaml.safe_load(CONTENT.read_text(encoding="utf-8"))


def right_options(slot: int) -> tuple[str, ...]:
    item = content()["items"][slot - 1]
    return tuple(option["id"] for option in item["options"] if option.get("right"))


def wrong_options(slot: int) -> tuple[str, ...]:
    item = content()["items"][slot - 1]
    return tuple(option["id"] for option in item["options"] if not option.get("right"))[:1]
