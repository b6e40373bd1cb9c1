"""Read keys and answers from their JSON form (see docs/case-format.md); every fault is one sentence."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import StrEnum
from fractions import Fraction
from itertools import chain
from typing import Any, TypeVar

from grading.answers import (
    CPT,
    DECISION,
    ICD10CM,
    ICD10PCS,
    MATCHED_CLASSES,
    NEAR_MISSES,
    SYSTEMS,
    Accept,
    Answer,
    Claim,
    CodedLine,
    Decision,
    Key,
    KeyLine,
    LineClass,
    Pair,
    Payer,
    Poa,
    Role,
    Setting,
    Verdict,
    normal_code,
)
from grading.em import EM, EMERGENCY, NOT_SAID, SCALE, family_of, level_wanted
from grading.evidence import Span, span_in
from grading.units import drug_units, therapy_units
from grading.variants import with_bilateral_variants
from grading.weights import LEARNING

Choice = TypeVar("Choice", bound=StrEnum)
Row = Mapping[str, Any]
SHAPES = (
    (CPT, re.compile(r"\d{4}[0-9A-Z]")),
    # With O and I, which a learner may type (R20); no ICD-10-CM code has a letter other than A in the second place.
    (ICD10PCS, re.compile(r"\d[0-9A-Z]{6}|[BCDFGHXO][B-Z][0-9A-Z]{5}")),
)
MOST_UNITS = 99_999
MOST_LINES = 200  # a matching of so many equal lines still takes seconds only
MOST_CHARACTERS = 40  # of a code or a number
PCS_LENGTH = 7
LEFT_OPEN = re.compile(r"_|e[+-]?\d{3}", re.IGNORECASE)  # a power that would take forever to write out


class UnreadableSheet(ValueError):
    """A key or an answer that cannot be read; the message is the sentence to show."""


def parse_key(mapping: Row, setting: str | None = None) -> Key:
    """Take `key` of a grade_chart line; `setting` stands beside it there and inside the header of a case. With the
    texts of its `documents` the words of spans are counted."""
    if not isinstance(mapping, Mapping):
        raise UnreadableSheet("A key is written as an object with a list of lines.")
    _refuse_without_lines(mapping, "key", is_enough=bool(mapping.get("variants")))
    place = _choice(Setting, _word(setting or mapping.get("setting") or Setting.CLINIC), "setting")
    variants = [_variant(mapping, row, number) for number, row in enumerate(_list(mapping, "variants"), start=1)]
    sheets = [_one_key(row, place) for row in ([mapping] if mapping.get("lines") or not variants else []) + variants]
    bilateral = str(mapping.get("bilateral") or ("two_lines" if place is Setting.ASC else "either"))
    if bilateral not in ("either", "one_line", "two_lines"):
        raise UnreadableSheet(f"The word {_cut(bilateral)} for bilateral is not one of either, one_line, two_lines.")
    key = replace(sheets[0], variants=tuple(sheets[1:]))
    if bilateral != "either":
        return key
    try:
        return with_bilateral_variants(key)
    except ValueError as problem:
        raise UnreadableSheet(str(problem)) from None


def parse_answer(mapping: Row, key: Key | None = None, case: Row | None = None) -> Answer:
    """A line that does not say its code set is read as the key reads the code, else by its shape. With `documents` of
    the case the words of spans are counted there."""
    _refuse_without_lines(mapping, "answer")
    documents = _documents(case or {})
    homes = {code: system for system, code in sorted(key.known)} if key else {}
    rows = [{**row, "system": row.get("system") or _home(_code(row), homes)} for row in _rows(mapping, "lines")]
    lines = tuple(CodedLine(**_shared(row, documents), **_entered(row)) for row in rows)
    return Answer(lines, drg=_text(mapping, "drg"), disposition=_text(mapping, "disposition"))


def _home(code: str, homes: Mapping[str, str]) -> str | None:
    return homes.get(normal_code(code)) or homes.get(_word(code).upper())  # a decision may be typed in words


def _refuse_without_lines(mapping: Row, sheet: str, *, is_enough: bool = False) -> None:
    """An empty list says that nothing is coded; a missing or misspelt one says nothing at all."""
    listed = mapping.get("lines") if isinstance(mapping, Mapping) else None
    if listed is None and is_enough:
        return
    if listed is None:
        raise UnreadableSheet(f"The {sheet} has no field 'lines'; write an empty list where nothing is coded.")
    if not isinstance(listed, list | tuple):
        raise UnreadableSheet(f"The field 'lines' of the {sheet} is not a list.")
    if len(listed) > MOST_LINES:
        raise UnreadableSheet(f"The {sheet} has {len(listed)} lines; no chart has more than {MOST_LINES}.")


def parse_poa(letter: object) -> Poa | None:
    """YAML reads a bare Y or N as text here; blank and null mean that nothing was entered."""
    if letter is None or not str(letter).strip():
        return None
    text = str(letter).strip()
    return _choice(Poa, text.upper() if len(text) == 1 else text.lower(), "POA indicator")


def _variant(key: Row, variant: object, number: int) -> Row:
    """A complete answer; what it does not say about itself (traps, payer, order) holds as in the key."""
    row = {"lines": variant} if isinstance(variant, list) else variant
    if not isinstance(row, Mapping) or not row.get("lines"):
        raise UnreadableSheet(f"Variant {number} has no lines; every variant is a complete answer.")
    right = {normal_code(_code(one)) for line in _rows(row, "lines") for one in (line, *_rows(line, "accept"))}
    inherited = {name: value for name, value in key.items() if name not in ("lines", "variants")}
    for name in ("optional", "tolerated", "forbidden"):
        inherited[name] = [line for line in _rows(key, name) if normal_code(_code(line)) not in right]
    whole = {**inherited, **row}
    if "order" not in row:
        named = {normal_code(_code(line)) for field in ("lines", "optional") for line in _rows(whole, field)}
        whole["order"] = [pair for pair in _list(key, "order") if {*map(normal_code, _pair(pair)[:2])} <= named]
    return whole


def _one_key(mapping: Row, setting: Setting) -> Key:
    payer, documents, claim = _payer(mapping.get("payer_rules")), _documents(mapping), _word(mapping.get("claim"))
    listed = [("lines", LineClass.REQUIRED)]
    listed += [(each.value, each) for each in (LineClass.OPTIONAL, LineClass.TOLERATED, LineClass.FORBIDDEN)]
    lines = [_key_line(row, each, payer, documents) for field, each in listed for row in _rows(mapping, field)]
    _refuse_contradictions(lines)
    _refuse_levels_without_criteria(mapping, setting, lines)
    return Key(
        setting=setting,
        lines=tuple(lines),
        order=_pairs(mapping, lines),
        payer=payer,
        claim=_choice(Claim, claim, "claim") if claim else None,
        drg=_text(mapping, "drg"),
        disposition=_text(mapping, "disposition"),
        scores_evidence=_is_set(mapping, "scores_evidence"),
    )


def _key_line(row: Row, line_class: LineClass, payer: Payer, documents: Row) -> KeyLine:
    line_class = _class_of(row, line_class)
    poa, others = _letters(row)
    shared = _shared({**row, "poa": None}, documents)
    if shared["system"] == ICD10PCS and len(normal_code(shared["code"])) != PCS_LENGTH:
        raise UnreadableSheet(f"The ICD-10-PCS code {shared['code']} of the key does not have seven characters.")
    return KeyLine(
        **{**shared, "poa": poa},
        line_class=line_class,
        accept=tuple(_accept(choice) for choice in _rows(row, "accept")),
        when=_texts(row, "when"),
        poa_accept=others,
        modifiers_optional=_modifiers(row, "modifiers_optional"),
        modifiers_exact=_is_set(row, "modifiers_exact"),
        modifiers_ordered=_is_set(row, "modifiers_ordered"),
        units=_key_units(row, payer),
        pointers_accept=_texts(row, "pointers_accept"),
        pointers_support=_texts(row, "pointers_support"),
        em=_em(row, str(shared["code"])),
        severity=frozenset(_texts(row, "severity")),
        reference=str(row.get("reference") or row.get("guideline") or ""),
    )


def _letters(row: Row) -> tuple[Poa | None, tuple[Poa, ...]]:
    """One letter, or a list of right ones."""
    written = row.get("poa") if isinstance(row.get("poa"), list) else [row.get("poa")]
    first, *others = [parse_poa(letter) for letter in written or [None]]
    return first, tuple(letter for letter in others if letter)


def _class_of(row: Row, listed_as: LineClass) -> LineClass:
    """A line that is never right stays so: no field may make it one that is asked for."""
    for field in ("optional", "when") if listed_as not in MATCHED_CLASSES else ():
        if row.get(field):
            raise UnreadableSheet(f"{_code(row)} is {listed_as.value}; such a line cannot have the field {field!r}.")
    if _is_set(row, "optional"):
        return LineClass.OPTIONAL
    return LineClass.CONDITIONAL if row.get("when") else listed_as


def _shared(row: Row, documents: Row) -> dict[str, Any]:
    """The fields that lines of keys and of answers have in common."""
    code, role = _code(row), row.get("role")
    system = _system(row, code)
    if system == DECISION:
        code = _choice(Decision, _word(code), "decision").value
    return {
        "code": code,
        "system": system,
        "role": None if role in (None, "") else _choice(Role, _word(role), "role"),
        "poa": parse_poa(row.get("poa")),
        "modifiers": _modifiers(row, "modifiers"),
        "pointers": _texts(row, "pointers"),
        "evidence": tuple(
            _span(span, documents) for span in _list(row, "evidence") if isinstance(span, Mapping) and "end" in span
        ),
        "support": "".join(_texts(row, "support")).upper(),
    }


def _entered(row: Row) -> dict[str, Any]:
    code = _code(row)
    return {"units": _units(row.get("units"), code), "em": _em(row, None)}


def _system(row: Row, code: str) -> str:
    """Without a word about it the shape decides: five digits are CPT, a digit and six characters ICD-10-PCS."""
    written = row.get("system")
    if written is None or written == "":
        return next((system for system, shape in SHAPES if shape.fullmatch(normal_code(code))), ICD10CM)
    system = re.sub(r"[^a-z0-9]", "", str(written).lower())
    if system not in SYSTEMS:
        raise UnreadableSheet(
            f"The code set {_cut(written)} of {code} is not known; it is one of {', '.join(SYSTEMS)}."
        )
    return system


def _code(row: Row) -> str:
    code = row.get("code")
    if not isinstance(code, str) or not normal_code(code):
        raise UnreadableSheet("A line has no code; every line needs a code written as text.")
    if len(code.strip()) > MOST_CHARACTERS or not "".join(code.split()).isprintable():
        raise UnreadableSheet(f"{_cut(code)} is not a code: it is too long, or has characters that no code has.")
    return code.strip()


def _modifiers(row: Row, field: str) -> tuple[str, ...]:
    written = re.split(r"[\s,-]+", " ".join(_texts(row, field))) if row.get(field) else []
    found = tuple(normal_code(modifier) for modifier in written if modifier)
    if wrong := [modifier for modifier in found if not re.fullmatch(r"[0-9A-Z]{2}", modifier)]:
        raise UnreadableSheet(f"The modifier {_cut(wrong[0])} of {_code(row)} does not have two characters.")
    return tuple(dict.fromkeys(found))


def _units(units: object, code: str) -> int | None:
    if units is None or units == "":
        return None
    if isinstance(units, str) and units.strip().isdecimal() and len(units) <= MOST_CHARACTERS:
        units = int(units)
    if isinstance(units, float) and units.is_integer():
        units = int(units)
    if type(units) is not int or not 0 <= units <= MOST_UNITS:
        raise UnreadableSheet(f"The units {_cut(units)} of {code} are not a whole number.")
    return units


def _key_units(row: Row, payer: Payer) -> int | None:
    """A number, or what it is computed from: {dose, per} of a drug, {minutes, beside} of therapy (R11)."""
    units = row.get("units")
    if not isinstance(units, Mapping):
        return _units(units, _code(row))
    try:
        if "minutes" not in units:
            return _units(drug_units(_fraction(units["dose"]), _fraction(units["per"])), _code(row))
        mine = units["minutes"] if isinstance(units["minutes"], list) else [units["minutes"]]
        return _units(therapy_units(mine, payer, beside=units.get("beside", ())), _code(row))
    except UnreadableSheet:
        raise
    except (KeyError, TypeError, ValueError, ArithmeticError):
        message = f"The units of {_code(row)} are neither a number nor dose and per, nor minutes that decide it."
        raise UnreadableSheet(message) from None


def _em(row: Row, key_code: str | None) -> EM | None:
    """Of a key the level is checked; a learner may leave one of problems, data and risk open (R13)."""
    written = row.get("em")
    if not written:
        return None
    words = [_word(written.get(name)) if isinstance(written, Mapping) else "-" for name in ("problems", "data", "risk")]
    if any(word not in SCALE and (word or key_code) for word in words):
        raise UnreadableSheet(f"The E/M part of {_code(row)} needs problems, data and risk, each {', '.join(SCALE)}.")
    by_time, basis = normal_code(_text(written, "by_time") or ""), _word(written.get("basis"))
    problems, reviewed, risk = (SCALE.get(word, NOT_SAID) for word in words)
    em = EM(problems, reviewed, risk, basis == "time", _texts(written, "counted"))
    if key_code:
        _refuse_wrong_level(normal_code(key_code), em, by_time)
    return em


def _refuse_wrong_level(code: str, em: EM, by_time: str) -> None:
    """The higher of two of three and of documented time; `basis: time` alone says that time gave the key's level."""
    if code.startswith(EMERGENCY) and (em.is_by_time or by_time):
        raise UnreadableSheet(f"The level of {code} is never chosen by time.")
    if by_time and family_of(by_time) != family_of(code):
        raise UnreadableSheet(f"Time cannot give {by_time} where the key is {code}; write a level of its family.")
    right = level_wanted(code, em, by_time or (code if em.is_by_time else ""))
    if right not in (None, code):
        raise UnreadableSheet(f"Problems, data, risk and documented time reach {right}, not {code}.")


