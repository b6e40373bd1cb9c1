"""How long do 10,000 claims of 12 lines take? python -m tests.codesets.edits.speed, against the database of VAR_DIR."""

import os
import random
import resource
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date
from time import process_time

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()

from codesets.edits.check import book_on, check
from codesets.edits.encounter import Encounter
from codesets.models import Code, IndexEntry, Release
from grading.answers import ICD10CM, ICD10PCS, CodedLine, Poa, Setting

ON = date(2025, 11, 15)
CLAIMS, DIAGNOSES, PROCEDURES = 10_000, 10, 2
AT_ONCE = 200  # as the command does
LETTERS = [Poa.YES, Poa.YES, Poa.YES, Poa.NO]


def claims_of(codes: Sequence[str], count: int, procedures: Sequence[str] = (), seed: int = 4) -> list[Encounter]:
    """Inpatient claims with any codes at all: far more findings and new codes than real ones have."""
    rng = random.Random(seed)
    return [_claim(rng, codes, procedures) for _ in range(count)]


def measure(claims: Sequence[Encounter]) -> tuple[float, Counter[str]]:
    """Seconds of this process, from an empty book; findings by kind."""
    started, book, kinds = process_time(), book_on(ON), Counter[str]()
    for start in range(0, len(claims), AT_ONCE):
        some = claims[start : start + AT_ONCE]
        book.look_up(line for each in some for line in each.lines)
        for each in some:
            kinds.update(found.kind.value for found in check(each, book))
    return process_time() - started, kinds


def _claim(rng: random.Random, codes: Sequence[str], procedures: Sequence[str]) -> Encounter:
    lines = [CodedLine(rng.choice(codes), poa=rng.choice(LETTERS)) for _ in range(DIAGNOSES)]
    lines += [CodedLine(rng.choice(procedures), system=ICD10PCS) for _ in range(PROCEDURES if procedures else 0)]
    return Encounter(ON, Setting.INPATIENT, tuple(lines), age=rng.randrange(95), sex=rng.choice("FM"))


def _codes_of(system: str) -> list[str]:
    held = Code.objects.in_release(Release.objects.in_force(system, ON)).billable()
    return [code.dotted if system == ICD10CM else code.code for code in held]


def main() -> None:
    diagnoses, procedures = _codes_of(ICD10CM), _codes_of(ICD10PCS)
    taught = sorted(set(diagnoses) & set(IndexEntry.objects.values_list("code", flat=True)))
    for name, codes in (("codes of the Index", taught), ("any codes", diagnoses)):
        seconds, kinds = measure(claims_of(codes, CLAIMS, procedures))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1_000
        sys.stdout.write(f"{CLAIMS:,} claims of 12 lines, {name}: {seconds:.1f} s, {peak} MB at most, ")
        sys.stdout.write(f"{sum(kinds.values()):,} findings: {dict(kinds.most_common())}\n")


if __name__ == "__main__":
    main()
