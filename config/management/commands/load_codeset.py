"""Load official files: manage.py load_codeset (PATH | SYSTEM --from-package) [--dry-run]. Progress goes to stderr."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import Institution
from codesets import wording
from codesets.loaders import load, packages, registry
from codesets.loaders.archive import Refused
from codesets.loaders.edition import Edition
from codesets.models import Release
from codesets.supply.showing import Loading
from codesets.systems import LICENSED
from cohorts import wording as content_wording
from cohorts.code_changes.touched import followed_releases

ALL = "all"


def supplied(what: str, from_package: bool) -> Iterable[tuple[str, list[Edition]]]:
    """Where it comes from, and the editions in it."""
    if not from_package:
        return [(Path(what).name, registry.read(Path(what)))]
    return packages.everything() if what == ALL else [packages.packaged(what)]


class Command(BaseCommand):
    help = "Load a code set from an official file, zip or unpacked, or from an installed package."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "what", metavar="PATH|SYSTEM", help="a file, zip or folder; with --from-package icd10cm, or all"
        )
        parser.add_argument("--from-package", action="store_true", help="read the file inside the installed package")
        parser.add_argument("--dry-run", action="store_true", help="read, check and compare; write nothing")
        parser.add_argument("--institution", metavar="SLUG", help="who holds the licence, for CPT, NCCI and MUE")

    def handle(self, *, what: str, from_package: bool, dry_run: bool, institution: str | None, **options: Any) -> None:
        self.loaded: list[Release] = []
        self.progress(f"Reading {Path(what).name}", 0, 1)
        try:
            with Loading(timezone.now(), self.progress) as self.loading:
                for source, editions in supplied(what, from_package):
                    for edition in editions:
                        owner = self.owner(edition, institution)
                        self.loading.make_way(edition)
                        self.compare(edition, owner)
                        self.say("Nothing was written." if dry_run else self.load(edition, source, owner))
                if not dry_run:
                    self.loading.show()
        except Refused as problem:
            raise CommandError(str(problem)) from problem
        if not dry_run:
            self.list_touched()

    def owner(self, edition: Edition, slug: str | None) -> Institution | None:
        if edition.system not in LICENSED:
            return None
        if slug is None:
            raise Refused(f"{edition.name} holds CPT: say whose licence covers it with --institution SLUG.")
        owner = Institution.objects.filter(slug=slug).first()
        if owner is None:
            raise Refused(f"There is no institution {slug}: check the name after --institution.")
        return owner

    def compare(self, edition: Edition, owner: Institution | None) -> None:
        self.say(wording.summary(edition))
        for line in wording.difference(load.plan(edition, owner, waiting=self.loading.releases())):
            self.say(line)

    def load(self, edition: Edition, source: str, owner: Institution | None) -> str:
        shown = source if source == edition.member else f"{source}: {edition.member}"
        written = self.loading.write(edition, source=shown, owner=owner)
        self.loaded.append(written.release)
        return wording.loaded(str(written.release), written.release.span, written.is_new)

    def list_touched(self) -> None:
        """The published content of every institution whose codes the new releases changed."""
        for each in followed_releases(Institution.objects.all(), only=self.loaded):
            for sentence in content_wording.told(each):
                self.say(sentence)

    def progress(self, what: str, done: int, total: int) -> None:
        """One line that is overwritten on a terminal; elsewhere one line per step."""
        if sys.stderr.isatty():
            self.stderr.write(f"\r{what}: {done:,} of {total:,}  ", ending="" if done < total else "\n")
        elif done in (0, total):
            self.stderr.write(f"{what}: {done:,} of {total:,}")

    def say(self, sentence: str) -> None:
        self.stdout.write(sentence)
