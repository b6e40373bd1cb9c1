"""What the feedback page shows: each line judged, why, and where it stands in the chart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from coursework import wording
from coursework.book.look_ups import looked_up
from coursework.book.references import code_references_on
from coursework.cases import chart
from coursework.cases.header import Header
from coursework.cases.models import AnswerKey, CaseVersion, KeyLine
from coursework.lessons.markdown import CodeReference
from coursework.practice import grouping
from coursework.practice.models import Attempt, Grade, LineVerdict
from coursework.practice.results import current_grade
from coursework.weights import wording as weighing
from grading.answers import Cause, Verdict
from grading.consequence import Statement
from grading.trail import Step, read_trail

# The worst first: what was left out or should not be there, then what is nearly right, then what is right.
ORDER = ["missed", "compliance", "wrong", "partial", "extra", "exact", "not-scored"]
HEADLINE_MEASURES = [
    "learning", "f1", "code_over_code", "practicode", "weighted", "principal", "poa", "sequence", "drg"
]  # fmt: skip


@dataclass(frozen=True)
class Proof:
    """Words of the chart that support a line, and the address of their mark on the page."""

    document: str
    quote: str
    anchor: str


@dataclass(frozen=True)
class JudgedLine:
    """One verdict as it is read: `label` is the number that its words carry in the chart."""

    label: str
    words: wording.VerdictWords
    sentence: str
    causes: tuple[str, ...]
    mine: CodeReference | None
    keyed: CodeReference | None
    my_poa: str
    key_poa: str
    key_line: KeyLine | None
    proofs: tuple[Proof, ...]
    why_wrong: str
    moved: str  # what the error did to the group
    trail: str


@dataclass(frozen=True)
class Payment:
    """Sheet and key as a payer would group them."""

    words: wording.StatementWords
    mine: str
    keyed: str
    model: str


def page_for(attempt: Attempt) -> dict[str, Any]:
    grade = current_grade(attempt)
    key = AnswerKey.objects.get(pk=grade.key_id)
    verdicts = list(grade.verdicts.select_related("attempt_line", "key_line"))
    look_ups = looked_up(attempt)
    steps = [Step(look.kind, look.at) for look, _ in look_ups]
    lines = judged_lines(attempt.case_version, verdicts, moves_of(grade), steps)
    return {
        "attempt": attempt,
        "version": attempt.case_version,
        "header": attempt.case_version.header,
        "grade": grade,
        "key": key,
        "lines": lines,
        "measures": shown_measures(grade),
        "house_weights": weighing.differing(grade.weights.weights) if grade.weights else [],
        "payment": payment_of(grade, attempt.case_version.header),
        "is_grouped": is_grouped(attempt.case_version.header),
        "not_grouped": wording.NOT_GROUPED,
        "counts": Counter(line.words.word for line in lines).items(),
        "biggest_lesson": biggest_lesson(verdicts),
        "order_rules": key.order,
        "documents": documents_with_marks(attempt.case_version, lines),
        "look_ups": look_ups,
    }


def shown_measures(grade: Grade) -> list[tuple[str, str, int]]:
    """(name, meaning, milli-points) of the measures that apply."""
    shown = [(name, grade.measures.get(name)) for name in HEADLINE_MEASURES]
    return [(*wording.MEASURES[name], milli) for name, milli in shown if milli is not None]


def payment_of(grade: Grade, header: Header) -> Payment | None:
    found = grade.consequence
    if found is None:
        return None
    return Payment(
        wording.STATEMENTS[Statement(found["statement"])],
        wording.grouping(found["entered"]),
        wording.grouping(found["wanted"]),
        wording.payment_model(found["model"], header.code_sets, is_proposed=found["is_proposed"]),
    )


def moves_of(grade: Grade) -> dict[int, str]:
    """By the position of a verdict; errors that moved nothing are not named."""
    moved = grade.consequence["moved"] if grade.consequence else []
    return {each["line"] + 1: wording.moved(Statement(each["statement"]), each["without"]) for each in moved}


def is_grouped(header: Header) -> bool:
    return grouping.is_grouped(grouping.encounter_of(header), header.claim, grouping.payer_of(header))


def biggest_lesson(verdicts: list[LineVerdict]) -> str:
    badges = [wording.VERDICTS[Verdict(verdict.verdict)].badge for verdict in verdicts]
    good = badges.count("exact") + badges.count("not-scored")
    missed, unsupported = badges.count("missed"), badges.count("compliance") + badges.count("extra")
    return wording.biggest_lesson(missed, unsupported, len(badges) - good - missed - unsupported)


def judged_lines(
    version: CaseVersion, verdicts: list[LineVerdict], moves: dict[int, str], steps: list[Step]
) -> list[JudgedLine]:
    codes = {line.code for verdict in verdicts for line in (verdict.attempt_line, verdict.key_line) if line}
    references = code_references_on(version.header.coded_on, codes)
    ranked = sorted(verdicts, key=lambda verdict: ORDER.index(wording.VERDICTS[Verdict(verdict.verdict)].badge))
    return [
        judged(
            verdict,
            str(number),
            references,
            is_inpatient=version.header.is_inpatient,
            moved=moves.get(verdict.position, ""),
            trail=trail_of(verdict, steps),
        )
        for number, verdict in enumerate(ranked, start=1)
    ]


def judged(
    verdict: LineVerdict,
    label: str,
    references: dict[str, CodeReference],
    *,
    is_inpatient: bool,
    moved: str,
    trail: str,
) -> JudgedLine:
    kind = Verdict(verdict.verdict)
    mine, keyed = verdict.attempt_line, verdict.key_line
    words = wording.VERDICTS[kind]
    said = wording.SAID_BY_VERDICT.get(kind, set())
    return JudgedLine(
        label=label,
        words=words,
        sentence=words.sentence.format(mine=mine.code if mine else "", key=keyed.code if keyed else ""),
        causes=tuple(wording.CAUSES[cause] for name in verdict.causes if (cause := Cause(name)) not in said),
        mine=references.get(mine.code) if mine else None,
        keyed=references.get(keyed.code) if keyed else None,
        my_poa=wording.poa_words(mine.poa) if mine and is_inpatient else "",
        key_poa=wording.poa_words(keyed.poa) if keyed and is_inpatient and keyed.poa else "",
        key_line=keyed,
        proofs=proofs_of(keyed, label),
        why_wrong=why_wrong(verdict),
        moved=moved,
        trail=trail,
    )


def proofs_of(keyed: KeyLine | None, label: str) -> tuple[Proof, ...]:
    evidence = keyed.evidence if keyed else []
    return tuple(
        Proof(proof["document"], proof["quote"], f"words-{label}-{number}") for number, proof in enumerate(evidence, 1)
    )


def why_wrong(verdict: LineVerdict) -> str:
    """What the author foresaw about exactly this wrong code."""
    mine, keyed = verdict.attempt_line, verdict.key_line
    if mine and keyed and keyed.nearest_wrong.get("code") == mine.code:
        return keyed.nearest_wrong.get("why", "")
    return ""


def trail_of(verdict: LineVerdict, steps: list[Step]) -> str:
    """How the code was looked up; nothing for a line that was given, nor where nothing at all was recorded."""
    mine, keyed = verdict.attempt_line, verdict.key_line
    if not steps or (mine and mine.is_given):
        return ""
    note = keyed.guideline if keyed else ""
    return wording.trail(read_trail(steps, (mine or keyed).code, note), note)


def documents_with_marks(version: CaseVersion, lines: Iterable[JudgedLine]) -> list[dict[str, Any]]:
    """Each document in blocks, with the words marked that carry the key's evidence."""
    quotes: dict[str, list[tuple[str, str, str]]] = {}
    for line in lines:
        for proof in line.proofs:
            quotes.setdefault(proof.document, []).append((line.label, proof.anchor, proof.quote))
    return [
        {"document": document, "blocks": chart.blocks(document.text, chart.locate(document.text, found))}
        for document in version.documents.all()
        for found in [quotes.get(document.slug, [])]
    ]
