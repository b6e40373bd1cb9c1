"""Does a service line point to the diagnoses that support it (rule R12)?"""

from collections.abc import Mapping

from grading.answers import Cause, CodedLine, KeyLine, normal_code

MOST = 4


def pointer_faults(wanted: KeyLine, entered: CodedLine, read_as: Mapping[str, str]) -> tuple[Cause, ...]:
    """`read_as` leads from a code of the sheet to the key's code that it answers, so that no fault counts twice."""
    if not wanted.pointers:
        return ()
    pointed = [read_as.get(normal_code(code), normal_code(code)) for code in entered.pointers]
    first, *others = [normal_code(code) for code in wanted.pointers]
    firsts = {first, *map(normal_code, wanted.pointers_accept)}
    if not pointed or len(pointed) > MOST or pointed[0] not in firsts:
        return (Cause.POINTER,)
    # An alternative first one that is also one of the others changes places with the first.
    rest = {first, *others} - {pointed[0]} if pointed[0] in others else set(others)
    if not rest <= set(pointed[1:]):
        return (Cause.POINTER,)
    added = set(pointed[1:]) - rest - firsts
    if added - set(map(normal_code, wanted.pointers_support)):
        return (Cause.POINTER,)
    return (Cause.POINTER_EXTRA,) if added else ()