def _span(span: Row, documents: Row) -> Span:
    try:
        name, start, end = str(span["document"]), int(span["start"]), int(span["end"])
    except (KeyError, TypeError, ValueError, OverflowError):
        raise UnreadableSheet("A span of evidence needs document, start and end.") from None
    if not 0 <= start < end:
        raise UnreadableSheet("A span of evidence starts at 0 or later and ends after its start.")
    return span_in(name, start, end, str(documents.get(name) or ""))


def _documents(mapping: Row) -> Row:
    """Their texts by name, as an object or in a list as a case has them."""
    documents = mapping.get("documents")
    if isinstance(documents, Mapping):
        return documents
    return {str(row.get("slug")): row.get("text") for row in _list(mapping, "documents") if isinstance(row, Mapping)}


def _accept(row: Row) -> Accept:
    verdict = None if row.get("verdict") is None else _choice(Verdict, _word(row["verdict"]), "verdict")
    if verdict is not None and verdict not in NEAR_MISSES | {Verdict.HEADER}:
        raise UnreadableSheet(f"The verdict {verdict} of {_code(row)} is not a near miss.")
    credit = row.get("credit", LEARNING[verdict] if verdict else 1)
    try:
        share = _fraction(credit) if not isinstance(credit, bool) else Fraction(-1)
    except (ValueError, ZeroDivisionError):
        share = Fraction(-1)
    if not 0 <= share <= 1 or (verdict is not None and share == 1):
        raise UnreadableSheet(f"The credit {_cut(credit)} of {_code(row)} is not a number from 0 to 1.")
    return Accept(_code(row), share, verdict, *_letters(row))


