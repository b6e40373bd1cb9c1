"""Content with CPT numbers is marked `needs: cpt` by its author; a site that does without leaves it out. Pure."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from codesets import formats
from coursework.authoring.read_pack import ContentError, PackText
from coursework.lessons.markdown import CPT_REFERENCE

CPT = "cpt"
# A number that stands alone among the options or codes of an item: five digits, or four and a letter of CPT.
NUMBER = re.compile(rf"(?<![\w.,$]){formats.CPT_SHAPE.pattern}(?![\w.,]\w)(?!\w)")
Piece = dict[str, Any]


def taken(pack: PackText, *, with_cpt: bool) -> PackText:
    """The pack as this site loads it. Raises ContentError for a piece with CPT numbers that is not marked."""
    for piece in (*pack.lessons, *pack.cases, *pack.items):
        if (found := cpt_numbers(piece)) and not needs_cpt(piece):
            raise ContentError(f"{piece['file']}: it holds the CPT number {min(found)}. Mark it with needs: cpt.")
    return pack if with_cpt else _without_cpt(pack)


def needs_cpt(piece: Piece) -> bool:
    return piece.get("needs") == CPT


def cpt_numbers(piece: Piece) -> set[str]:
    """In fields that hold codes; prose may say any number."""
    key = piece.get("key") or {}
    lines = [line for lines in key.values() if isinstance(lines, list) for line in lines if isinstance(line, dict)]
    keyed = {str(line.get("code")) for line in lines if line.get("system") == CPT}
    options = piece.get("options") or []
    chosen = [str(option.get("text", "")) for option in options if isinstance(option, dict)]
    return keyed | set(CPT_REFERENCE.findall(piece.get("body", ""))) | _numbers([*chosen, *(piece.get("codes") or [])])


def _numbers(texts: Iterable[str]) -> set[str]:
    return {number for text in texts for number in NUMBER.findall(str(text))}


def _without_cpt(pack: PackText) -> PackText:
    gone = {item["slug"] for item in pack.items if needs_cpt(item)}
    exams = [exam | {"items": [slug for slug in exam["items"] if slug not in gone]} for exam in pack.exams]
    return replace(
        pack,
        lessons=[piece for piece in pack.lessons if not needs_cpt(piece)],
        cases=[piece for piece in pack.cases if not needs_cpt(piece)],
        items=[piece for piece in pack.items if not needs_cpt(piece)],
        exams=[exam for exam in exams if exam["items"] and not needs_cpt(exam)],
    )
