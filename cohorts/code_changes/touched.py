"""Which published content a release of a code set touches. It is listed for people; nothing is changed or regraded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from accounts.models import Institution, InstitutionQuerySet, Membership
from accounts.roles import Capability, roles_with
from codesets import formats, lives
from codesets.lives import Change
from codesets.models import Release, System
from coursework.authoring import holdings as in_coursework
from coursework.authoring.holdings import Holding
from quizzes.bank import holdings as in_bank

# Which code set a release speaks about, where that is not its own.
CODES_OF = {System.CMS_HCC: System.ICD10CM}


@dataclass(frozen=True)
class Touched:
    """One piece of content with one code that this release changed."""

    holding: Holding
    change: Change


@dataclass(frozen=True)
class Followed:
    """A release that follows another, and what it touches."""

    release: Release
    before: Release
    touched: list[Touched]

    @property
    def not_regrouped(self) -> str:
        """Why none of the stays could be looked at."""
        is_regrouped = self.release.system == System.ICD10CM
        return in_coursework.why_not_regrouped(self.release.effective_from) if is_regrouped else ""


def owners_for(user: Any) -> InstitutionQuerySet:
    """Whose content this person looks after: the institutions where they teach or write, with the catalogue."""
    roles = {*roles_with(Capability.SEE_RESULTS), *roles_with(Capability.WRITE_CONTENT)}
    own = Membership.objects.filter(user_id=user.pk, role__in=roles).values("institution")
    if not own.exists():
        return Institution.objects.none()
    return Institution.objects.filter(Q(pk__in=own) | Q(kind=Institution.Kind.CATALOGUE))


def followed_releases(owners: InstitutionQuerySet, only: Sequence[Release] | None = None) -> list[Followed]:
    """Every loaded release that can be compared with one before it, newest first."""
    ready = Release.objects.filter(state=Release.State.READY, institution=None, system__in=lives.STALE)
    chosen = ready if only is None else ready.filter(pk__in=[release.pk for release in only])
    pairs = [
        (release, before)
        for release in chosen.order_by("-effective_from", "system")
        if (before := Release.objects.before(release))
    ]
    held = holdings(owners) if pairs else []
    return [
        Followed(release, before, [*touched_by(release, held), *regrouped_by(release, owners)])
        for release, before in pairs
    ]


def holdings(owners: InstitutionQuerySet) -> list[Holding]:
    return [*in_coursework.codes_held(owners), *in_bank.codes_held(owners)]


def touched_by(release: Release, held: Iterable[Holding]) -> list[Touched]:
    by_code: dict[str, list[Holding]] = defaultdict(list)
    for each in held:
        if each.system == CODES_OF.get(System(release.system), release.system):
            by_code[formats.strip(each.code)].append(each)
    changes = lives.stale_codes(release, by_code)
    found = [Touched(holding, change) for code, change in changes.items() for holding in by_code[code]]
    return sorted(found, key=lambda each: each.holding)


def regrouped_by(release: Release, owners: InstitutionQuerySet) -> list[Touched]:
    """A new year of diagnoses comes with a new year of MS-DRGs."""
    if release.system != System.ICD10CM:
        return []
    stays = in_coursework.regrouped(owners, on=release.effective_from)
    return [Touched(stay, Change.DRG) for stay in stays]
