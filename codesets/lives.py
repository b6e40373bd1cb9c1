"""How long a code has lived, computed from successive releases, and which codes a release made invalid."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from codesets.differences import Difference, Held, compare
from codesets.formats import strip
from codesets.models import Code, HccMapping, Release, System


@dataclass(frozen=True)
class Life:
    """One unbroken time in which a claim took the code. None: since before, or until after, what is loaded."""

    starts: date | None
    ends: date | None

    def covers(self, on: date) -> bool:
        return (self.starts is None or self.starts <= on) and (self.ends is None or on <= self.ends)


def lives_of(system: str, code: str) -> list[Life]:
    """Two lives when a code was deleted and reinstated; none when no loaded release takes it."""
    releases = list(Release.objects.ready(system).order_by("effective_from"))
    rows = Code.objects.filter(release__in=releases, code=strip(code), is_modifier=False).billable()
    held = {row.release_id: row for row in rows}
    if system == System.HCPCS and held:
        newest = held[max(held)]
        return [Life(newest.valid_from, newest.valid_to)]
    return list(unbroken(releases, held))


def unbroken(releases: list[Release], held: Iterable[int]) -> Iterable[Life]:
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
    rows = Code.objects.in_release(release).order_by()
    return {code: Held(*held) for code, *held in rows.values_list("code", "title", "billable").iterator(10_000)}


def difference(new: dict[str, Held], follows: Release | None) -> Difference | None:
    """Against the release that this one follows; what an earlier one held is reinstated. Needs a release before."""
    if follows is None:
        return None
    older = Release.objects.ready(follows.system).filter(effective_from__lt=follows.effective_from)
    earlier = Code.objects.filter(release__in=older).billable().order_by().values_list("code", flat=True)
    return compare(held_codes(follows), new, against=follows.label, earlier=set(earlier.distinct()))


def stale_codes(release: Release) -> Difference | None:
    """What of content must be looked at again when this release comes into force: deleted, revised, became a header.

    Apps above intersect it with the codes of their cases, keys and items.
    """
    return difference(held_codes(release), Release.objects.before(release))


def stale_hccs(release: Release) -> set[str]:
    """Diagnoses whose payment category changed in a model that both payment years have."""
    before = Release.objects.before(release)
    if before is None:
        return set()
    old, new = _categories(before), _categories(release)
    shared = old.keys() & new.keys()
    return {code for model in shared for code, _ in old[model] ^ new[model]}


def _categories(release: Release) -> dict[str, set[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = {}
    for model, code, hcc in HccMapping.objects.filter(release=release).values_list("model", "code", "hcc"):
        found.setdefault(model, set()).add((code, hcc))
    return found
