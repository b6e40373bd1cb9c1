"""Count a judged sheet: the tally from which every measure is computed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction

from grading.answers import (
    DECISION,
    ICD10CM,
    Cause,
    CodedLine,
    KeyLine,
    LineClass,
    LineResult,
    Poa,
    Sections,
    Verdict,
)
from grading.faults import ONE, right_letters
from grading.measures.tally import Part, Tally
from grading.relations import ancestry
from grading.verdicts import NOTHING, Sheet

WANTED_CLASSES = frozenset({LineClass.REQUIRED, LineClass.CONDITIONAL})


def count(sheet: Sheet, results: tuple[LineResult, ...], sections: Sections | None, drg: Part) -> Tally:
    wanted = [result for result in results if result.line_class in WANTED_CLASSES]
    entered = [
        result
        for result in results
        if result.answer_index is not None and result.verdict is not Verdict.TOLERATED
        if not (result.is_agreed and result.line_class is LineClass.OPTIONAL)
    ]
    agreed = [result for result in wanted if result.is_agreed]
    whole = [result.is_whole for result in wanted].count(True)
    first = _first(sheet, agreed)
    parts = {
        "principal": first,
        "sequence": (sheet.order.kept_pairs, sheet.order.applicable_pairs),
        **_parts_of_lines(sheet, agreed),
        "drg": drg,
        "disposition": _disposition(sheet),
        "blanks": (_blanks(sheet, wanted, entered, first), len(wanted)),
        **_kinds(sheet, wanted, entered),
    }
    longer = max(len(wanted), len(entered))
    parts["case"] = (_is_clean(whole, len(wanted), len(entered), parts), 1 if longer else 0)
    return Tally(
        wanted=len(wanted),
        entered=len(entered),
        longer=longer,
        agreed=whole,
        credit=_credit(wanted),
        parts=parts,
        nodes=_nodes(sheet, wanted, entered, sections),
        weights=sheet.weights.weighted,
    )


def _credit(wanted: Iterable[LineResult]) -> Fraction:
    """A sum of fractions, kept in whole numbers until the end."""
    whole, part, common = 0, 0, 1
    for result in wanted:
        if result.credit is ONE:
            whole += 1
        elif result.credit is not NOTHING:
            above, below = result.credit.numerator, result.credit.denominator
            part, common = part * below + above * common, common * below
    return Fraction(whole * common + part, common)


def _first(sheet: Sheet, agreed: Iterable[LineResult]) -> Part:
    order = sheet.order
    if order.wanted_first is None:
        return 0, 0
    match = sheet.matches.get(order.wanted_first)
    return int(match is not None and match[1].is_agreed and match[0] == order.entered_first), 1


def _parts_of_lines(sheet: Sheet, agreed: Iterable[LineResult]) -> dict[str, Part]:
    """POA, modifiers, units, pointers and evidence, each over the agreed lines that ask for it (R9 to R12, R16)."""
    asked: list[Cause] = []
    wrong: list[Cause] = []
    for result in agreed:
        key_line, line = sheet.key.lines[result.key_index or 0], sheet.answer.lines[result.answer_index or 0]
        if (right_letters(key_line, line)[0] if key_line.accept else key_line.poa) not in NO_LETTER:
            asked.append(Cause.POA)
        if result.causes:
            wrong += result.causes
        if key_line.is_plain and not line.modifiers:
            continue
        if key_line.modifiers or line.modifiers:
            asked.append(Cause.MODIFIER)
        if key_line.units is not None:
            asked.append(Cause.UNITS)
        if key_line.pointers:
            asked.append(Cause.POINTER)
        if key_line.evidence and sheet.key.scores_evidence:
            asked.append(Cause.EVIDENCE)
            wrong += () if line.evidence else (Cause.EVIDENCE,)
    right = {part: asked.count(part) - min(wrong.count(part), asked.count(part)) for part in OF_LINES if part in asked}
    return {part.value: (right[part], asked.count(part)) if part in right else (0, 0) for part in OF_LINES}


NO_LETTER = (None, Poa.EXEMPT)
OF_LINES = (Cause.POA, Cause.MODIFIER, Cause.UNITS, Cause.POINTER, Cause.EVIDENCE)


def _disposition(sheet: Sheet) -> Part:
    wanted = sheet.key.disposition
    return (0, 0) if wanted is None else (int(sheet.answer.disposition == wanted), 1)


def _blanks(sheet: Sheet, wanted: Sequence[LineResult], entered: Iterable[LineResult], first: Part) -> int:
    """Rule R22: one point a blank; the principal diagnosis is right in its own blank only. Each code set has as many
    blanks as the key has lines of it: what was entered beyond them has no place."""
    room, outside = defaultdict[str, int](int), set[int]()
    for result in wanted:
        room[sheet.key.lines[result.key_index or 0].system] += 1
    places = [result.answer_index or 0 for result in entered]
    for place in sorted(places) if len(places) > min(room.values(), default=0) else ():
        system = sheet.answer.lines[place].system
        room[system] -= 1
        if room[system] < 0:
            outside.add(place)
    first_blank = sheet.order.wanted_first
    right = [result for result in wanted if result.is_whole and result.answer_index not in outside]
    return first[0] + len([result for result in right if result.key_index != first_blank])


def _kinds(sheet: Sheet, wanted: Iterable[LineResult], entered: Iterable[LineResult]) -> dict[str, Part]:
    """Secondary diagnoses that weigh, other ones, procedures: codes right over the longer of the two lists."""
    first, key_lines, lines = sheet.order.wanted_first, sheet.key.lines, sheet.answer.lines
    entered_first = None if first is None else sheet.order.entered_first
    secondary = [result for result in wanted if result.key_index != first]
    of_key = [_kind(sheet, key_lines[result.key_index or 0]) for result in secondary]
    judged = list(zip(of_key, secondary, strict=True))
    right = [kind for kind, result in judged if result.is_agreed]
    of_sheet = [kind for kind, result in judged if result.answer_index is not None]
    of_sheet += [
        _kind(sheet, lines[result.answer_index or 0])
        for result in entered
        if result.line_class not in WANTED_CLASSES and result.answer_index != entered_first
    ]
    return {kind: (right.count(kind), max(of_key.count(kind), of_sheet.count(kind))) for kind in KINDS}


KINDS = ("severe_diagnoses", "other_diagnoses", "procedures")


def _kind(sheet: Sheet, line: KeyLine | CodedLine) -> str:
    if line.system != ICD10CM:
        return "other_diagnoses" if line.system == DECISION else "procedures"
    if sheet.grouper is not None:
        return "severe_diagnoses" if sheet.grouper.severity(line.code) else "other_diagnoses"
    return "severe_diagnoses" if isinstance(line, KeyLine) and line.severity else "other_diagnoses"


def _is_clean(whole: int, wanted: int, entered: int, parts: dict[str, Part]) -> int:
    """Everything that the key asks for; a part that it does not ask for is 0 of 0."""
    must_hold = ("principal", "sequence", "poa", "pointer", "drg", "disposition", "evidence")
    return int(whole == wanted == entered and all(parts[name][0] == parts[name][1] for name in must_hold))


def _nodes(
    sheet: Sheet, wanted: Iterable[LineResult], entered: Iterable[LineResult], sections: Sections | None
) -> tuple[int, int, int]:
    """Codes with all headers, block and chapter above them, as sets; an accepted alternative stands for the key's."""
    key_lines, lines, relations = sheet.key.lines, sheet.answer.lines, sheet.relations
    agreed = [key_lines[result.key_index or 0] for result in wanted if result.is_agreed]
    missed = [key_lines[result.key_index or 0] for result in wanted if not result.is_agreed]
    wrong = [lines[result.answer_index or 0] for result in entered if not result.is_agreed]
    both, of_key, of_sheet = (ancestry(some, relations, sections) for some in (agreed, missed, wrong))
    of_key -= both
    of_sheet -= both
    return len(both) + len(of_key & of_sheet), len(both) + len(of_key), len(both) + len(of_sheet)
