"""Score a coded chart against its key. Knows nothing of users, databases or wording; see coursework.keys for rows."""

from dataclasses import replace
from fractions import Fraction

from grading.answers import Answer, ChartGrade, Key, LineResult, Relations, Sections
from grading.consequence import Grouper, find_consequence, lines_of_key
from grading.count import count
from grading.matching import asked_for, match_lines
from grading.measures import measure_all
from grading.measures.tally import Part
from grading.sequence import read_order
from grading.verdicts import Sheet, judge_lines
from grading.weights import DEFAULT, Weights


def grade_chart(
    key: Key,
    answer: Answer,
    relations: Relations | None = None,
    *,
    sections: Sections | None = None,
    grouper: Grouper | None = None,
    weights: Weights = DEFAULT,
) -> ChartGrade:
    """Rule R3: against each complete variant, and the best of them; every number comes from that same one."""
    if not key.variants:
        return _grade_variant(key, key, answer, relations, sections, grouper, weights)
    grades = [
        replace(_grade_variant(key, variant, answer, relations, sections, grouper, weights), variant=number)
        for number, variant in enumerate((key, *key.variants))
    ]
    best = max(grades, key=_rank)
    # Of two principal diagnoses (II.C) the variants differ in their order alone: the one that the sheet keeps is meant.
    written = [sorted((line.name, line.line_class) for line in one.lines) for one in (key, *key.variants)]
    alike = [one for one in grades if _rank(one) == _rank(best) and written[one.variant] == written[best.variant]]
    return max(alike, key=_kept_order)


def _rank(grade: ChartGrade) -> tuple[Fraction, ...]:
    """Learning, then F1, then the first of equals, as `max` takes it."""
    return tuple(grade.measures[name] or Fraction(0) for name in ("learning", "f1"))


def _kept_order(grade: ChartGrade) -> tuple[Fraction, Fraction]:
    principal, sequence = grade.measures["principal"], grade.measures["sequence"]
    return principal or Fraction(0), Fraction(1) if sequence is None else sequence


def _grade_variant(
    key: Key,
    variant: Key,
    answer: Answer,
    relations: Relations | None,
    sections: Sections | None,
    grouper: Grouper | None,
    weights: Weights,
) -> ChartGrade:
    matches = match_lines(variant, answer, relations, weights)
    agreed = {index: entered for index, (entered, match) in matches.items() if match.is_agreed}
    asked = asked_for(variant, answer, matches)
    order = read_order(variant, answer, agreed, asked)
    sheet = Sheet(variant, answer, matches, order, asked, relations, weights, grouper, authored=key)
    results = judge_lines(sheet)
    tally = count(sheet, results, sections, drg=_drg(key, variant, answer, results, grouper))
    consequence = find_consequence(variant, answer, results, grouper, principal=order.wanted_first) if grouper else None
    return ChartGrade(results, measure_all(tally), tally, consequence=consequence)


def _drg(key: Key, variant: Key, answer: Answer, results: tuple[LineResult, ...], grouper: Grouper | None) -> Part:
    """Rule R15: right if it is the group of any variant. A DRG that was written down comes before a computed one."""
    wanted = {one.drg for one in (key, *key.variants) if one.drg}
    entered = answer.drg
    if grouper is not None:
        wanted = wanted or {
            grouper.group(lines_of_key(one, results if one is variant else ())).drg or ""
            for one in (key, *key.variants)
        } - {""}
        entered = entered or grouper.group(answer.lines).drg
    return (int(entered in wanted), 1) if wanted else (0, 0)
