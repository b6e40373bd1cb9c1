"""manage.py load_supplied: check or load the files that admins supplied on the page, where no worker runs."""

from typing import Any

from django.core.management.base import BaseCommand

from codesets.tasks import work_on_supplied


class Command(BaseCommand):
    help = "Check or load the supplied files that wait, discard what lay there for a month. Safe to run at any time."

    def handle(self, *args: Any, **options: Any) -> None:
        count = work_on_supplied()
        self.stdout.write(f"{count} supplied file{'' if count == 1 else 's'} worked on.")
