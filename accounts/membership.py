"""Who joins what: cohorts are entered with a join code, once."""

import secrets
from datetime import datetime

from accounts import zones
from accounts.models import Cohort, Institution, Membership, User
from accounts.roles import Role

# No letter or digit that reads like another.
SIGNS = "ACDEFGHJKLMNPQRTUVWXY34679"
WORDS = ["MAPLE", "CEDAR", "RIVER", "OCEAN", "AMBER", "CORAL", "DELTA", "EAGLE", "FERRY", "GLOBE", "HAVEN", "LEMON"]


def new_join_code() -> str:
    """A code that can be read out in class, like K7-MAPLE."""
    return f"{''.join(secrets.choice(SIGNS) for _ in range(4))}-{secrets.choice(WORDS)}"


def open_cohort(institution: Institution, name: str, *, join_code: str = "") -> Cohort:
    """Make the cohort, or give back the one of that name."""
    cohort, _ = Cohort.objects.get_or_create(
        institution=institution, name=name, defaults={"join_code": join_code or new_join_code()}
    )
    return cohort


def join_cohort(user: User, cohort: Cohort, *, now: datetime, role: Role = Role.STUDENT) -> bool:
    """Make the user a member. False when the user was one already."""
    _, is_new = Membership.objects.get_or_create(
        user=user, cohort=cohort, role=role, defaults={"institution_id": cohort.institution_id, "joined_at": now}
    )
    if is_new:
        take_zone(user, cohort.institution)
    return is_new


def take_zone(user: User, institution: Institution) -> None:
    """Whoever has chosen no zone reads times as the school does."""
    undecided = User.objects.filter(pk=user.pk, time_zone=zones.UTC)
    if institution.time_zone != zones.UTC and undecided.update(time_zone=institution.time_zone):
        user.time_zone = institution.time_zone
