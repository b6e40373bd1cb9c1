"""Load editions one after the other; the search has its index before anybody can ask for a new release."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from accounts.models import Institution
from codesets import search
from codesets.loaders import load
from codesets.loaders.edition import Edition
from codesets.loaders.load import Loaded, Progress
from codesets.models import Release
from codesets.systems import CODE_SETS


@dataclass
class Loading:
    """What is written and not shown yet: for several code sets the index is built once."""

    now: datetime
    progress: Progress = load.silent
    waiting: list[Loaded] = field(default_factory=list)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        """Whatever stopped it, nothing stays that nobody will ever see."""
        written = [each.pk for each in self.releases()]
        for left in Release.objects.filter(pk__in=written, state=Release.State.LOADING):
            load.discard(left)

    def write(self, edition: Edition, *, source: str, owner: Institution | None) -> Loaded:
        self.make_way(edition)
        written = load.write(edition, source=source, now=self.now, institution=owner, progress=self.progress)
        self.waiting.append(written)
        return written

    def make_way(self, edition: Edition) -> None:
        """An edition completes the one of its dates, the Tabular List the order file: that one must be shown."""
        if any(
            (each.system, each.effective_from) == (edition.system, edition.effective_from) for each in self.releases()
        ):
            self.show()

    def releases(self) -> list[Release]:
        return [each.release for each in self.waiting]

    def show(self) -> None:
        """What only helps the search comes first: the index of the code sets is built with it."""
        new = [each.release for each in self.waiting if each.is_new]
        coming = [release for release in new if release.system in CODE_SETS]
        for release in new:
            if release not in coming:
                load.show(release, now=self.now)
        self.progress("Building the search index", 0, 1)
        search.build_index(coming)
        for release in coming:
            load.show(release, now=self.now)
        self.waiting.clear()
