"""Lines are matched for the best total, never first come, first served."""

import random
from fractions import Fraction
from itertools import permutations

from grading.answers import Accept, KeyLine
from grading.chart import grade_chart
from grading.matching import assign, match_lines
from tests.grading.charts import RELATIONS, key, sheet


def brute_force(rows, columns, weights):
    if not rows:
        return 0
    row, *others = rows
    best = brute_force(others, columns, weights)
    for column in columns:
        if (row, column) in weights:
            best = max(best, weights[row, column] + brute_force(others, columns - {column}, weights))
    return best


def random_weights(rng, most):
    density = rng.choice([0.2, 0.5, 1])
    rows, columns = rng.randint(1, most), rng.randint(1, most)
    cells = [(row, column) for row in range(rows) for column in range(columns) if rng.random() < density]
    return {cell: rng.choice([1, 2, 5, 10**14, 10**14 + 1]) for cell in cells}


def test_assignment_equals_brute_force_on_1000_random_charts():
    rng = random.Random(7)

    for _ in range(1000):
        weights = random_weights(rng, most=5)
        chosen = assign(weights)
        rows, columns = sorted({row for row, _ in weights}), frozenset(column for _, column in weights)

        assert len(set(chosen.values())) == len(chosen)
        assert sum(weights[pair] for pair in chosen.items()) == brute_force(rows, columns, weights)


def test_assignment_of_forty_lines_to_forty_is_complete():
    weights = {(row, column): 1 + (row * column) % 7 for row in range(40) for column in range(40)}

    assert len(assign(weights)) == 40


def test_alternatives_are_matched_for_the_best_total_in_any_order():
    # Key lines {A}, {A or B}, {A}; sheet A, A, B: first come, first served finds two, the best is three.
    wanted = key(KeyLine("I10"), KeyLine("I10", accept=(Accept("I11.0"),)), KeyLine("I10"))

    for entered in permutations(["I10", "I10", "I11.0"]):
        assert grade_chart(wanted, sheet(*entered)).measures["recall"] == 1


def test_own_code_comes_before_an_alternative_and_an_alternative_before_a_near_miss():
    wanted = key(KeyLine("J96.01", accept=(Accept("J96.02"),)))

    own = match_lines(wanted, sheet("J96.00", "J96.02", "J96.01"), RELATIONS)
    alternative = match_lines(wanted, sheet("J96.00", "J96.02"), RELATIONS)

    assert (own[0][0], alternative[0][0]) == (2, 1)


def test_a_second_agreed_line_outweighs_a_first_choice():
    wanted = key(KeyLine("I50.21", accept=(Accept("I50.23"),)), KeyLine("I11.0", accept=(Accept("I50.21"),)))

    graded = grade_chart(wanted, sheet("I50.21", "I50.23"), RELATIONS)

    assert graded.measures["recall"] == 1


def test_a_required_line_is_served_before_an_optional_one():
    wanted = key(KeyLine("N18.4"), optional=("N18.4",))

    assert set(match_lines(wanted, sheet("N18.4"))) == {0}


def test_an_alternative_with_part_of_the_credit_earns_that_part():
    wanted = key(KeyLine("I50.21", accept=(Accept("I50.9", Fraction(3, 4)),)))

    line = grade_chart(wanted, sheet("I50.9"), RELATIONS).lines[0]

    assert (line.credit, line.is_agreed) == (Fraction(3, 4), False)
