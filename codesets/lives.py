"""How long a code has lived, computed from successive releases, and which codes a release made invalid."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from codesets.differences import Difference, Held, compare, is_revised
from codesets.formats import strip
from codesets.models import Code, CodeQuerySet, HccMapping, Release, System
from codesets.systems import CODE_SETS

AT_ONCE = 500  # codes in one statement


class Change(StrEnum):
    """Why content with this code must be looked at again."""

    DELETED = "deleted"
    HEADER = "header"  # more specific codes stand below it now
    REVISED = "revised"
    HCC = "hcc"
    DRG = "drg"


@dataclass(frozen=True)
class Life:
    """One unbroken time in which a claim took the code. None: since before, or until after, what is loaded."""

    starts: date | None
    ends: date | None

    def covers(self, on: date) -> bool:
        return (self.starts is None or self.starts <= on) and (self.ends is None or on <= self.ends)


class Dated(Protocol):
    """A row with dates of its own, as HCPCS gives them."""

    valid_from: date | None
    valid_to: date | None


def lives_of(system: str, code: str) -> list[Life]:
    """Two lives when a code was deleted and reinstated; none when no loaded release takes it."""
    releases = list(Release.objects.ready(system).order_by("effective_from"))
    rows = Code.objects.filter(release__in=releases, code=strip(code), is_modifier=False).billable()
    return lives_in(system, releases, {row.release_id: row for row in rows})


def lives_in(system: str, releases: Sequence[Release], held: Mapping[int, Dated]) -> list[Life]:
    """From the billable rows of one code by release; the releases in order of their dates."""
    if system == System.HCPCS and held:
        newest = next(held[release.pk] for release in reversed(releases) if release.pk in held)
        return [Life(newest.valid_from, newest.valid_to)]
    return list(unbroken(releases, held))


def unbroken(releases: Sequence[Release], held: Collection[int]) -> Iterable[Life]:
    starts: date | None = None
    alive = False
    for place, release in enumerate(releases):
        if release.pk in held and not alive:
            starts, alive = (release.effective_from if place else None), True
        elif release.pk not in held and alive:
            yield Life(starts, release.effective_from - timedelta(days=1))
            alive = False
    if alive:
        yield Life(starts, None)


def held_codes(release: Release) -> dict[str, Held]:
    """Without those that HCPCS ended by a date of their own before this release began."""
    return _held(Code.objects.in_release(release).exclude(valid_to__lt=release.effective_from))


def _held(rows: CodeQuerySet) -> dict[str, Held]:
    columns = rows.order_by().values_list("code", "title", "billable")
    return {code: Held(*held) for code, *held in columns.iterator(10_000)}


def difference(new: dict[str, Held], follows: Release | None) -> Difference | None:
    """Against the release that this one follows; what an earlier one held is reinstated. Needs a release before."""
    if follows is None:
        return None
    older = Release.objects.ready(follows.system).filter(effective_from__lt=follows.effective_from)
    earlier = Code.objects.filter(release__in=older).billable().order_by().values_list("code", flat=True)
    return compare(held_codes(follows), new, against=follows.label, earlier=set(earlier.distinct()))


def stale_codes(release: Release, among: Collection[str]) -> dict[str, Change]:
    """Which of these codes content must not take for granted any more, now that this release follows another."""
    before = Release.objects.before(release)
    found = STALE.get(System(release.system))
    if before is None or found is None:
        return {}
    ordered = sorted({strip(code) for code in among})
    parts = (ordered[first : first + AT_ONCE] for first in range(0, len(ordered), AT_ONCE))
    return {code: change for some in parts for code, change in found(before, release, some).items()}


def _changed_codes(before: Release, release: Release, some: list[str]) -> dict[str, Change]:
    """Each by its own first day: HCPCS ends a code by a date of its own."""
    old, new = (
        _held(Code.objects.in_release(each).valid_on(each.effective_from).filter(code__in=some))
        for each in (before, release)
    )
    return {code: change for code in old if (change := _change(old[code], new.get(code)))}


def _change(old: Held, new: Held | None) -> Change | None:
    if new is None:
        return Change.DELETED
    if old.billable and not new.billable:
        return Change.HEADER
    return Change.REVISED if is_revised(old.title, new.title) else None


def _changed_categories(before: Release, release: Release, some: list[str]) -> dict[str, Change]:
    """Diagnoses whose payment category changed in a model that both payment years have."""
    models = [set(each.hcc_mappings.values_list("model", flat=True).distinct()) for each in (before, release)]
    shared = models[0] & models[1]
    old, new = (
        set(
            HccMapping.objects.filter(release=each, code__in=some, model__in=shared).values_list("model", "code", "hcc")
        )
        for each in (before, release)
    )
    return {code: Change.HCC for _, code, _ in old ^ new}


STALE = {**dict.fromkeys(CODE_SETS, _changed_codes), System.CMS_HCC: _changed_categories}
