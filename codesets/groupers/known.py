"""Does a code exist that no loaded release holds? The code editor's masters know those of its years, without titles."""

from collections.abc import Iterable
from datetime import date

from codesets import formats
from codesets.groupers.claims import EDITOR, engine, version_on
from grading.answers import ICD10CM

STANDS_IN = {"code": "A419"}  # a claim needs a principal diagnosis
BLANK = "0000000"  # which the editor takes for an empty field


def known_codes(codes: Iterable[str], *, system: str, on: date) -> frozenset[str]:
    """Those of ICD-10-CM or ICD-10-PCS that a claim of that day takes, without dot: "title not loaded", never
    "unknown". Raises CannotGroup with its sentence: no package, or a day beyond its last master."""
    version_on(on)
    return frozenset(code for code in map(formats.strip, codes) if code != BLANK and _is_known(code, system, on))


def _is_known(code: str, system: str, on: date) -> bool:
    rows = [{"code": code}]
    claim = {
        "age": 45, "sex": 2, "discharge_status": 1, "discharge_date": int(on.strftime("%Y%m%d")), "pdx": STANDS_IN,
        "sdx": rows if system == ICD10CM else [], "procedures": [] if system == ICD10CM else rows,
    }  # fmt: skip
    return not any(edit["name"] == "INVALID_CODE" for edit in engine(EDITOR).edit(claim)["edits"])
