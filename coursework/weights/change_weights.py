"""Change by which weights an institution grades, from now on."""

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import Institution, User
from coursework.weights.models import HouseWeights


class ChangedMeanwhile(Exception):
    """Somebody else changed them after this person looked."""


@transaction.atomic
def change_weights(
    institution: Institution, changes: dict[str, dict[str, Any]], *, after: int, by: User, now: datetime
) -> bool:
    """False when they are so already. `after` is the number of the change that was looked at, 0 for the defaults."""
    newest = HouseWeights.objects.of(institution).first()
    if changes == (newest.changes if newest else {}):
        return False
    if after != (newest.number if newest else 0):
        raise ChangedMeanwhile
    _, won = HouseWeights.objects.get_or_create(
        institution=institution,
        number=after + 1,
        defaults={"changes": changes, "changed_by": by, "changed_at": now},
    )
    if not won:
        raise ChangedMeanwhile
    return True
