"""What must be true of a case before it is loaded. Each problem is one sentence; no problem means that it may load."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from codesets.models import Code, NoRelease, Release
from coursework.cases.header import Header, IncompleteHeader
from coursework.lines import Poa

LINE_CLASSES = {"lines": "required", "optional": "optional", "tolerated": "tolerated", "forbidden": "forbidden"}
GUIDELINE = re.compile(r"(I|II|III|IV|Appendix I)(\.[A-Za-z0-9]+)*")
MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
CHART_DATE = re.compile(rf"\b(\d{{1,2}}) ({MONTHS})[a-z]* (\d{{4}})\b|\b(\d{{4}}-\d\d-\d\d)\b")


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
    """(as written, as ISO date) of each full date in a chart."""
    for match in CHART_DATE.finditer(text):
        if match[4]:
            yield match[0], match[4]
        else:
            yield match[0], datetime.strptime(f"{match[1]} {match[2]} {match[3]}", "%d %b %Y").date().isoformat()


def problems_of_key(key: dict[str, Any], documents: list[dict[str, Any]], header: Header) -> Iterator[str]:
    if not key.get("lines"):
        yield "The key has no line."
    try:
        release = Release.objects.in_force("icd10cm", header.coded_on)
    except NoRelease as error:
        yield str(error)
        return
    texts = {document["slug"]: document["text"] for document in documents}
    for line_class in LINE_CLASSES:
        for line in key.get(line_class) or []:
            yield from problems_of_line(line, line_class, texts, release, header)
    yield from problems_of_order(key)


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
    for other in line.get("accept") or []:
        if not is_billable(other["code"], release):
            yield f"{other['code']}, accepted for {code}, is not a billable code of {release.label}."


def problems_of_poa(code: Code, poa: str | None) -> Iterator[str]:
    if code.poa_exempt and poa != Poa.EXEMPT:
        yield f"{code.dotted} is exempt from POA reporting: write poa: exempt."
    if not code.poa_exempt and poa not in {"Y", "N", "U", "W"}:
        yield f"{code.dotted} needs a POA indicator: Y, N, U or W."


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


def problems_of_order(key: dict[str, Any]) -> Iterator[str]:
    codes = {line["code"] for line in key.get("lines") or []}
    for pair in key.get("order") or []:
        for code in (pair["before"], pair["after"]):
            if code not in codes:
                yield f"The order names {code}, which is no line of the key."


def is_billable(code: str, release: Release) -> bool:
    return Code.objects.in_release(release).billable().filter(code=code.replace(".", "")).exists()
