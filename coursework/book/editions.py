"""Which loaded edition an address names: "FY2025", "October-2025". An edition without that name is not there."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404

from codesets.models import Release, System


def named(release: Release) -> str:
    """The name in an address: the label up to its first comma, "FY2026" of "FY2026, tables of FY2025"."""
    return release.label.partition(",")[0].replace(" ", "-")


@dataclass(frozen=True)
class Shelf:
    """The ready releases of a few publications, newest first, read in one statement."""

    releases: tuple[Release, ...]

    @classmethod
    def holding(cls, *systems: System) -> Shelf:
        ready = Release.objects.filter(system__in=systems, institution=None, state=Release.State.READY)
        return cls(tuple(ready.order_by("-effective_from", "-pk")))

    def editions(self, system: System) -> list[Release]:
        return [release for release in self.releases if release.system == system]

    def newest(self, system: System) -> Release | None:
        return next(iter(self.editions(system)), None)

    def edition(self, system: System, name: str) -> Release | None:
        return next((release for release in self.editions(system) if named(release) == name), None)

    def edition_or_404(self, system: System, name: str) -> Release:
        if found := self.edition(system, name):
            return found
        raise Http404

    def nearest(self, system: System, name: str) -> Release | None:
        """The edition of that name, or else the newest: another year is better than nothing, if it says so."""
        return self.edition(system, name) or self.newest(system)
