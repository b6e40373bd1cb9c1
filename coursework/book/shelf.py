"""Which editions stand on the shelf, read in one statement, and which of them belongs to a page."""

from dataclasses import dataclass

from codesets.models import Release


@dataclass(frozen=True)
class Shelf:
    """Every shared release that is ready, newest first."""

    releases: list[Release]

    def editions(self, system: str) -> list[Release]:
        return [release for release in self.releases if release.system == system]

    def newest(self, system: str) -> Release | None:
        return next(iter(self.editions(system)), None)

    def labelled(self, system: str, label: str) -> Release | None:
        """The edition of that label; without a label, the newest one."""
        return next((each for each in self.editions(system) if label in ("", each.label)), None)

    def beside(self, system: str, release: Release) -> list[Release]:
        """The editions of another list whose dates meet those of this release."""
        return [
            each
            for each in self.editions(system)
            if each.effective_from <= release.effective_to and each.effective_to >= release.effective_from
        ]


def open_shelf() -> Shelf:
    ready = Release.objects.filter(state=Release.State.READY, institution=None)
    return Shelf(list(ready.order_by("-effective_from", "-id")))
