"""Score a coded chart against its key. Knows nothing of users, databases or wording; see coursework.keys for rows."""

from dataclasses import replace
from fractions import Fraction

from grading.answers import Answer, ChartGrade, Key, LineResult, Relations, Sections
from grading.consequence import Consequence, Grouper, find_consequence, lines_of_key
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
    consequence = find_consequence(variant, answer, results, grouper, principal=order.wanted_first) if grouper else None
    tally = count(sheet, results, sections, drg=_drg(sheet, results, consequence))
    return ChartGrade(results, measure_all(tally), tally, consequence=consequence)


def _drg(sheet: Sheet, results: tuple[LineResult, ...], consequence: Consequence | None) -> Part:
    """Rule R15: right if it is the group of any variant, a DRG that was written down before a computed one; or that of
    the key as this sheet answers it, where its optional lines and alternatives group elsewhere (R2)."""
    every, grouper, entered = (sheet.authored, *sheet.authored.variants), sheet.grouper, sheet.answer.drg
    wanted: set[str | None] = {one.drg for one in every if one.drg}
    if grouper is not None and consequence is not None:
        plain = grouper.group(lines_of_key(sheet.key, results)).drg
        others = (lines_of_key(one) for one in every if one is not sheet.key)
        wanted = wanted or {plain, *(grouper.group(lines).drg for lines in others)}
        wanted |= {consequence.wanted.drg} - {plain}
        entered = entered or consequence.entered.drg
    wanted -= {None}
    return (int(entered in wanted), 1) if wanted else (0, 0)
