"""Read the Official Guidelines, PDF or its text, into sections as they are cited: "I.C.9.a.1", or "B3.2"."""

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import count
from typing import NamedTuple

from codesets.loaders import heavy
from codesets.loaders.archive import Member, Refused
from codesets.loaders.edition import Counts, Edition, Format, edition_of, fiscal_year
from codesets.systems import System

YEAR = re.compile(r"FY (20\d\d)")
PROCEDURE_YEAR = re.compile(r"\b(20\d\d)\b")
RUNNING_HEAD = re.compile(
    r"\s*(ICD-10-(CM|PCS) Official Guidelines for Coding and Reporting|FY 20\d\d|Page \d+ of \d+)\s*"
)
LEADER = re.compile(r"\.{4,}")  # a line of the table of contents
ROMAN = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]
LETTERS = [chr(each) for each in range(ord("a"), ord("z") + 1)]
NUMBERS = [str(each) for each in range(1, 40)]
# How a heading of each level is marked, and in which order its marks come.
LEVELS: list[tuple[re.Pattern[str], list[str]]] = [
    (re.compile(r"Section ([IV]+)[.:]\s*(\S.*)"), [each.upper() for each in ROMAN]),
    (re.compile(r"([A-Z])\. +(\S.*)"), [each.upper() for each in LETTERS]),
    (re.compile(r"(\d+)\. +(\S.*)"), NUMBERS),
    (re.compile(r"([a-z])\. +(\S.*)"), LETTERS),
    (re.compile(r"(\d+)\) +(\S.*)"), NUMBERS),
    (re.compile(r"\(([a-z])\) +(\S.*)"), LETTERS),
    (re.compile(r"\(([ivx]+)\) +(\S.*)"), ROMAN),
]
UNFINISHED = re.compile(r"(,|-|\b(a|an|and|as|by|for|from|in|of|on|or|the|to|with))$")
CHAPTERS, CHAPTER_LEVEL = ("I", "C"), 2
APPENDIX = re.compile(r"Appendix I\b\s*(.*)")
# ICD-10-PCS: the number stands before the guideline, a group's title in the line above it.
PROCEDURES = "ICD-10-PCS Official Guidelines"
PROCEDURE_NUMBER = re.compile(r"([A-F]\d{1,2}(?:\.\d{1,2})?[a-z]?)\.?(?:\s+(\S.*))?")
LONGEST_TITLE = 80
# The Guidelines have 121 pages, which are written in 69,000 steps; pages may share one endless stream.
MOST_PAGES, MOST_STEPS = 300, 500_000


class SectionText(NamedTuple):
    number: str
    title: str
    text: str
    position: int


def read(member: Member) -> Edition:
    content = member.content()
    text = _text_of_pdf(member, content) if content.startswith(b"%PDF") else content.decode()
    is_procedures = PROCEDURES in text[:3_000]
    year = (PROCEDURE_YEAR if is_procedures else YEAR).search(text[:3_000])
    sections = list(split_procedures(text) if is_procedures else split(text))
    system = System.PCS_GUIDELINES if is_procedures else System.CM_GUIDELINES
    if year is None or len(sections) < 2:
        raise Refused(f"{member.shown} holds no numbered sections of the Official Guidelines.")
    counts = Counts(len(sections), sum(bool(each.text) for each in sections))
    dates = fiscal_year(int(year[1]))
    return edition_of(system, member, content, sections, counts=counts, year_is_stated=True, **dates)


def split(text: str) -> Iterator[SectionText]:
    """A line opens a section only when its mark is the next one at its level: lists in the prose do not match."""
    marks: list[str] = []
    levels: list[int] = []
    title, body, position = "", [], 0
    for line in _body(text):
        opened = _heading(line, marks, levels)
        if opened is None:
            body.append(line)
            continue
        if marks:
            yield _section(marks, title, body, position)
            position += 1
        marks, levels, title = opened
        body = []
    if marks:
        yield _section(marks, title, body, position)


