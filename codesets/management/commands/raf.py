"""HCCs and risk score: manage.py raf --age 72 --sex F E11.22 N18.4 I50.22 J44.9 [--year 2026] [--model V24] [--json].

Or of many people: manage.py raf --batch FILE, JSON Lines with age, sex, codes, year. --memory says what scoring holds.
"""

from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from codesets import search_measure
from codesets.groupers import hcc, written
from codesets.management.batch import BatchCommand


class Command(BatchCommand):
    help = "Score payment HCCs. An educational estimate."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--year", type=int, help="payment year, one after that of the diagnoses")
        parser.add_argument("--model", default="V28", help="V28 or V24")
        parser.add_argument(
            "--memory", action="store_true", help="megabytes of this process before and after, on stderr"
        )

    def handle(self, *, memory: bool, **options: Any) -> None:
        before = search_measure.worker_megabytes()
        super().handle(**options)
        if memory:
            self.stderr.write(f"{before:.0f} MB before, {search_measure.worker_megabytes():.0f} MB after scoring")

    def question(self, codes: list[dict[str, Any]], options: dict[str, Any]) -> dict[str, Any]:
        return {"codes": codes} | {name: options[name] for name in ("age", "sex", "year", "model", "on")}

    def answer(self, line: dict[str, Any]) -> dict[str, Any]:
        person = written.read_person(line, today=timezone.localdate())
        return written.write_score(
            hcc.score(person.codes, age=person.age, sex=person.sex, year=person.year, model=person.model)
        )

    def table(self, answer: dict[str, Any]) -> str:
        lines = [
            f"RAF {answer['raf']:.3f}, of which {answer['demographic']:.3f} for age and sex",
            f"CMS-HCC {answer['model']}, payment year {answer['payment_year']}. {answer['note']}",
        ]
        for name, coefficient in (answer["coefficients"] | answer["interactions"]).items():
            lines.append(f"{name:<22} {coefficient:.3f}")
        below = [f"Below a higher category: {', '.join(answer['below'])}"] if answer["below"] else []
        return "\n".join([*lines, *below])
