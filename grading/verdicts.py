"""One verdict for each line: faults of the code first, then sequence, then POA; the others stand in the causes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from grading.answers import (
    Answer,
    Cause,
    CodedLine,
    Key,
    KeyLine,
    LineClass,
    LineResult,
    Poa,
    Relations,
    Verdict,
    normal_code,
)
from grading.matching import MATCHED_CLASSES, Match
from grading.relations import Relation, facts_of
from grading.sequence import Order

OF_RELATION: dict[Relation, Verdict] = {
    Relation.EXACT: Verdict.AGREE,
    Relation.LESS_SPECIFIC: Verdict.LESS_SPECIFIC,
    Relation.WRONG_SIDE: Verdict.WRONG_SIDE,
    Relation.WRONG_SEVENTH_CHARACTER: Verdict.WRONG_SEVENTH_CHARACTER,
    Relation.HEADER: Verdict.HEADER,
    Relation.MORE_SPECIFIC: Verdict.MORE_SPECIFIC,
    Relation.SIBLING_CONDITION: Verdict.SIBLING_CONDITION,
    # Only an alternative with part of the credit can be matched without being related.
    Relation.UNRELATED: Verdict.SIBLING_CONDITION,
}
WRONG_POA_CREDIT = Fraction(4, 5)  # of the learning credit of the line
NOTHING = Fraction(0)

Matches = Mapping[int, tuple[int, Match]]


def judge_lines(
    key: Key, answer: Answer, matches: Matches, order: Order, relations: Relations | None
) -> tuple[LineResult, ...]:
    return (
        *_judge_key(key, answer, matches, order, relations),
        *_judge_rest(key, answer, matches, relations),
    )


def poa_fault(wanted: Poa | None, entered: Poa | None) -> Cause | None:
    """Rule R9. Without a letter in the key none is asked for, and none is judged."""
    if wanted is None or wanted == (entered or Poa.EXEMPT):
        return None
    if wanted is Poa.EXEMPT:
        return Cause.POA_ON_EXEMPT
    return Cause.POA_MISSING if entered is None else Cause.POA


def _judge_key(
    key: Key, answer: Answer, matches: Matches, order: Order, relations: Relations | None
) -> Iterator[LineResult]:
    for index, key_line in enumerate(key.lines):
        if index in matches:
            entered, match = matches[index]
            yield _judge_match(index, key_line, entered, answer.lines[entered], match, order, relations)
        elif key_line.line_class is LineClass.REQUIRED:
            yield _result(Verdict.MISSED, (), NOTHING, key_line=(index, key_line))


def _judge_match(
    index: int,
    key_line: KeyLine,
    entered: int,
    line: CodedLine,
    match: Match,
    order: Order,
    relations: Relations | None,
) -> LineResult:
    out_of_order = tuple(_order_faults(index, entered, order))
    poa = poa_fault(key_line.poa, line.poa) if match.is_agreed else None
    has_poa_fault = poa in (Cause.POA, Cause.POA_MISSING)
    if not match.is_agreed:
        verdict = OF_RELATION[match.relation]
    elif out_of_order:
        verdict = Verdict.SEQUENCE
    else:
        verdict = Verdict.POA if has_poa_fault else Verdict.AGREE
    causes = (*_code_causes(key_line, line, match, relations), *out_of_order, *((poa,) if poa else ()))
    credit = match.credit * WRONG_POA_CREDIT if has_poa_fault else match.credit
    return _result(
        verdict, causes, credit, key_line=(index, key_line), entered=(entered, line), is_agreed=match.is_agreed
    )


def _order_faults(index: int, entered: int, order: Order) -> Iterator[Cause]:
    if index == order.wanted_first and entered != order.entered_first:
        yield Cause.SEQUENCE
    if index in order.too_early:
        yield Cause.PAIR_ORDER


def _code_causes(key_line: KeyLine, line: CodedLine, match: Match, relations: Relations | None) -> Iterator[Cause]:
    if match.relation is Relation.HEADER or (not match.is_agreed and _is_header(line, relations)):
        yield Cause.INVALID_FOR_CLAIMS
    if match.relation is Relation.MORE_SPECIFIC and not match.is_alternative:
        yield Cause.COMPLIANCE
    if match.is_alternative:
        yield Cause.ALTERNATIVE
    if key_line.line_class is LineClass.OPTIONAL:
        yield Cause.OPTIONAL


def _judge_rest(key: Key, answer: Answer, matches: Matches, relations: Relations | None) -> Iterator[LineResult]:
    """What answers no line of the key: copies, traps, tolerated codes and everything else."""
    judged = {_name(line): (index, line) for index, line in enumerate(key.lines) if _is_ruled_out(line)}
    matched = {entered for entered, _ in matches.values()}
    seen = {_name(answer.lines[entered]) for entered in matched}
    for index, line in enumerate(answer.lines):
        if index not in matched:
            yield _judge_extra((index, line), judged.get(_name(line)), _name(line) in seen, relations)
            seen.add(_name(line))


def _judge_extra(
    entered: tuple[int, CodedLine],
    judged: tuple[int, KeyLine] | None,
    is_copy: bool,
    relations: Relations | None,
) -> LineResult:
    if is_copy:
        return _result(Verdict.EXTRA, (Cause.DUPLICATE,), NOTHING, entered=entered)
    if judged is None:
        invalid = (Cause.INVALID_FOR_CLAIMS,) if _is_header(entered[1], relations) else ()
        return _result(Verdict.EXTRA, (Cause.UNLISTED, *invalid), NOTHING, entered=entered)
    if judged[1].line_class is LineClass.TOLERATED:
        return _result(Verdict.TOLERATED, (), NOTHING, key_line=judged, entered=entered)
    return _result(Verdict.UNSUPPORTED, (Cause.COMPLIANCE,), NOTHING, key_line=judged, entered=entered)


def _result(
    verdict: Verdict,
    causes: tuple[Cause, ...],
    credit: Fraction,
    *,
    key_line: tuple[int, KeyLine] | None = None,
    entered: tuple[int, CodedLine] | None = None,
    is_agreed: bool = False,
) -> LineResult:
    return LineResult(
        verdict=verdict,
        causes=causes,
        credit=credit,
        key_index=key_line[0] if key_line else None,
        answer_index=entered[0] if entered else None,
        key_code=key_line[1].code if key_line else None,
        answer_code=entered[1].code if entered else None,
        line_class=key_line[1].line_class if key_line else None,
        is_agreed=is_agreed,
    )


def _is_ruled_out(line: KeyLine) -> bool:
    return line.line_class not in MATCHED_CLASSES


def _name(line: CodedLine | KeyLine) -> tuple[str, str]:
    return line.system, normal_code(line.code)


def _is_header(line: CodedLine, relations: Relations | None) -> bool:
    facts = facts_of(line.code, relations) if relations else None
    return facts is not None and not facts.billable