def _rows(mapping: Row, field: str) -> list[Row]:
    """A list of lines; a bare code stands for a line that has nothing but its code."""
    return [_row(row, field) for row in _list(mapping, field)]


def _row(row: object, field: str) -> Row:
    if isinstance(row, str):
        return {"code": row}
    if not isinstance(row, Mapping):
        raise UnreadableSheet(f"An entry of {field!r} is neither a code nor an object with a code.")
    return row


def _list(mapping: Row, field: str) -> list[Any]:
    if type(mapping) is not dict and not isinstance(mapping, Mapping):
        raise UnreadableSheet("A sheet is written as an object with a list of lines.")
    listed = mapping.get(field)
    if not listed or listed is True:
        return []
    if isinstance(listed, str | Mapping) or not isinstance(listed, Iterable):
        raise UnreadableSheet(f"The field {field!r} is not a list.")
    return list(listed)


def _texts(row: Row, field: str) -> tuple[str, ...]:
    """A list of words; one word alone needs no list."""
    if not row.get(field):
        return ()
    written = [row[field]] if isinstance(row.get(field), str) else _list(row, field)
    if not all(isinstance(text, str) for text in written):
        raise UnreadableSheet(f"The field {field!r} is not a list of words.")
    return tuple(text.strip() for text in written if text.strip())


