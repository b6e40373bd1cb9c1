"""Load a pack of lessons, cases, items and exams into the catalogue. Loading it again writes nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from config.content import load_exams, load_track, pack_for_site
from coursework.authoring.read_pack import ContentError


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        now = timezone.now()
        try:
            pack = pack_for_site(folder)
            with transaction.atomic():
                written = load_track(pack, now=now) + load_exams(pack, now=now)
        except ContentError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{pack.title}: {written} pieces were new or changed.")
