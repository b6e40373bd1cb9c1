"""MS-DRG of a stay: manage.py group A41.9:poa=Y R65.20:poa=Y --procedures 5A1955Z [--on DATE --age N --sex F --json].

Or of many: manage.py group --batch FILE, JSON Lines: principal, secondary, procedures, age, sex, discharge_status, on.
"""

from argparse import ArgumentParser
from datetime import date
from functools import cache
from typing import Any

from django.db import DatabaseError
from django.utils import timezone

from codesets import wording
from codesets.groupers import msdrg, written
from codesets.management.batch import BatchCommand


class Command(BatchCommand):
    help = "Group inpatient stays by MS-DRG. An educational estimate."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--procedures", nargs="+", default=[], metavar="CODE", help="ICD-10-PCS codes")
        parser.add_argument("--without-each", action="store_true", help="also the group had each line not been there")
        parser.add_argument("--discharge-status", metavar="NN", help="two digits, 01 is home")

    def handle(self, *, without_each: bool, **options: Any) -> None:
        self.asks_for_each = without_each
        self.weights_on = cache(weights_if_loaded)  # a file has many stays of few days
        super().handle(**options)

    def question(self, codes: list[dict[str, Any]], options: dict[str, Any]) -> dict[str, Any]:
        names = ("procedures", "age", "sex", "discharge_status", "on")
        return {"principal": codes[0], "secondary": codes[1:]} | {name: options[name] for name in names}

    def answer(self, line: dict[str, Any]) -> dict[str, Any]:
        stay = written.read_stay(line, today=timezone.localdate())
        weights = self.weights_on(stay.on)
        grouped = msdrg.group(stay, weights)
        if not weights:
            self.warn_once(wording.NO_WEIGHTS)
        return written.write_grouped(grouped, msdrg.drgs_without_each(stay) if self.asks_for_each else ())

    def table(self, answer: dict[str, Any]) -> str:
        because = f" ({answer['ungrouped_because']})" if answer["ungrouped_because"] else ""
        weight = "not loaded" if answer["weight"] is None else answer["weight"]
        lines = [
            f"{answer['drg']} {answer['title']}{because}",
            f"MDC {answer['mdc']}, weight {weight}, version {answer['version']}. {answer['note']}",
        ]
        for each in answer["severity"]:
            lines.append(
                f"{each['code']:<9} {each['severity'] or '–':<4} {each['effect']} {each['hac'] or ''}".rstrip()
            )
        return "\n".join(lines)


def weights_if_loaded(day: date) -> msdrg.Weights:
    try:
        return msdrg.weights_on(day)
    except DatabaseError:  # before the first migration a stay still has its group
        return {}
