"""Read one authored item. What cannot be read gets one sentence that names the item, whatever its shape."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from coursework.authoring.needs import CPT
from coursework.authoring.read_pack import ContentError
from grading.items import UnreadableItem, parse_body, parse_key

SCHEMA = {"schema": 1}
SLUG = re.compile(r"[-a-zA-Z0-9_]{1,100}")
MOST_OPTIONS = 26  # one for each letter
LONGEST_ID = 40
LONGEST_REASON = 200
NOT_FIELDS = "it is not written as fields with values, like “slug: my-slug”; write it so."
NOT_A_SLUG = "its {field} is {value!r}; use letters, digits, - and _, at most 100 of them."
Row = Mapping[str, Any]


class UnloadableItem(ContentError):
    """An authored item that cannot be loaded; the message is the sentence to show."""

    def __init__(self, row: object, sentence: object) -> None:
        super().__init__(f"{named('Item', row)}: {sentence}")


@dataclass(frozen=True, slots=True)
class ParsedItem:
    slug: str
    was: str
    kind: str
    domain: str
    body: dict[str, Any]
    key: dict[str, Any]
    rationale: dict[str, Any]
    reason: str


def named(what: str, row: object) -> str:
    """With its file, where that is known."""
    fields = row if isinstance(row, Mapping) else {}
    name = f"{what} {fields.get('slug') or 'without a slug'}"
    return f"{fields['file']}: {name}" if fields.get("file") else name


def parse_item(row: object) -> ParsedItem:
    if not isinstance(row, Mapping):
        raise UnloadableItem(row, NOT_FIELDS)
    kind = str(row.get("kind"))
    try:
        body, key = parse_body(kind, row), parse_key(kind, row)
    except UnreadableItem as fault:
        raise UnloadableItem(row, fault) from fault
    _refuse_unreadable_fields(row)
    _refuse_unreadable_options(row)
    _refuse_unreadable_codes(row)
    return ParsedItem(
        slug=row["slug"],
        was=row.get("was") or "",
        kind=kind,
        domain=row["domain"],
        body=SCHEMA | body | cpt_of(row),
        key=SCHEMA | key,
        rationale=rationale_of(row),
        reason=row.get("reason") or "",
    )


def cpt_of(row: Row) -> dict[str, int]:
    """The year of the numbers in it, for the notice that stands beside them."""
    if row.get("needs") != CPT:
        return {}
    if not isinstance(row.get("codes_on"), date):
        raise UnloadableItem(row, "it needs CPT and has no codes_on; give the date, whose year the notice names.")
    return {"cpt": row["codes_on"].year}


def rationale_of(row: Row) -> dict[str, Any]:
    """Everything that a student reads only after the release, and the codes that have to be checked each year."""
    return SCHEMA | {
        "why": {option["id"]: option["why"] for option in row["options"]},
        "rule": row["rule"],
        "guideline": str(row["guideline"]),
        "codes": list(row.get("codes") or []),
        "codes_on": str(row.get("codes_on", "")),
    }


def _refuse_unreadable_fields(row: Row) -> None:
    for field in ("slug", "domain", "rule", "guideline"):
        if not row.get(field):
            raise UnloadableItem(row, f"it has no {field}; add one.")
    for field in ("slug", "domain", "was"):
        if row.get(field) and not is_slug(row[field]):
            raise UnloadableItem(row, NOT_A_SLUG.format(field=field, value=row[field]))
    for field in ("rule", "reason"):
        if not isinstance(row.get(field) or "", str):
            raise UnloadableItem(row, f"its {field} is not written as text; put it in quotes.")
    if len(row.get("reason") or "") > LONGEST_REASON:
        raise UnloadableItem(row, f"its reason is longer than {LONGEST_REASON} characters; shorten it.")


def _refuse_unreadable_options(row: Row) -> None:
    if len(row["options"]) > MOST_OPTIONS:
        raise UnloadableItem(row, f"it has {len(row['options'])} options; {MOST_OPTIONS} can be shown.")
    for option in row["options"]:
        name = option["id"]
        if len(name) > LONGEST_ID or not name.isprintable():
            raise UnloadableItem(row, f"the id {name!r} of an option cannot be saved; use up to {LONGEST_ID} letters.")
        if not option.get("why") or not isinstance(option["why"], str):
            raise UnloadableItem(row, f"option {name} does not say why it is right or wrong; add its “why”.")


def _refuse_unreadable_codes(row: Row) -> None:
    codes = row.get("codes") or []
    if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
        raise UnloadableItem(row, "its codes are not written as a list of codes, like [M17.11, M17.12]; write them so.")


def is_slug(value: object) -> bool:
    return isinstance(value, str) and SLUG.fullmatch(value) is not None
