"""How long does the whole rule pack take on 10,000 claims of 12 lines? python -m tests.codesets.rules.speed says it."""

import random
import sys
from datetime import date
from time import process_time

from codesets.edits.encounter import Encounter
from codesets.loaders import icd10cm_tabular
from codesets.loaders.archive import members
from codesets.rules.fire import violations
from codesets.rules.read import shipped
from grading.answers import CodedLine, Setting

CLAIMS, LINES = 10_000, 12


def random_claims(number: int, seed: int = 5) -> list[Encounter]:
    """Half the lines from the examples of the rules, so that many rules are tried; the others from the whole book."""
    rng = random.Random(seed)
    asked = sorted({line.code for rule in shipped() for line in rule.fires.lines if line.system == "icd10cm"})
    (member,) = members(icd10cm_tabular.packaged_file())
    book = [row.code for row in icd10cm_tabular.read(member).codes if row.billable]
    return [_claim(rng, asked, book) for _ in range(number)]


def _claim(rng: random.Random, asked: list[str], book: list[str]) -> Encounter:
    codes = [rng.choice(asked if rng.random() < 0.5 else book) for _ in range(LINES)]
    lines = tuple(map(CodedLine, codes))
    return Encounter(date(2025, 11, 15), rng.choice(list(Setting)), lines, age=rng.randrange(95), sex=rng.choice("FM"))


def seconds(claims: list[Encounter]) -> tuple[float, int]:
    started = process_time()
    found = sum(len(violations(claim)) for claim in claims)
    return process_time() - started, found


if __name__ == "__main__":
    claims = random_claims(int(sys.argv[1]) if len(sys.argv) > 1 else CLAIMS)
    taken, found = seconds(claims)
    sys.stdout.write(
        f"{len(shipped())} rules, {len(claims)} claims of {LINES} lines: {taken:.1f} s, {found} findings\n"
    )
