"""manage.py close_overdue: close and score every sitting whose time is over."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from quizzes.sitting import close


class Command(BaseCommand):
    help = "Close and score every sitting whose time is over. Safe to run at any time, also twice."

    def handle(self, *args: Any, **options: Any) -> None:
        count = close.close_overdue(now=timezone.now())
        self.stdout.write(f"{count} sitting{'' if count == 1 else 's'} closed.")
