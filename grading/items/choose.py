"""Choose k of n: the learner is told k; all or nothing (rule R22)."""

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


def parse_body(mapping: Mapping[str, Any]) -> dict[str, Any]:
    body, choose = parse_stem_and_options(mapping), mapping.get("choose")
    most = len(body["options"]) - 1
    if type(choose) is not int or not 1 <= choose <= most:
        raise UnreadableItem(FAULT["choose"].format(choose=choose, most=most))
    return body | {"choose": choose}


def parse_key(mapping: Mapping[str, Any]) -> dict[str, Any]:
    right, choose = right_options(mapping), parse_body(mapping)["choose"]
    if len(right) != choose:
        raise UnreadableItem(FAULT["count"].format(choose=choose, count=len(right)))
    return {"right": right}


def accepts(body: Mapping[str, Any], response: object) -> bool:
    return accepts_options(body, response, most=body["choose"])


KIND = ItemKind(parse_body=parse_body, parse_key=parse_key, accepts=accepts, grade=grade_all_or_nothing)
