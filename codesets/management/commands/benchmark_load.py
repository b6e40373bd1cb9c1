"""Measure a load in an empty database while another process saves: manage.py benchmark_load PATH … Figures as JSON."""

import json
import resource
import select
import subprocess
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from codesets.loaders import load, registry
from codesets.models import Release

PAUSE = 0.02  # between two saves, like a class of thirty that answers every half second


class Command(BaseCommand):
    help = "Load files into an empty, throw-away database and print rows, seconds, memory and how long saves waited."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="*", type=Path)
        parser.add_argument("--save", action="store_true", help="be the other process: save until the input closes")

    def handle(self, *, paths: list[Path], save: bool, **options: Any) -> None:
        if save:
            self.stdout.write(json.dumps(waits()))
            return
        if Release.objects.exists():
            raise CommandError("This database holds code sets: give the benchmark an empty one by VAR_DIR.")
        self.stdout.write(json.dumps(measure(paths), indent=2))


def measure(paths: list[Path]) -> dict[str, Any]:
    saver = subprocess.Popen(
        [sys.executable, "manage.py", "benchmark_load", "--save"],
        cwd=settings.BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    time.sleep(2)  # until the other process saves
    started, rows = time.perf_counter(), {}
    for path in paths:
        for edition in registry.read(path):
            load.load(edition, source=path.name, now=timezone.now())
            rows[edition.name] = edition.counts.rows
    seconds = time.perf_counter() - started
    saved, _ = saver.communicate()  # closes its input, which ends it
    return {
        "database": connection.vendor,
        "rows": rows | {"all": sum(rows.values())},
        "seconds": round(seconds, 1),
        "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1_000,
        "saves_beside": json.loads(saved),
    }


def waits() -> dict[str, float]:
    """Save again and again until the parent closes the pipe; seconds that one save took, start to commit."""
    taken: list[float] = []
    while not select.select([sys.stdin], [], [], 0)[0]:
        started = time.perf_counter()
        SessionStore().save()
        taken.append(time.perf_counter() - started)
        time.sleep(PAUSE)
    taken.sort()
    return {
        "count": len(taken),
        "p50_seconds": round(taken[len(taken) // 2], 4),
        "p99_seconds": round(taken[len(taken) * 99 // 100], 4),
        "longest_seconds": round(taken[-1], 4),
    }