def _is_set(row: Row, field: str) -> bool:
    if not isinstance(row.get(field), bool | None):
        raise UnreadableSheet(f"The field {field!r} is neither true nor false.")
    return bool(row.get(field))


def _text(mapping: Row, field: str) -> str | None:
    value = mapping.get(field)
    return None if value in (None, "") else str(value).strip()


def _word(value: object) -> str:
    """ "Home health" and "home_health" are one setting."""
    return re.sub(r"[\s-]+", "_", str(value if value is not None else "").strip().lower())


def _payer(rules: object) -> Payer:
    word = _word(rules)
    return Payer.MEDICARE if not word or word.startswith(("medicare", "8_minute")) else Payer.COMMERCIAL


def _pairs(mapping: Row, lines: list[KeyLine]) -> tuple[Pair, ...]:
    known = {normal_code(line.code) for line in lines}
    pairs = tuple(Pair(*_pair(pair)) for pair in _list(mapping, "order"))
    for code in (code for pair in pairs for code in (pair.before, pair.after) if normal_code(code) not in known):
        raise UnreadableSheet(f"The order names {_cut(code)}, which is not a line of the key.")
    return pairs


def _pair(pair: object) -> tuple[str, str, str]:
    written = pair if isinstance(pair, Mapping) else {}
    codes = [written.get("before"), written.get("after")] if written else pair
    if not isinstance(codes, list | tuple) or len(codes) != 2 or not all(isinstance(code, str) for code in codes):
        raise UnreadableSheet("An entry of the order is not a pair of two codes.")
    before, after = codes
    if normal_code(before) == normal_code(after):
        raise UnreadableSheet(f"The order puts {_cut(before)} before itself.")
    return before, after, str(written.get("guideline") or written.get("reference") or "")


