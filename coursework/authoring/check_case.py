"""What must be true of a case before it is loaded. Each problem is one sentence; no problem means that it may load."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from codesets.models import Code, NoRelease, Release
from coursework.cases.header import Header, IncompleteHeader
from coursework.lines import Poa
from grading.parsing import UnreadableSheet, parse_key

LINE_FIELDS = {"code", "role", "poa", "accept", "evidence", "rationale", "guideline", "index", "nearest_wrong"}
KEY_FIELDS = {"lesson", "order", "reason", "lines", "optional", "tolerated", "forbidden"}
LINE_CLASSES = {"lines": "required", "optional": "optional", "tolerated": "tolerated", "forbidden": "forbidden"}
GUIDELINE = re.compile(r"(I|II|III|IV|Appendix I)(\.[A-Za-z0-9]+)*")
MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
# 4 Mar 2025, March 4, 2025, 03/04/2025 and 2025-03-04: charts are American, so the month stands first between slashes.
WRITTEN_DATES = [
    (re.compile(rf"\b(\d{{1,2}}) ({MONTHS})[a-z]*\.? (\d{{4}})\b"), "%d %b %Y"),
    (re.compile(rf"\b({MONTHS})[a-z]*\.? (\d{{1,2}}), (\d{{4}})\b"), "%b %d %Y"),
    (re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b"), "%m %d %Y"),
    (re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b"), "%Y %m %d"),
]


def problems(case: dict[str, Any]) -> list[str]:
    """Everything that is wrong with the case, not only the first thing."""
    try:
        header = Header.parse(case.get("header") or {})
    except IncompleteHeader as error:
        return [str(error)]
    return [
        *problems_of_documents(case.get("documents") or [], header),
        *problems_of_key(case.get("key") or {}, case.get("documents") or [], header),
    ]


def problems_of_documents(documents: list[dict[str, Any]], header: Header) -> Iterator[str]:
    if not documents:
        yield "The chart has no document."
    declared = {str(day) for day in header.fictional.get("dates", [])}
    for document in documents:
        for written, day in dates_in(document["text"]):
            if day not in declared:
                yield f"{document['slug']} says {written}, a date that the header does not declare as fictional."


def dates_in(text: str) -> Iterator[tuple[str, str]]:
    """(as written, as ISO date) of each full date in a chart; one that no calendar has comes as it is written."""
    for pattern, form in WRITTEN_DATES:
        for match in pattern.finditer(text):
            try:
                yield match[0], datetime.strptime(" ".join(match.groups()), form).date().isoformat()
            except ValueError:
                yield match[0], match[0]


def problems_of_key(key: dict[str, Any], documents: list[dict[str, Any]], header: Header) -> Iterator[str]:
    """The scorer reads the key first: what it cannot read or finds contradictory never reaches a student."""
    if not key.get("lines"):
        yield "The key has no line."
    try:
        parse_key(key, header.setting)
    except UnreadableSheet as error:
        yield str(error)
    if unkept := sorted(key.keys() - KEY_FIELDS):
        yield f"The key has {', '.join(unkept)}, which a chart cannot keep yet."
    lines = [(line, line_class) for line_class in LINE_CLASSES for line in key.get(line_class) or []]
    if not all(isinstance(line, dict) for line, _ in lines):
        return
    try:
        release = Release.objects.in_force("icd10cm", header.coded_on)
    except NoRelease as error:
        yield str(error)
        return
    texts = {document["slug"]: document["text"] for document in documents}
    for line, line_class in lines:
        yield from problems_of_line(line, line_class, texts, release, header)


def problems_of_line(
    line: dict[str, Any], line_class: str, texts: dict[str, str], release: Release, header: Header
) -> Iterator[str]:
    code = str(line.get("code", ""))
    found = Code.objects.in_release(release).find_code(code)
    if found is None or found.dotted != code:
        yield f"{code} is not a code of {release.label}."
    elif not found.billable and line_class != "forbidden":
        yield f"{code} is a heading of {release.label}, not a billable code."
    elif header.is_inpatient and line_class in {"lines", "optional"}:
        yield from problems_of_poa(found, line.get("poa"))
    yield from problems_of_proof(code, line, texts, needs_proof=line_class == "lines")
    if unkept := sorted(line.keys() - LINE_FIELDS):
        yield f"{code} has {', '.join(unkept)}, which a chart cannot keep yet."
    for other in line.get("accept") or []:
        yield from problems_of_alternative(code, other if isinstance(other, dict) else {"code": other}, release, header)


def problems_of_poa(code: Code, poa: str | None) -> Iterator[str]:
    if code.poa_exempt and poa != Poa.EXEMPT:
        yield f"{code.dotted} is exempt from POA reporting: write poa: exempt."
    if not code.poa_exempt and poa not in {"Y", "N", "U", "W"}:
        yield f"{code.dotted} needs a POA indicator: Y, N, U or W."


def problems_of_alternative(code: str, other: dict[str, Any], release: Release, header: Header) -> Iterator[str]:
    """An alternative that is exempt where the line is not, or the other way round, says its own POA."""
    found = Code.objects.in_release(release).find_code(other["code"])
    if found is None or not found.billable:
        yield f"{other['code']}, accepted for {code}, is not a billable code of {release.label}."
    elif header.is_inpatient:
        line = Code.objects.in_release(release).find_code(code)
        if line and line.poa_exempt != found.poa_exempt and not other.get("poa"):
            yield f"{found.dotted}, accepted for {code}, needs a POA of its own: one of the two codes is exempt."


def problems_of_proof(code: str, line: dict[str, Any], texts: dict[str, str], *, needs_proof: bool) -> Iterator[str]:
    if not line.get("rationale"):
        yield f"{code} has no rationale."
    if not GUIDELINE.fullmatch(str(line.get("guideline", ""))):
        yield f"{code} cites no section of the guidelines."
    if needs_proof and not line.get("evidence"):
        yield f"{code} points to no words of the chart."
    for proof in line.get("evidence") or []:
        if proof["quote"] not in texts.get(proof["document"], ""):
            yield f"{code}: “{proof['quote']}” does not stand in {proof['document']}."
