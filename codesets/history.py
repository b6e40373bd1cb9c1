"""What successive releases did to one code: added it, renamed it, made it a header, deleted it, brought it back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from codesets.differences import Held, is_revised
from codesets.models import Release


class ChangeKind(StrEnum):
    ADDED = "added"
    REINSTATED = "reinstated"
    REVISED = "revised"
    BECAME_HEADER = "became_header"
    BECAME_BILLABLE = "became_billable"
    DELETED = "deleted"


@dataclass(frozen=True)
class Change:
    kind: ChangeKind
    on: date
    release: str
    title_before: str = ""


def changes_of(releases: Sequence[Release], held: Mapping[int, Held]) -> Iterator[Change]:
    """Oldest release first; `held` says by release what it holds of the code. What the oldest holds is no change."""
    before: Held | None = None
    has_lived = False
    for place, release in enumerate(releases):
        now = held.get(release.pk)
        for kind in _kinds(before, now, has_lived=has_lived) if place else ():
            title = before.title if before and kind is ChangeKind.REVISED else ""
            yield Change(kind, release.effective_from, release.label, title)
        before, has_lived = now, has_lived or now is not None


def _kinds(before: Held | None, now: Held | None, *, has_lived: bool) -> Iterator[ChangeKind]:
    if before is None and now is not None:
        yield ChangeKind.REINSTATED if has_lived else ChangeKind.ADDED
    elif before is not None and now is None:
        yield ChangeKind.DELETED
    elif before and now:
        if is_revised(before.title, now.title):
            yield ChangeKind.REVISED
        if before.billable != now.billable:
            yield ChangeKind.BECAME_BILLABLE if now.billable else ChangeKind.BECAME_HEADER
