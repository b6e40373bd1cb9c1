"""What the item kinds with options share: options with stable ids, a key of ids, all-or-nothing scoring."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

POINT = 1000  # milli-points of one whole item

FAULT = {
    "kind": "The item kind {kind!r} is not known; it is one of {known}.",
    "stem": "The item has no stem; write the question.",
    "few": "The item has {count} options; it needs at least two.",
    "shape": "Option {number} is not written as an id with a text.",
    "twice": "Two options of the item have the id {id!r}; an id names one option for ever.",
    "last": "The item holds {count} options in the last place; only one can be last.",
    "single": "The item has {count} right options; a single-choice item has one.",
    "choose": "The item asks for {choose!r} options; say a number from 1 to {most}.",
    "count": "The item asks for {choose} options and has {count} right ones; the two numbers must agree.",
}


class UnreadableItem(ValueError):
    """An authored item that cannot be read; the message is the sentence to show."""


@dataclass(frozen=True, slots=True)
class ItemScore:
    earned: int
    possible: int
    is_answered: bool


@dataclass(frozen=True, slots=True)
class ItemKind:
    """What one item kind can do; see the functions of the same names in grading.items."""

    parse_body: Callable[[Mapping[str, Any]], dict[str, Any]]
    parse_key: Callable[[Mapping[str, Any]], dict[str, Any]]
    accepts: Callable[[Mapping[str, Any], object], bool]
    grade: Callable[[Mapping[str, Any], Mapping[str, Any], object], ItemScore]


def chosen_options(response: object) -> frozenset[str]:
    """A response is {"chosen": [option ids]}; None, an empty object and an empty list are no answer."""
    chosen = response.get("chosen") if isinstance(response, Mapping) else None
    if not isinstance(chosen, list | tuple):
        return frozenset()
    return frozenset(option for option in chosen if isinstance(option, str))


def grade_all_or_nothing(body: Mapping[str, Any], key: Mapping[str, Any], response: object) -> ItemScore:
    """Rule R22: exactly the right set of options earns the point, anything else nothing."""
    chosen = chosen_options(response)
    earned = POINT if chosen and chosen == frozenset(key["right"]) else 0
    return ItemScore(earned=earned, possible=POINT, is_answered=bool(chosen))


def accepts_options(body: Mapping[str, Any], response: object, *, most: int) -> bool:
    """Fewer than asked for may be saved on the way; unknown or repeated options may not."""
    if response is None or response == {}:
        return True
    chosen = response.get("chosen") if isinstance(response, Mapping) else None
    if not isinstance(chosen, list) or not all(isinstance(option, str) for option in chosen):
        return False
    known = {option["id"] for option in body["options"]}
    return len(chosen) == len(set(chosen)) <= most and known.issuperset(chosen)


def parse_stem_and_options(mapping: Mapping[str, Any]) -> dict[str, Any]:
    stem = mapping.get("stem")
    if not isinstance(stem, str) or not stem.strip():
        raise UnreadableItem(FAULT["stem"])
    options = [_shown(option) for option in authored_options(mapping)]
    fixed = sum("fixed_last" in option for option in options)
    if fixed > 1:
        raise UnreadableItem(FAULT["last"].format(count=fixed))
    return {"stem": stem.strip(), "options": options}


def authored_options(mapping: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    options = mapping.get("options")
    if not isinstance(options, list) or len(options) < 2:
        raise UnreadableItem(FAULT["few"].format(count=len(options) if isinstance(options, list) else 0))
    seen: set[str] = set()
    for number, option in enumerate(options, start=1):
        if not _is_option(option):
            raise UnreadableItem(FAULT["shape"].format(number=number))
        if option["id"] in seen:
            raise UnreadableItem(FAULT["twice"].format(id=option["id"]))
        seen.add(option["id"])
    return options


def right_options(mapping: Mapping[str, Any]) -> list[str]:
    return sorted(option["id"] for option in authored_options(mapping) if option.get("right") is True)


def _is_option(option: object) -> bool:
    if not isinstance(option, Mapping):
        return False
    return all(isinstance(option.get(field), str) and option[field].strip() for field in ("id", "text"))


def _shown(option: Mapping[str, Any]) -> dict[str, Any]:
    """Only what a candidate may see: never `right`, never `why`."""
    shown: dict[str, Any] = {"id": option["id"], "text": option["text"].strip()}
    if option.get("fixed_last") is True:
        shown["fixed_last"] = True
    return shown