def _refuse_contradictions(lines: list[KeyLine]) -> None:
    """A code cannot be right and forbidden in the same key."""
    wanted = [line for line in lines if line.line_class in MATCHED_CLASSES]
    right = {
        (line.system, normal_code(code))
        for line in wanted
        for code in chain([line.code], (other.code for other in line.accept if other.credit))
    }
    for line in lines:
        if line.line_class not in MATCHED_CLASSES and (line.system, normal_code(line.code)) in right:
            raise UnreadableSheet(f"The key lists {line.code} as right and as {line.line_class.value}.")


def _refuse_levels_without_criteria(mapping: Row, setting: Setting, lines: list[KeyLine]) -> None:
    """Rule R1: no national criteria exist for the facility's emergency levels, so the case must bring its own."""
    is_facility = _word(mapping.get("claim")) == Claim.FACILITY
    if setting is Setting.EMERGENCY and is_facility and not mapping.get("acuity_table"):
        for line in lines:
            if line.system == CPT and normal_code(line.code).startswith(EMERGENCY):
                raise UnreadableSheet(f"{line.code} on a facility claim needs an acuity table among the documents.")


def _fraction(number: object) -> Fraction:
    written = str(number)
    if len(written) > MOST_CHARACTERS or LEFT_OPEN.search(written):
        raise ValueError("The number is too long.")
    return Fraction(written)


def _cut(value: object) -> str:
    """What was written, short enough for a sentence."""
    written = repr(value)
    return written if len(written) <= MOST_CHARACTERS else f"{written[:MOST_CHARACTERS]}…"


def _choice(kind: type[Choice], value: object, name: str) -> Choice:
    try:
        return kind(str(value))
    except ValueError:
        allowed = ", ".join(kind)
        raise UnreadableSheet(f"The {name} {_cut(value)} is not known; it is one of {allowed}.") from None
