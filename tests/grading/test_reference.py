"""Random small charts against a reference that tries every way of pairing the two lists, and judges modifiers and units
by rules of its own."""

import random
from fractions import Fraction
from typing import NamedTuple

from grading.answers import CPT, ICD10CM, Accept, Answer, CodedLine, Key, KeyLine, LineClass, Payer, Setting
from grading.chart import grade_chart
from grading.relations import Relation, relate
from grading.weights import LEARNING
from tests.grading.charts import BILLABLE, RELATIONS

# Families, so that near misses and quarrels about one code are frequent.
POOL = [code for code in BILLABLE if code[:3] in {"I50", "J96", "M17", "N18", "I10"}]
SERVICES = ["20610", "11042"]
MODIFIERS = [(), (), ("RT",), ("LT",), ("59",), ("XS",), ("XU", "RT"), ("51",), ("26", "RT"), ("RT", "59")]
CLASSES = [LineClass.REQUIRED] * 4 + [LineClass.OPTIONAL, LineClass.FORBIDDEN]
CREDITS = [Fraction(1), Fraction(1), Fraction(1, 2), Fraction(0)]
EXACT_ONES = {"XE", "XP", "XS", "XU"}


class Worth(NamedTuple):
    """What a pairing of both lists is worth, the weightier first; tuples compare in that order."""

    agreed: int = 0
    whole: int = 0
    optional: int = 0
    credit: Fraction = Fraction(0)

    def plus(self, other):
        return Worth(*(mine + more for mine, more in zip(self, other, strict=True)))


def random_chart(rng):
    codes = rng.sample(POOL, rng.randint(0, 4))
    spare = [code for code in POOL if code not in codes]
    lines = []
    for code in codes:
        line_class = rng.choice(CLASSES)
        chosen = rng.sample(spare, rng.randint(0, 2)) if line_class is not LineClass.FORBIDDEN else []
        accept = tuple(Accept(other, rng.choice(CREDITS)) for other in chosen)
        lines.append(KeyLine(code, line_class=line_class, accept=accept))
    lines += [random_service(rng, KeyLine) for _ in range(rng.randint(0 if codes else 1, 3))]
    entered = [CodedLine(rng.choice(POOL)) for _ in range(rng.randint(0, 3))]
    entered += [random_service(rng, CodedLine) for _ in range(rng.randint(0, 3))]
    rng.shuffle(entered)
    return Key(Setting.CLINIC, tuple(lines), payer=rng.choice(list(Payer))), Answer(tuple(entered))


def random_service(rng, kind):
    modifiers, units = rng.choice(MODIFIERS), rng.choice([None, None, 1, 2])
    return kind(rng.choice(SERVICES[: rng.randint(1, 2)]), system=CPT, modifiers=modifiers, units=units)


def modifiers_left(wanted, entered, payer):
    """R10 written as it reads: which price is the highest?"""
    wanted, entered = set(wanted), set(entered)
    if payer is Payer.MEDICARE:
        wanted, entered = wanted - {"51"}, entered - {"51"}
        if "59" in wanted and "59" not in entered and len(entered & EXACT_ONES) == 1:
            entered = entered - EXACT_ONES | {"59"}
        if "59" in entered and "59" not in wanted and len(wanted & EXACT_ONES) == 1:
            wanted = wanted - EXACT_ONES | {"59"}
    override = EXACT_ONES | {"59"}
    prices = [Fraction(1)]
    prices += [Fraction(1, 2) for each in wanted ^ entered if each == "26"]
    prices += [Fraction(1, 2) for each in wanted - entered if each in override]
    prices += [Fraction(2, 5) for each in entered - wanted if each in override]
    prices += [Fraction(9, 10) for each in wanted ^ entered if each in ("RT", "LT", "51")]
    return min(prices)


def worth_of(line, entered, payer):
    """What this entered line is worth at this line of the key; None where they do not belong together."""
    if line.system != entered.system or (line.system == CPT and line.code != entered.code):
        return None
    if line.system == CPT:
        left = modifiers_left(line.modifiers, entered.modifiers, payer)
        has_units = line.units is None or (entered.units or 1) == line.units
        return Worth(1, int(left == 1 and has_units), 0, left * (1 if has_units else Fraction(7, 10)))
    credit = credit_of(line, entered.code)
    if credit is None:
        return None
    if line.line_class is LineClass.OPTIONAL:
        return Worth(optional=int(credit == 1))
    return Worth(int(credit == 1), int(credit == 1), 0, credit)


def credit_of(line, code):
    listed = {other.code: other.credit for other in line.accept}
    relation = relate(code, line.code, RELATIONS)
    if relation is Relation.EXACT:
        return Fraction(1)
    if code in listed:
        return listed[code]
    return None if relation is Relation.UNRELATED else LEARNING[relation]


def best(key, answer):
    judged = {line.code for line in key.lines if line.line_class is LineClass.FORBIDDEN}
    wanted = [line for line in key.lines if line.line_class is not LineClass.FORBIDDEN]
    right = {
        code for line in wanted for code in [line.code, *(other.code for other in line.accept if other.credit == 1)]
    }
    entered = [line for line in answer.lines if line.code not in judged]
    codes = [line.code for line in entered]

    def may_be_near(place):
        """Of a code that was entered more than once only the first copy is a near miss, and none if it is right."""
        return codes.count(codes[place]) == 1 or (codes.index(codes[place]) == place and codes[place] not in right)

    def pair(row, free):
        if row == len(wanted):
            return Worth()
        found = pair(row + 1, free)
        for place in free:
            worth = worth_of(wanted[row], entered[place], key.payer)
            if worth is not None and (worth.agreed or worth.optional or may_be_near(place)):
                found = max(found, worth.plus(pair(row + 1, free - {place})))
        return found

    return pair(0, frozenset(range(len(entered))))


def found_by(grade):
    required = [line for line in grade.lines if line.line_class is LineClass.REQUIRED]
    return Worth(
        sum(line.is_agreed for line in required),
        sum(line.is_whole for line in required),
        sum(line.is_agreed for line in grade.lines if line.line_class is LineClass.OPTIONAL),
        sum((line.credit for line in required), Fraction(0)),
    )


def test_1000_random_small_charts_agree_with_brute_force():
    rng, quarrels = random.Random(2026), 0

    for _ in range(1000):
        key, answer = random_chart(rng)
        grade, expected = grade_chart(key, answer, RELATIONS), best(key, answer)
        services = [line.code for line in (*key.lines, *answer.lines) if line.system != ICD10CM]
        quarrels += len(set(services)) <= len(services) - 3

        assert found_by(grade) == expected, (key, answer)
        wanted = sum(line.line_class is LineClass.REQUIRED for line in key.lines)
        if lines := wanted + len(answer.lines) - expected.optional:
            assert grade.measures["f1"] == Fraction(2 * expected.whole, lines)
            assert grade.measures["learning"] == Fraction(2 * expected.credit, lines)
    assert quarrels > 200
