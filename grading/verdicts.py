"""One verdict for each line: faults of the code first, then sequence, POA, modifier, units, pointer; the others stand
in the causes."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from grading.answers import (
    CPT,
    HCPCS,
    ICD10CM,
    ICD10PCS,
    MATCHED_CLASSES,
    Accept,
    Answer,
    Cause,
    Claim,
    CodedLine,
    Key,
    KeyLine,
    LineClass,
    LineResult,
    Name,
    Relations,
    Setting,
    Verdict,
    normal_code,
)
from grading.causes import reference_of, root_cause_of
from grading.consequence import Grouper, changes_drg, loses_severity
from grading.em import family_of
from grading.faults import (
    IS_THE_LINE,
    NOT_WHOLE,
    ONE,
    SERVICES,
    credit_left,
    faults_of,
    less_faults,
    reason_faults,
    service_faults,
)
from grading.matching import SAME_CODE, Match, Matches
from grading.pcs import wrong_characters
from grading.relations import Relation, facts_of
from grading.sequence import Order
from grading.weights import Weights

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
# Which cause makes which verdict, the first one found; what stands in neither list of a line's faults costs nothing.
OF_CAUSE = (
    (Cause.SUPPORT, Verdict.UNSUPPORTED),
    (Cause.SENTENCE, Verdict.UNSUPPORTED),
    (Cause.SEQUENCE, Verdict.SEQUENCE),
    (Cause.PAIR_ORDER, Verdict.SEQUENCE),
    (Cause.POA, Verdict.POA),
    (Cause.MODIFIER, Verdict.MODIFIER),
    (Cause.UNITS, Verdict.UNITS),
    (Cause.POINTER, Verdict.POINTER),
)
NOTHING = Fraction(0)


class Sheet(NamedTuple):
    """Everything that the judgement of one line may look at."""

    key: Key
    answer: Answer
    matches: Matches
    order: Order
    asked: frozenset[int]  # conditional lines whose condition holds
    relations: Relations | None
    weights: Weights
    grouper: Grouper | None
    authored: Key  # the key with all its variants; `key` is the one that is graded


def judge_lines(sheet: Sheet) -> tuple[LineResult, ...]:
    return (*_judge_key(sheet), *_judge_rest(sheet))


def _judge_key(sheet: Sheet) -> Iterator[LineResult]:
    read_as = _read_as(sheet) if any(line.pointers for line in sheet.key.lines) else {}
    lines, matches = sheet.answer.lines, sheet.matches
    for index, key_line in enumerate(sheet.key.lines):
        if index in matches:
            entered, match = matches[index]
            judge = _judge_agreed if match.is_agreed else _judge_near_miss
            yield judge(sheet, (index, key_line), (entered, lines[entered]), match, read_as)
        elif key_line.line_class is LineClass.REQUIRED or index in sheet.asked:
            yield _result(sheet, Verdict.MISSED, (), NOTHING, wanted=(index, key_line))


def _read_as(sheet: Sheet) -> Mapping[str, str]:
    lines, key_lines = sheet.answer.lines, sheet.key.lines
    return {
        normal_code(lines[entered].code): normal_code(key_lines[index].code)
        for index, (entered, _) in sheet.matches.items()
    }


def _judge_agreed(
    sheet: Sheet, wanted: tuple[int, KeyLine], entered: tuple[int, CodedLine], match: Match, read_as: Mapping[str, str]
) -> LineResult:
    (index, key_line), (at, line) = wanted, entered
    faults = faults_of(key_line, line, sheet.key.payer, read_as)
    causes = _order_faults(sheet.order, index, at) + faults
    if match is not SAME_CODE or line.is_corrected or key_line.line_class is LineClass.OPTIONAL:
        causes += _notes(key_line, line, match)
    if not causes and match.credit is ONE:
        return LineResult(
            Verdict.AGREE, causes, ONE, index, at, key_line.code, line.code, key_line.line_class, True, True, None, ""
        )
    left = credit_left(key_line, line, faults, sheet.weights) if faults else ONE
    credit = left if match.credit is ONE else match.credit * left
    verdict = _first_fault(causes)
    is_agreed = not causes or IS_THE_LINE.isdisjoint(causes)
    return _result(sheet, verdict, causes, credit, wanted=wanted, entered=entered, is_agreed=is_agreed)


def _first_fault(causes: Sequence[Cause]) -> Verdict:
    for cause, verdict in OF_CAUSE if causes else ():
        if cause in causes:
            return verdict
    return Verdict.AGREE


def _order_faults(order: Order, index: int, entered: int) -> tuple[Cause, ...]:
    is_first_elsewhere = index == order.wanted_first and entered != order.entered_first
    first = (Cause.SEQUENCE,) if is_first_elsewhere else ()
    return (*first, Cause.PAIR_ORDER) if index in order.too_early else first


def _notes(key_line: KeyLine, line: CodedLine, match: Match) -> tuple[Cause, ...]:
    accepted = (Cause.ALTERNATIVE,) if match.accept else ()
    optional = (Cause.OPTIONAL,) if key_line.line_class is LineClass.OPTIONAL else ()
    return (*accepted, *optional, Cause.CORRECTED) if line.is_corrected else accepted + optional


def _judge_near_miss(
    sheet: Sheet, wanted: tuple[int, KeyLine], entered: tuple[int, CodedLine], match: Match, read_as: Mapping[str, str]
) -> LineResult:
    (index, key_line), (at, line) = wanted, entered
    verdict = match.accept.verdict if match.accept and match.accept.verdict else OF_RELATION[match.relation]
    faults = service_faults(key_line, line, sheet.key.payer, read_as) if key_line.system in SERVICES else ()
    credit = less_faults(match.credit, faults, sheet.weights) if faults else match.credit
    causes = [*_near_causes(sheet, key_line, line, verdict, match.accept), *faults]
    if line.is_outdated:
        verdict, credit = Verdict.OUTDATED, NOTHING
        causes.append(Cause.INVALID_FOR_CLAIMS)
    elif not match.accept and sheet.grouper is not None:
        credit = _less_what_it_moves(sheet, index, line, verdict, credit, causes)
    causes += [*_order_faults(sheet.order, index, at), *_notes(key_line, line, match)]
    return _result(sheet, verdict, tuple(dict.fromkeys(causes)), credit, wanted=wanted, entered=entered)


def _near_causes(
    sheet: Sheet, key_line: KeyLine, line: CodedLine, verdict: Verdict, accept: Accept | None
) -> Iterator[Cause]:
    if verdict is Verdict.HEADER or _is_header(sheet, line):
        yield Cause.INVALID_FOR_CLAIMS
    if verdict is Verdict.MORE_SPECIFIC and (accept is None or accept.verdict is verdict):
        yield Cause.COMPLIANCE
    if key_line.system == ICD10PCS:
        yield from wrong_characters(line.code, key_line.code)
    mine, theirs = line.name[1], key_line.name[1]
    if key_line.system == CPT and family_of(mine) and family_of(mine) == family_of(theirs):
        yield from (Cause.EM_OVER, Cause.COMPLIANCE) if mine > theirs else (Cause.EM_UNDER,)
        yield from reason_faults(key_line, line, is_right_level=False)


def _less_what_it_moves(
    sheet: Sheet, index: int, line: CodedLine, verdict: Verdict, credit: Fraction, causes: list[Cause]
) -> Fraction:
    """Rules R5 and R6: a lost CC, MCC or HCC, or another DRG, lowers what a near miss may keep."""
    key_line, grouper, ladder = sheet.key.lines[index], sheet.grouper, sheet.weights.learning
    if grouper is None or not credit:
        return credit
    if verdict is Verdict.LESS_SPECIFIC and loses_severity(grouper, key_line.code, line.code):
        causes.append(Cause.SEVERITY_LOST)
        return min(credit, ladder["severity_lost"])
    if key_line.system == ICD10PCS and changes_drg(grouper, sheet.key, index, line):
        causes.append(Cause.DRG_CHANGED)
        return min(credit, ladder["pcs_drg_changed"])
    return credit


def _judge_rest(sheet: Sheet) -> Iterator[LineResult]:
    """What answers no line of the key: copies, traps, tolerated codes and everything else."""
    lines, key_lines = sheet.answer.lines, sheet.key.lines
    if len(sheet.matches) == len(lines):
        return
    judged, known = sheet.key.judged, sheet.authored.known
    matched = {entered for entered, _ in sheet.matches.values()}
    seen = {lines[entered].name for entered in matched}
    for index, line in enumerate(lines):
        if index not in matched:
            name = line.name
            trap = (judged[name], key_lines[judged[name]]) if name in judged else None
            yield _judge_extra(sheet, (index, line), trap, known, is_copy=name in seen)
            seen.add(name)


def _judge_extra(
    sheet: Sheet,
    entered: tuple[int, CodedLine],
    judged: tuple[int, KeyLine] | None,
    known: frozenset[Name],
    *,
    is_copy: bool,
) -> LineResult:
    line = entered[1]
    typed = (Cause.CORRECTED,) if line.is_corrected else ()
    invalid = (Cause.INVALID_FOR_CLAIMS,) if line.is_outdated or _is_header(sheet, line) else ()
    if is_copy:
        return _result(sheet, Verdict.EXTRA, (Cause.DUPLICATE, *typed), NOTHING, entered=entered)
    if judged and judged[1].line_class is LineClass.TOLERATED:
        return _result(sheet, Verdict.TOLERATED, typed, NOTHING, wanted=judged, entered=entered)
    if judged:
        causes = (Cause.COMPLIANCE, *typed)
        return _result(sheet, Verdict.UNSUPPORTED, causes, NOTHING, wanted=judged, entered=entered)
    if line.name in known:
        causes = (_why_not_here(sheet, line), *invalid, *typed)
        return _result(sheet, Verdict.EXTRA, causes, NOTHING, entered=entered)
    causes = (Cause.UNLISTED, *invalid, *typed)
    if line.is_outdated:
        return _result(sheet, Verdict.OUTDATED, causes, NOTHING, entered=entered)
    verdict = Verdict.WRONG_CODE_SET if _is_foreign(sheet.authored, line) else Verdict.UNLISTED_EXTRA
    return _result(sheet, verdict, causes, NOTHING, entered=entered)


def _why_not_here(sheet: Sheet, line: CodedLine) -> Cause:
    """The code stands in the key and still answers nothing on this sheet."""
    for key_line in sheet.key.lines:
        if key_line.name == line.name:
            return Cause.CONDITION_UNMET if key_line.line_class is LineClass.CONDITIONAL else Cause.DUPLICATE
        if key_line.system == line.system and line.name[1] in {normal_code(o.code) for o in key_line.accept}:
            return Cause.ALTERNATIVE
    return Cause.OTHER_VARIANT


def _is_foreign(key: Key, line: CodedLine) -> bool:
    """A hospital's inpatient claim has ICD-10-PCS, others have CPT and HCPCS, unless the key itself says otherwise."""
    is_stay = key.setting is Setting.INPATIENT and key.claim is not Claim.PROFESSIONAL
    is_unusual = line.system in (CPT, HCPCS) if is_stay else line.system == ICD10PCS
    asked = (each for one in (key, *key.variants) for each in one.lines if each.line_class in MATCHED_CLASSES)
    return is_unusual and not any(each.system == line.system for each in asked)


