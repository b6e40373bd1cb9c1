"""How long do 10,000 charts of 12 lines take? python -m tests.grading.speed prints it beside both yardsticks.

The yardsticks are 2 seconds, and three times the bare matching loop: the same charts matched as grading matches them,
with nothing judged, counted or measured.
"""

import random
import sys
from collections.abc import Callable
from time import process_time

from grading.answers import Answer, CodedLine, Key, KeyLine, Pair, Poa, Setting
from grading.chart import grade_chart
from grading.matching import match_lines
from tests.grading.charts import BILLABLE, RELATIONS

LINES = 12
SECONDS_OF_10_000 = 2.0
TIMES_THE_MATCHING = 3
SECTIONS = {code[:3]: (f"chapter {code[0]}", f"block {code[:2]}") for code in BILLABLE}


def random_charts(number: int, seed: int = 5) -> list[tuple[Key, Answer]]:
    """Keys of 12 lines with POA and a bound pair; sheets of 12 lines with near misses, extras and wrong letters."""
    rng = random.Random(seed)
    return [_chart(rng) for _ in range(number)]


def _chart(rng: random.Random) -> tuple[Key, Answer]:
    codes = rng.sample(BILLABLE, LINES)
    key = Key(Setting.INPATIENT, tuple(KeyLine(code, poa=Poa.YES) for code in codes), (Pair(codes[2], codes[5]),))
    entered = [code if rng.random() < 0.75 else rng.choice(BILLABLE) for code in codes]
    if rng.random() < 0.5:
        rng.shuffle(entered)
    return key, Answer(tuple(CodedLine(code, poa=rng.choice([Poa.YES, Poa.YES, Poa.NO])) for code in entered))


def seconds(charts: list[tuple[Key, Answer]]) -> tuple[float, float]:
    """Grading with causes, references and all measures; and the bare matching."""
    return (
        _time(charts, lambda key, answer: grade_chart(key, answer, RELATIONS, sections=SECTIONS)),
        _time(charts, lambda key, answer: match_lines(key, answer, RELATIONS)),
    )


def _time(charts: list[tuple[Key, Answer]], work: Callable[[Key, Answer], object]) -> float:
    started = process_time()
    for key, answer in charts:
        work(key, answer)
    return process_time() - started


if __name__ == "__main__":
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    graded, matched = seconds(random_charts(number))
    allowed = SECONDS_OF_10_000 * number / 10_000
    print(f"{number:,} charts of {LINES} lines: graded in {graded:.2f} s, bare matching loop {matched:.2f} s.")
    print(
        f"{graded / allowed:.2f} of the {allowed:.1f} s allowed; {graded / matched:.2f} times the bare matching loop."
    )
