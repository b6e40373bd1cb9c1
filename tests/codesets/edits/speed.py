"""How long do 10,000 claims of 12 lines take? python -m tests.codesets.edits.speed, against the database of VAR_DIR."""

import os
import random
import resource
import sys
import time
from collections import Counter
from datetime import date

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from codesets.edits.check import book_on, check  # noqa: E402
from codesets.edits.encounter import Encounter  # noqa: E402
from codesets.models import Code, IndexEntry, Release  # noqa: E402
from grading.answers import ICD10CM, ICD10PCS, CodedLine, Poa, Setting  # noqa: E402

ON = date(2025, 11, 15)
CLAIMS, DIAGNOSES, PROCEDURES = 10_000, 10, 2
AT_ONCE = 200  # as the command does
TAUGHT = 0.7  # the share of diagnoses to which a main term of the Index leads; the others are any code at all


def claims(count: int, seed: int = 4) -> list[Encounter]:
    rng = random.Random(seed)
    any_code, procedures = (codes_of(system) for system in (ICD10CM, ICD10PCS))
    taught = sorted(set(any_code) & set(IndexEntry.objects.values_list("code", flat=True).distinct()) or set(any_code))
    return [claim(rng, taught, any_code, procedures) for _ in range(count)]


def codes_of(system: str) -> list[str]:
    held = Code.objects.in_release(Release.objects.in_force(system, ON)).billable()
    return [code.dotted if system == ICD10CM else code.code for code in held]


def claim(rng: random.Random, taught: list[str], any_code: list[str], procedures: list[str]) -> Encounter:
    diagnoses = [rng.choice(taught if rng.random() < TAUGHT else any_code) for _ in range(DIAGNOSES)]
    lines = [CodedLine(code, poa=rng.choice([Poa.YES, Poa.YES, Poa.YES, Poa.NO])) for code in diagnoses]
    lines += [CodedLine(rng.choice(procedures), system=ICD10PCS) for _ in range(PROCEDURES)]
    return Encounter(ON, Setting.INPATIENT, tuple(lines), age=rng.randrange(95), sex=rng.choice("FM"))


def main(count: int = CLAIMS) -> None:
    asked = claims(count)
    started, book, kinds = time.perf_counter(), book_on(ON), Counter()
    for start in range(0, count, AT_ONCE):
        some = asked[start : start + AT_ONCE]
        book.look_up(line for each in some for line in each.lines)
        for each in some:
            kinds.update(found.kind.value for found in check(each, book))
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1_000
    sys.stdout.write(f"{count:,} claims of {DIAGNOSES + PROCEDURES} lines: {seconds:.1f} s, {peak} MB at most\n")
    sys.stdout.write(f"{sum(kinds.values()):,} findings: {dict(kinds.most_common())}\n")


if __name__ == "__main__":
    main()
