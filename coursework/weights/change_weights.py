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
) -> None:
    """`after` is the number of the change that was looked at, 0 for the defaults. The same again writes nothing."""
    newest = HouseWeights.objects.of(institution).first()
    number, in_force = (newest.number, newest.changes) if newest else (0, {})
    if changes == in_force:
        return
    row = {"changes": changes, "changed_by": by, "changed_at": now}
    of_next = {"institution": institution, "number": number + 1}
    if after != number or not HouseWeights.objects.get_or_create(**of_next, defaults=row)[1]:
        raise ChangedMeanwhile
