"""Load authored items into the bank. Loading the same rows again writes nothing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models.functions import Now

from accounts.models import Institution
from codesets import formats
from codesets.models import Code, NoRelease, Release, System
from coursework.authoring.hashes import content_hash
from quizzes.bank.models import Item, ItemKey, ItemVersion
from quizzes.bank.parse import ParsedItem, Row, UnloadableItem, parse_item

FIRST_REASON = "First load"
LATER_REASON = "Changed in the pack"


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows a load wrote."""

    items: int = 0
    versions: int = 0
    keys: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """One item of the bank with its newest text and its newest key."""

    item: Item
    version: ItemVersion
    key: ItemKey


def load_items(institution: Institution, rows: Iterable[Row], *, namespace: str = "") -> Loaded:
    """All items of a namespace: a changed text makes a new version, a changed key or rationale a new key.

    The same hashes write nothing. An item that says `was` keeps its row; one that is gone is archived.
    """
    parsed = [parse_item(row) for row in rows]
    _refuse_repeats(parsed)
    with transaction.atomic():
        known = _newest(institution)
        of_pack = {slug: found for slug, found in known.items() if found.item.namespace == namespace}
        _refuse_slugs_of_others(parsed, known, of_pack)
        # An item that was renamed before, and says so still, is found by its new name.
        before = [of_pack.get(item.slug) or of_pack.get(item.was) for item in parsed]
        _archive(of_pack.values(), kept={found.item.pk for found in before if found})
        written = [
            _write(found, item) if found else _write_first(institution, namespace, item)
            for item, found in zip(parsed, before, strict=True)
        ]
    return Loaded(*(sum(counts) for counts in zip(*written, strict=True))) if written else Loaded()


def check_codes(rows: Iterable[Row]) -> None:
    """Every code that an item names stands in the release of its code set on the item's date; CPT is nobody's here."""
    for row in rows:
        by_system: dict[str, list[str]] = defaultdict(list)
        for code in parse_item(row).rationale["codes"]:
            by_system[formats.system_of(code)].append(code)
        for system, codes in by_system.items():
            if system != System.CPT:
                _check_codes_of(row, codes, system)


def _refuse_repeats(parsed: list[ParsedItem]) -> None:
    """No two items have one slug, and none was what another is or was."""
    taken: set[str] = set()
    for item in parsed:
        names = {item.slug, item.was} - {""}
        if repeated := sorted(names & taken):
            raise UnloadableItem({"slug": repeated[0]}, "two items have this slug; give one of them another.")
        taken |= names


def _refuse_slugs_of_others(parsed: list[ParsedItem], known: dict[str, Known], of_pack: dict[str, Known]) -> None:
    for item in parsed:
        if item.slug in known and item.slug not in of_pack:
            owner = known[item.slug].item.namespace or "this site"
            raise UnloadableItem(
                {"slug": item.slug},
                f"an item of {owner} has this slug; give this one another, or it would change both.",
            )


def _newest(institution: Institution) -> dict[str, Known]:
    keys = ItemKey.objects.filter(item_version__item__institution=institution).select_related("item_version__item")
    found = {}
    for key in keys.order_by("item_version__number", "number"):
        found[key.item_version.item.slug] = Known(key.item_version.item, key.item_version, key)
    return found


def _archive(of_pack: Iterable[Known], *, kept: set[int]) -> None:
    gone = [known.item.pk for known in of_pack if known.item.archived_at is None and known.item.pk not in kept]
    if gone:
        Item.objects.filter(pk__in=gone).update(archived_at=Now())


def _write_first(institution: Institution, namespace: str, parsed: ParsedItem) -> tuple[int, int, int]:
    item = Item.objects.create(
        institution=institution, namespace=namespace, slug=parsed.slug, kind=parsed.kind, domain=parsed.domain
    )
    _write_key(_write_version(item, 1, parsed), 1, parsed, FIRST_REASON)
    return 1, 1, 1


def _write(known: Known, parsed: ParsedItem) -> tuple[int, int, int]:
    item, version, key = known.item, known.version, known.key
    _place(item, parsed)
    if version.text_hash != content_hash([parsed.kind, parsed.body]):
        _write_key(_write_version(item, version.number + 1, parsed), 1, parsed, "The text changed")
        return 0, 1, 1
    if (key.key_hash, key.notes_hash) != (content_hash(parsed.key), content_hash(parsed.rationale)):
        _write_key(version, key.number + 1, parsed, LATER_REASON)
        return 0, 0, 1
    return 0, 0, 0


def _place(item: Item, parsed: ParsedItem) -> None:
    """Name, kind and domain are where the item stands in the bank; a form keeps the domain that it was made with."""
    wanted = {"slug": parsed.slug, "kind": parsed.kind, "domain": parsed.domain, "archived_at": None}
    if any(getattr(item, name) != value for name, value in wanted.items()):
        Item.objects.filter(pk=item.pk).update(**wanted)


def _write_version(item: Item, number: int, parsed: ParsedItem) -> ItemVersion:
    # The kind is part of the text: a version is read by the kind that it was written for.
    body = parsed.body | {"kind": parsed.kind}
    text_hash = content_hash([parsed.kind, parsed.body])
    return ItemVersion.objects.create(item=item, number=number, body=body, text_hash=text_hash)


def _write_key(version: ItemVersion, number: int, parsed: ParsedItem, reason: str) -> ItemKey:
    return ItemKey.objects.create(
        item_version=version,
        number=number,
        key=parsed.key,
        rationale=parsed.rationale,
        key_hash=content_hash(parsed.key),
        notes_hash=content_hash(parsed.rationale),
        reason=parsed.reason or reason,
    )


def _check_codes_of(row: Row, codes: list[str], system: str) -> None:
    on = row.get("codes_on")
    if type(on) is not date:
        raise UnloadableItem(row, "it names codes and no codes_on; give the date on which they are valid.")
    release = _release_of(row, on, system)
    held = Code.objects.in_release(release).filter(code__in=map(formats.strip, codes)).values_list("code", flat=True)
    known = {formats.written(system, code) for code in held}
    if (unknown := [code for code in codes if code not in known]) and not release.is_selection:
        raise UnloadableItem(row, f"{unknown[0]} is not in the code set on {on}; correct the code or the date.")


def _release_of(row: Row, on: date, system: str) -> Release:
    try:
        return Release.objects.in_force(system, on)
    except NoRelease as fault:
        raise UnloadableItem(row, fault) from fault
