"""1,000 random small charts against a reference that tries every way of pairing the two lists."""

import random
from fractions import Fraction

from grading.answers import Accept, Answer, CodedLine, Key, KeyLine, LineClass, Setting
from grading.chart import grade_chart
from grading.relations import Relation, relate
from grading.weights import LEARNING
from tests.grading.charts import BILLABLE, RELATIONS

# Families, so that near misses and quarrels about one code are frequent.
POOL = [code for code in BILLABLE if code[:3] in {"I50", "J96", "M17", "N18", "I10"}]
CLASSES = [LineClass.REQUIRED] * 4 + [LineClass.OPTIONAL, LineClass.FORBIDDEN]
CREDITS = [Fraction(1), Fraction(1), Fraction(1, 2), Fraction(0)]


def random_chart(rng):
    codes = rng.sample(POOL, rng.randint(1, 5))
    spare = [code for code in POOL if code not in codes]
    lines = []
    for code in codes:
        line_class = rng.choice(CLASSES)
        chosen = rng.sample(spare, rng.randint(0, 2)) if line_class is not LineClass.FORBIDDEN else []
        accept = tuple(Accept(other, rng.choice(CREDITS)) for other in chosen)
        lines.append(KeyLine(code, line_class=line_class, accept=accept))
    entered = [CodedLine(rng.choice(POOL)) for _ in range(rng.randint(0, 5))]
    return Key(Setting.CLINIC, tuple(lines)), Answer(tuple(entered))


def credit_of(line, code):
    """What this code earns at this line of the key; None where they do not belong together."""
    listed = {other.code: other.credit for other in line.accept}
    relation = relate(code, line.code, RELATIONS)
    if relation is Relation.EXACT:
        return Fraction(1)
    if code in listed:
        return listed[code]
    return None if relation is Relation.UNRELATED else LEARNING[relation]


def best(key, answer):
    """The greatest (required lines agreed, optional lines agreed, other credit of required lines) of all pairings."""
    judged = {line.code for line in key.lines if line.line_class is LineClass.FORBIDDEN}
    wanted = [line for line in key.lines if line.line_class is not LineClass.FORBIDDEN]
    right = {
        code for line in wanted for code in [line.code, *(other.code for other in line.accept if other.credit == 1)]
    }
    entered = [line.code for line in answer.lines if line.code not in judged]

    def may_be_near(place):
        """Of a code that was entered more than once only the first copy is a near miss, and none if it is right."""
        code = entered[place]
        return entered.count(code) == 1 or (entered.index(code) == place and code not in right)

    def pair(row, free):
        if row == len(wanted):
            return (0, 0, Fraction(0))
        found, line = pair(row + 1, free), wanted[row]
        for place in free:
            credit = credit_of(line, entered[place])
            if credit is not None and (credit == 1 or may_be_near(place)):
                required, optional, partly = pair(row + 1, free - {place})
                if line.line_class is LineClass.OPTIONAL:
                    gained = (required, optional + (credit == 1), partly)
                else:
                    gained = (required + (credit == 1), optional, partly + (credit if credit < 1 else 0))
                found = max(found, gained)
        return found

    return pair(0, frozenset(range(len(entered))))


def test_1000_random_small_charts_agree_with_brute_force():
    rng = random.Random(2026)

    for _ in range(1000):
        key, answer = random_chart(rng)
        grade = grade_chart(key, answer, RELATIONS)
        required, optional, partly = best(key, answer)
        wanted = sum(line.line_class is LineClass.REQUIRED for line in key.lines)

        of_required = [line for line in grade.lines if line.line_class is LineClass.REQUIRED]
        agreed_options = [line for line in grade.lines if line.line_class is LineClass.OPTIONAL and line.is_agreed]
        assert sum(line.is_agreed for line in of_required) == required, (key, answer)
        assert len(agreed_options) == optional, (key, answer)
        assert sum((line.credit for line in of_required), Fraction(0)) == required + partly, (key, answer)
        entered = len(answer.lines) - optional
        if wanted + entered:
            assert grade.measures["f1"] == Fraction(2 * required, wanted + entered)
            assert grade.measures["learning"] == Fraction(2 * (required + partly), wanted + entered)