def _result(
    sheet: Sheet,
    verdict: Verdict,
    causes: tuple[Cause, ...],
    credit: Fraction,
    *,
    wanted: tuple[int, KeyLine] | None = None,
    entered: tuple[int, CodedLine] | None = None,
    is_agreed: bool = False,
) -> LineResult:
    key_line, line = wanted[1] if wanted else None, entered[1] if entered else None
    is_right = verdict is Verdict.AGREE
    return LineResult(
        verdict,
        causes,
        credit,
        wanted[0] if wanted else None,
        entered[0] if entered else None,
        key_line.code if key_line else None,
        line.code if line else None,
        key_line.line_class if key_line else None,
        is_agreed,
        is_agreed and (not causes or NOT_WHOLE.isdisjoint(causes)),
        None if is_right else root_cause_of(verdict, causes),
        "" if is_right else _reference(sheet, verdict, causes, wanted, entered),
    )


def _reference(
    sheet: Sheet,
    verdict: Verdict,
    causes: tuple[Cause, ...],
    wanted: tuple[int, KeyLine] | None,
    entered: tuple[int, CodedLine] | None,
) -> str:
    authored = wanted[1].reference if wanted else ""
    if wanted and Cause.PAIR_ORDER in causes and verdict is Verdict.SEQUENCE:
        authored = sheet.order.too_early[wanted[0]].reference or authored
    asked = wanted or entered
    if wanted and verdict is Verdict.MISSED and wanted[0] == sheet.order.wanted_first:
        verdict = Verdict.SEQUENCE  # what makes a diagnosis the principal or first-listed one
    return authored or reference_of(verdict, causes, asked[1].system if asked else "", sheet.key.setting)


def _is_header(sheet: Sheet, line: CodedLine) -> bool:
    """Or no code at all, where the code set is at hand: it knows a diagnosis of the key."""
    known = sheet.relations or {}
    facts = facts_of(line.code, known)
    if facts is None and line.system == ICD10CM:
        return any(facts_of(other.code, known) for other in sheet.key.lines if other.system == ICD10CM)
    return facts is not None and not facts.billable
