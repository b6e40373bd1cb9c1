"""Which codes the items of the bank hold: what a new release of a code set may touch."""

from collections.abc import Iterator
from datetime import date

from accounts.models import InstitutionQuerySet
from codesets import formats
from coursework.authoring.holdings import Holding
from quizzes.bank.models import ItemKey


def codes_held(owners: InstitutionQuerySet) -> Iterator[Holding]:
    """By the newest key of the newest version of each item that is not archived."""
    keys = ItemKey.objects.filter(item_version__item__institution__in=owners, item_version__item__archived_at=None)
    keys = keys.select_related("item_version__item").order_by("item_version__number", "number")
    newest = {key.item_version.item_id: key for key in keys}
    for key in newest.values():
        on = key.rationale.get("codes_on")
        for code in key.rationale.get("codes") or []:
            day = date.fromisoformat(on) if on else None
            yield Holding("Item", key.item_version.item.slug, f"key {key.number}", formats.system_of(code), code, day)
