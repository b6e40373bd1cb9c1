"""Load a code set: manage.py load_codeset icd10cm --from-package [--dry-run]. Progress goes to stderr."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from codesets import search
from codesets.loaders import icd10cm_tabular, load
from codesets.models import System


class Command(BaseCommand):
    help = "Load a code set from an installed package: load_codeset icd10cm --from-package"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("system", metavar="SYSTEM", help="icd10cm")
        parser.add_argument("--from-package", action="store_true", help="read the file inside the installed package")
        parser.add_argument("--dry-run", action="store_true", help="read and check, write nothing")

    def handle(self, *, system: str, from_package: bool, dry_run: bool, **options: Any) -> None:
        if system not in System.values:
            raise CommandError(f"{system!r} cannot be loaded: files are not read yet, write: icd10cm --from-package")
        if not from_package:
            raise CommandError(f"Say where {system} comes from: load_codeset {system} --from-package")
        try:
            path = icd10cm_tabular.packaged_file()
            self.say(self.count(path) if dry_run else self.load(path))
        except icd10cm_tabular.NotTheTabularList as problem:
            raise CommandError(str(problem)) from problem

    def count(self, path: Path) -> str:
        counts = icd10cm_tabular.read(path).counts
        return f"{path.name}: {counts.rows:,} rows, {counts.billable:,} billable codes. Nothing was written."

    def load(self, path: Path) -> str:
        loaded = load.load_icd10cm(
            path, source=f"simple-icd-10-cm: {path.name}", now=timezone.now(), progress=self.progress
        )
        self.progress("Building the search index", 0, 1)
        search.build_index()
        self.stderr.write("")
        state = "loaded" if loaded.is_new else "was loaded already, nothing was written"
        return f"{loaded.release}, {loaded.release.span}: {state}."

    def progress(self, what: str, done: int, total: int) -> None:
        """One line that is overwritten on a terminal; elsewhere one line per step."""
        if sys.stderr.isatty():
            self.stderr.write(f"\r{what}: {done:,} of {total:,}  ", ending="")
        elif done in (0, total):
            self.stderr.write(f"{what}: {done:,} of {total:,}")

    def say(self, sentence: str) -> None:
        self.stdout.write(sentence)
