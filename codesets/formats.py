"""The written form of a code: normalising what was typed (R20), the dot, the shape, what a header lacks."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

# ICD-10-CM: a letter, a digit (A in the QA categories), then digits or letters; at most seven.
SHAPE = re.compile(r"[A-Z][0-9A][0-9A-Z]{1,5}")
# ICD-10-PCS: seven characters, digits and letters without I and O; the first three name a table.
PCS_SHAPE = re.compile(r"[0-9A-HJ-NP-Z]{3}(?:[0-9A-HJ-NP-Z]{4})?")
# HCPCS Level II: a letter and four digits; a modifier has two characters.
HCPCS_SHAPE = re.compile(r"[A-V][0-9]{4}")
MODIFIER_SHAPE = re.compile(r"[A-Z][A-Z0-9]")
# CPT: five digits, or four and F, T, U, M or A; the numbers alone, no descriptor.
CPT_SHAPE = re.compile(r"[0-9]{4}[0-9FTUMA]")
BEGINNING = re.compile(r"[A-Z][0-9A]?|[A-Z][0-9A][0-9A-Z]{1,5}")
PCS_BEGINNING = re.compile(r"[0-9A-HJ-NP-Z]{2,7}")
CATEGORY = 3
MODIFIER = 2
FIRST_PLACE = {"0": "O", "1": "I"}
OTHER_PLACES = {"O": "0", "I": "1"}
NO_LETTERS_O_AND_I = str.maketrans(OTHER_PLACES)  # ICD-10-PCS has neither, anywhere


@dataclass(frozen=True)
class Correction:
    """One character that was read as its look-alike. `place` counts from 1, without the dot."""

    place: int
    typed: str
    taken: str


@dataclass(frozen=True)
class Normalised:
    """A code as the release writes it (without dot), and what had to be changed to get there."""

    code: str
    corrections: tuple[Correction, ...] = ()


def strip(text: str) -> str:
    """Without dots, blanks and dashes, in capitals."""
    return "".join(text.split()).replace(".", "").replace("-", "").upper()


def dotted(code: str) -> str:
    plain = strip(code)
    return f"{plain[:CATEGORY]}.{plain[CATEGORY:]}" if len(plain) > CATEGORY else plain


def written(system: str, code: str) -> str:
    """As people write it: only ICD-10-CM has a dot."""
    return dotted(code) if system == "icd10cm" else strip(code)


def system_of(code: str) -> str:
    """The code set of a code as it is written: only ICD-10-CM has a dot, or three characters."""
    shapes = {"cpt": CPT_SHAPE, "hcpcs": HCPCS_SHAPE, "icd10pcs": PCS_SHAPE}
    return next((name for name, shape in shapes.items() if len(code) > CATEGORY and shape.fullmatch(code)), "icd10cm")


def has_shape(text: str) -> bool:
    """Could this be an ICD-10-CM code, whether or not it is one?"""
    return SHAPE.fullmatch(strip(text)) is not None


def beginnings(text: str) -> list[str]:
    """What the text may be the beginning of: "E112" for "e11.2", "0FT4" for "oft4"; nothing for "hip" or "copd".
    Diagnoses come first, as typed before look-alikes, then procedures."""
    plain, *others = spellings(text)
    # Two letters are a word on its way: "co" becomes "copd", not C0.
    if len(plain) > 1 and not any(character.isdigit() for character in plain):
        return []
    procedure = plain.translate(NO_LETTERS_O_AND_I)
    readings = [reading for reading in (plain, *others) if BEGINNING.fullmatch(reading)]
    return list(dict.fromkeys([*readings, procedure] if PCS_BEGINNING.fullmatch(procedure) else readings))


def spellings(text: str, system: str = "icd10cm") -> list[str]:
    """What was typed, then every reading with the look-alikes O/0 and I/1 exchanged where R20 allows it: ICD-10-CM and
    HCPCS begin with a letter, ICD-10-PCS has neither letter anywhere."""
    plain = strip(text)
    if len(plain) > 7:
        return [plain]
    first = 1 if system == "icd10pcs" else 0  # a place that is no code's first one
    readings = ["".join(choice) for choice in product(*map(_readings, range(first, first + len(plain)), plain))]
    return [plain, *(reading for reading in readings if reading != plain)]


def normalise(text: str, exists: Callable[[str], bool], system: str = "icd10cm") -> Normalised:
    """R20: what was typed, if it is a code; else the one look-alike that is; else what was typed, unchanged."""
    plain, *others = spellings(text, system)
    if exists(plain):
        return Normalised(plain)
    found = [reading for reading in others if exists(reading)]
    return Normalised(found[0], _corrections(plain, found[0])) if len(found) == 1 else Normalised(plain)


def prefixes(code: str) -> list[str]:
    """Every shorter form that may be a header above the code, category first."""
    plain = strip(code)
    return [plain[:length] for length in range(CATEGORY, len(plain))]


def missing_characters(code: str, billable_length: int) -> tuple[int, ...]:
    """Which places a header lacks up to its shortest billable code: (6, 7) for S52.50."""
    return tuple(range(len(strip(code)) + 1, billable_length + 1))


def with_seventh(code: str, character: str) -> str:
    """The code with a 7th character, empty places filled with the placeholder X."""
    return strip(code).ljust(6, "X") + character


def _readings(place: int, character: str) -> tuple[str, ...]:
    look_alikes = FIRST_PLACE if place == 0 else OTHER_PLACES
    return (character, look_alikes[character]) if character in look_alikes else (character,)


def _corrections(typed: str, taken: str) -> tuple[Correction, ...]:
    pairs = enumerate(zip(typed, taken, strict=True), start=1)
    return tuple(Correction(place, before, after) for place, (before, after) in pairs if before != after)
