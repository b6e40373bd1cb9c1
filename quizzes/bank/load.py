"""Load authored items into the bank. Loading the same rows again writes nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import Institution
from codesets.models import Release
from codesets.relations import relations_for
from grading.items import UnreadableItem, parse_body, parse_key
from quizzes.bank.models import Item, ItemKey, ItemVersion
from quizzes.bank.text import digest

SCHEMA = {"schema": 1}
Row = Mapping[str, Any]


class UnloadableItem(ValueError):
    """An authored item that cannot be loaded; the message is the sentence to show."""

    def __init__(self, slug: object, sentence: object) -> None:
        super().__init__(f"Item {slug}: {sentence}")


@dataclass(frozen=True, slots=True)
class ParsedItem:
    slug: str
    kind: str
    domain: str
    body: dict[str, Any]
    key: dict[str, Any]
    rationale: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows a load wrote."""

    items: int = 0
    versions: int = 0
    keys: int = 0


def load_items(institution: Institution, rows: Iterable[Row], *, namespace: str = "") -> Loaded:
    """A changed text makes a new version, a changed key or rationale a new key; the same hashes write nothing."""
    parsed = [parse_item(row) for row in rows]
    _refuse_repeats(parsed)
    with transaction.atomic():
        known = _newest(institution)
        written = [_write(institution, namespace, item, known.get(item.slug)) for item in parsed]
    return Loaded(*(sum(counts) for counts in zip(*written, strict=True))) if written else Loaded()


def check_codes(rows: Iterable[Row], *, system: str = "icd10cm") -> None:
    """Every code that an item names stands in the release of the item's date."""
    for row in rows:
        _check_codes_of(row, system)


def parse_item(row: Row) -> ParsedItem:
    slug = row.get("slug") or "without a slug"
    try:
        body, key = parse_body(str(row.get("kind")), row), parse_key(str(row.get("kind")), row)
    except UnreadableItem as fault:
        raise UnloadableItem(slug, fault) from fault
    for field in ("slug", "domain", "rule", "guideline"):
        if not row.get(field):
            raise UnloadableItem(slug, f"it has no {field}; add one.")
    if silent := [option["id"] for option in row["options"] if not option.get("why")]:
        raise UnloadableItem(slug, f"option {silent[0]} does not say why it is right or wrong; add its “why”.")
    return ParsedItem(slug, row["kind"], row["domain"], SCHEMA | body, SCHEMA | key, rationale_of(row))


def rationale_of(row: Row) -> dict[str, Any]:
    """Everything that a student reads only after the release, and the codes that have to be checked each year."""
    return SCHEMA | {
        "why": {option["id"]: option["why"] for option in row["options"]},
        "rule": row["rule"],
        "guideline": str(row["guideline"]),
        "codes": list(row.get("codes", [])),
        "codes_on": str(row.get("codes_on", "")),
    }


def _refuse_repeats(parsed: list[ParsedItem]) -> None:
    seen: set[str] = set()
    for item in parsed:
        if item.slug in seen:
            raise UnloadableItem(item.slug, "two items have this slug; give one of them another.")
        seen.add(item.slug)


def _newest(institution: Institution) -> dict[str, tuple[Item, ItemVersion, ItemKey]]:
    keys = ItemKey.objects.filter(item_version__item__institution=institution).select_related("item_version__item")
    found = {}
    for key in keys.order_by("item_version__number", "number"):
        found[key.item_version.item.slug] = (key.item_version.item, key.item_version, key)
    return found


def _write(
    institution: Institution, namespace: str, parsed: ParsedItem, known: tuple[Item, ItemVersion, ItemKey] | None
) -> tuple[int, int, int]:
    if known is None:
        item = Item.objects.create(
            institution=institution, namespace=namespace, slug=parsed.slug, kind=parsed.kind, domain=parsed.domain
        )
        _write_key(_write_version(item, 1, parsed), 1, parsed, "First load")
        return 1, 1, 1
    item, version, key = known
    _place(item, parsed)
    if version.text_hash != digest([parsed.kind, parsed.body]):
        _write_key(_write_version(item, version.number + 1, parsed), 1, parsed, "The text changed")
        return 0, 1, 1
    if key.key_hash != digest(parsed.key):
        _write_key(version, key.number + 1, parsed, "The key changed")
        return 0, 0, 1
    if key.notes_hash != digest(parsed.rationale):
        _write_key(version, key.number + 1, parsed, "The rationale changed")
        return 0, 0, 1
    return 0, 0, 0


def _place(item: Item, parsed: ParsedItem) -> None:
    """Kind and domain are where the item stands in the bank; a form keeps the domain that it was made with."""
    if (item.kind, item.domain) != (parsed.kind, parsed.domain):
        item.kind, item.domain = parsed.kind, parsed.domain
        item.save(update_fields=["kind", "domain"])


def _write_version(item: Item, number: int, parsed: ParsedItem) -> ItemVersion:
    # The kind is part of the text: a version is read by the kind that it was written for.
    body = parsed.body | {"kind": parsed.kind}
    return ItemVersion.objects.create(item=item, number=number, body=body, text_hash=digest([parsed.kind, parsed.body]))


def _write_key(version: ItemVersion, number: int, parsed: ParsedItem, reason: str) -> ItemKey:
    return ItemKey.objects.create(
        item_version=version,
        number=number,
        key=parsed.key,
        rationale=parsed.rationale,
        key_hash=digest(parsed.key),
        notes_hash=digest(parsed.rationale),
        reason=reason,
    )


def _check_codes_of(row: Row, system: str) -> None:
    codes, on = row.get("codes"), row.get("codes_on")
    if not codes:
        return
    if not isinstance(on, date):
        raise UnloadableItem(row.get("slug"), "it names codes and no codes_on; give the date on which they are valid.")
    known = _known_codes(tuple(codes), on, system)
    if unknown := [code for code in codes if code not in known]:
        raise UnloadableItem(
            row.get("slug"), f"{unknown[0]} is not in the code set on {on}; correct the code or the date."
        )


def _known_codes(codes: tuple[str, ...], on: date, system: str) -> Mapping[str, Any]:
    return relations_for(codes, Release.objects.in_force(system, on))
