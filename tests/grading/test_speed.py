"""Grading is fast enough to regrade a cohort while a teacher waits."""

from tests.grading.speed import SECONDS_OF_10_000, TIMES_THE_MATCHING, random_charts, seconds

CHARTS, RUNS = 100, 300  # short runs, and the best of them: what else the machine does falls on the others


def test_10000_charts_take_two_seconds_or_three_times_the_bare_matching():
    charts = random_charts(CHARTS)
    runs, is_fast_enough = [], False

    while not is_fast_enough and len(runs) < RUNS:
        runs.append(seconds(charts))
        graded, matched = (min(run[place] for run in runs) for place in (0, 1))
        is_fast_enough = graded * 10_000 / CHARTS < SECONDS_OF_10_000 or graded < TIMES_THE_MATCHING * matched

    assert is_fast_enough, f"graded in {graded:.4f} s, matched in {matched:.4f} s"
