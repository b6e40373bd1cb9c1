"""The only bridge between rows and grading's dataclasses."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from codesets.models import Release
from codesets.relations import relations_for
from coursework.cases.models import AnswerKey, CaseVersion, KeyLine
from coursework.lines import CodedLineFields
from coursework.practice.models import AttemptLine
from grading import answers


def key_of(key: AnswerKey, lines: Sequence[KeyLine]) -> answers.Key:
    """Lines keep their places: a result's key_index is an index into `lines`."""
    return answers.Key(
        setting=key.case_version.header.setting,
        lines=tuple(key_line_of(line) for line in lines),
        order=tuple(answers.Pair(pair["before"], pair["after"]) for pair in key.order),
    )


def key_line_of(line: KeyLine) -> answers.KeyLine:
    return answers.KeyLine(
        code=line.code,
        system=line.system,
        role=answers.Role(line.role) if line.role else None,
        poa=poa_of(line),
        line_class=answers.LineClass(line.line_class),
        accept=tuple(answers.Accept(other["code"], Fraction(str(other.get("credit", 1)))) for other in line.accept),
    )


def answer_of(lines: Sequence[AttemptLine]) -> answers.Answer:
    return answers.Answer(
        tuple(answers.CodedLine(code=line.code, system=line.system, poa=poa_of(line)) for line in lines)
    )


def poa_of(line: CodedLineFields) -> answers.Poa | None:
    return answers.Poa(line.poa) if line.poa else None


def facts_for(version: CaseVersion, *sheets: Iterable[CodedLineFields]) -> Mapping[str, answers.CodeFacts]:
    """What the code set in force for this chart says about every code on these sheets, and about the headers above."""
    release = Release.objects.in_force("icd10cm", version.header.coded_on)
    known = relations_for({line.code for sheet in sheets for line in sheet}, release)
    headers = {ancestor for facts in known.values() for ancestor in facts.ancestors} - known.keys()
    known |= relations_for(headers, release)
    return {
        code: answers.CodeFacts(code, facts.title, facts.billable, facts.ancestors) for code, facts in known.items()
    }


def in_milli(measures: Mapping[str, Fraction | None]) -> dict[str, int | None]:
    """Measures as they are stored: whole thousandths, None where a measure does not apply."""
    return {name: None if value is None else round(value * 1000) for name, value in measures.items()}
