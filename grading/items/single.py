"""Single choice: one right option, one point."""

from collections.abc import Mapping
from typing import Any

from grading.items.options import (
    FAULT,
    ItemKind,
    UnreadableItem,
    accepts_options,
    grade_all_or_nothing,
    parse_stem_and_options,
    right_options,
)


def parse_key(mapping: Mapping[str, Any]) -> dict[str, Any]:
    right = right_options(mapping)
    if len(right) != 1:
        raise UnreadableItem(FAULT["single"].format(count=len(right)))
    return {"right": right}


def accepts(body: Mapping[str, Any], response: object) -> bool:
    return accepts_options(body, response, most=1)


KIND = ItemKind(parse_body=parse_stem_and_options, parse_key=parse_key, accepts=accepts, grade=grade_all_or_nothing)