def split_procedures(text: str) -> Iterator[SectionText]:
    """A number opens a guideline once; what stands between two numbers is its text. A short line above a number is the
    title of the group that begins there."""
    number, title, body, seen = "", "", [""], set[str]()
    for line in _body(text):
        found = PROCEDURE_NUMBER.fullmatch(line)
        if found is None or found[1] in seen:
            body.append(line)
            continue
        above = _title_above(body)
        if number:
            yield _procedure(number, title, body, len(seen) - 1)
        seen.add(found[1])
        number, title, body = found[1], above or title, [found[2] or ""]
    if number:
        yield _procedure(number, title, body, len(seen) - 1)


def _title_above(body: list[str]) -> str:
    """Taken off the guideline before, when it is no sentence."""
    while len(body) > 1 and not body[-1]:
        body.pop()
    is_title = 0 < len(body[-1]) <= LONGEST_TITLE and body[-1][0].isupper() and body[-1][-1] not in ".:;,"
    return body.pop() if is_title else ""


def _procedure(number: str, title: str, body: list[str], position: int) -> SectionText:
    return SectionText(number, title or number, "\n".join(body).strip(), position)


def _section(marks: list[str], title: str, body: list[str], position: int) -> SectionText:
    """A long title runs on to the next line: in lower case, or after a word or comma that ends nothing."""
    while body and body[0] and (body[0][0].islower() or body[0][0] in "“(" or UNFINISHED.search(title)):
        title, body = f"{title} {body[0]}", body[1:]
    return SectionText(".".join(marks), title[:300], "\n".join(body).strip(), position)


def _heading(line: str, marks: list[str], levels: list[int]) -> tuple[list[str], list[int], str] | None:
    if found := APPENDIX.match(line):
        return ["Appendix I"], [0], found[1].strip() or "Present on Admission Reporting Guidelines"
    for level, (pattern, order) in enumerate(LEVELS):
        found = pattern.match(line)
        if found is None or not _is_next(found[1], level, order, marks, levels):
            continue
        kept = [place for place, each in enumerate(levels) if each < level]
        above = [marks[place] for place in kept]
        if level == CHAPTER_LEVEL and tuple(above) == CHAPTERS and not found[2].startswith("Chapter"):
            continue
        return [*above, found[1]], [*(levels[place] for place in kept), level], found[2].strip()[:300]
    return None


def _is_next(mark: str, level: int, order: list[str], marks: list[str], levels: list[int]) -> bool:
    if mark not in order:
        return False
    if level in levels:
        return order.index(mark) == order.index(marks[levels.index(level)]) + 1
    return order.index(mark) == 0 and (level == 0 or bool(levels and levels[-1] < level))


def _body(text: str) -> Iterator[str]:
    """Without the table of contents, running heads and page numbers."""
    lines = [line.strip() for line in text.splitlines()]
    contents = [place for place, line in enumerate(lines) if LEADER.search(line)]
    for line in lines[contents[-1] + 1 if contents else 0 :]:
        if not RUNNING_HEAD.fullmatch(line):
            yield line


def _text_of_pdf(member: Member, content: bytes) -> str:
    pypdf = heavy.package("pypdf", "read the Guidelines as PDF")
    steps = count(1)

    def refuse_endless(*step: object) -> None:
        if len(pages) > MOST_PAGES or next(steps) > MOST_STEPS:
            raise Refused(f"{member.shown} is far longer than the Official Guidelines: it is not an official file.")

    try:
        pages = pypdf.PdfReader(BytesIO(content)).pages
        refuse_endless()
        return "\n".join(page.extract_text(visitor_operand_before=refuse_endless) for page in pages)
    except pypdf.errors.PyPdfError as problem:
        raise Refused(f"{member.shown} cannot be read as PDF: it is cut off or damaged.") from problem


def _is_text(member: Member, head: bytes) -> bool:
    named = b"ICD-10-CM Official Guidelines" in head or PROCEDURES.encode() in head
    return named and not head.startswith(b"%PDF")


def _is_pdf(member: Member, head: bytes) -> bool:
    return head.startswith(b"%PDF") and "guidelines" in member.name.lower()


PDF = Format("Official Guidelines", _is_pdf, read, alternative="guidelines")
TEXT = Format("Official Guidelines as text", _is_text, read, alternative="guidelines")
