"""Item kinds: one file each, one line here. Scores are integer milli-points."""

from collections.abc import Mapping
from typing import Any

from grading.items import choose, single
from grading.items.options import FAULT, ItemKind, ItemScore, UnreadableItem

KINDS: dict[str, ItemKind] = {
    "single": single.KIND,
    "choose": choose.KIND,
}


def grade_item(kind: str, body: Mapping[str, Any], key: Mapping[str, Any], response: object) -> ItemScore:
    return _kind(kind).grade(body, key, response)


def parse_body(kind: str, mapping: Mapping[str, Any]) -> dict[str, Any]:
    """From an authored item to what a candidate may see: stem, options, and how many to choose. No key in it."""
    return _kind(kind).parse_body(mapping)


def parse_key(kind: str, mapping: Mapping[str, Any]) -> dict[str, Any]:
    """From the same authored item to what is right: {"right": [option ids]}."""
    return _kind(kind).parse_key(mapping)


def accepts_response(kind: str, body: Mapping[str, Any], response: object) -> bool:
    """Is this a possible answer to the item? A wrong answer is; an unknown option is not."""
    return _kind(kind).accepts(body, response)


def _kind(kind: str) -> ItemKind:
    if kind not in KINDS:
        raise UnreadableItem(FAULT["kind"].format(kind=kind, known=", ".join(KINDS)))
    return KINDS[kind]


__all__ = ["KINDS", "ItemScore", "UnreadableItem", "accepts_response", "grade_item", "parse_body", "parse_key"]
