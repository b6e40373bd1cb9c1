"""Make the demo: its school, its people, one track of content, and an exam that is open now. Safe to run again."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config import demo
from config.content import load_exams, load_track, pack_for_site

PACK = settings.BASE_DIR / "fixtures/first-rounds"


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--first", action="store_true", help="what the first page needs: people, lessons, cases")
        parser.add_argument(
            "--rest", action="store_true", help="the exam with its items, then every code set that is packaged"
        )
        parser.add_argument("--log-ins", action="store_true", help="only print the log-ins")

    def handle(self, *args: Any, first: bool, rest: bool, log_ins: bool, **options: Any) -> None:
        if log_ins:
            self.stdout.write("\n".join(demo.log_ins()))
            return
        if not (settings.DEMO or settings.DEBUG):
            raise CommandError("The demo has public passwords. Set DEMO=1 to make it on this machine.")
        self.load(first=first or not rest, rest=rest or not first)

    def load(self, *, first: bool, rest: bool) -> None:
        now = timezone.now()
        pack = pack_for_site(PACK)
        if first:
            demo.make_people(now=now)
            load_track(pack, now=now)
        if rest:
            load_exams(pack, now=now)
            demo.open_exam(now=now)
            call_command("load_codeset", "all", from_package=True, stdout=self.stdout, stderr=self.stderr)
