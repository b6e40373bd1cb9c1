"""The only bridge between rows and grading's dataclasses: keys, sheets, and what the code sets say of their codes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from codesets import formats
from codesets.edits.encounter import Encounter
from codesets.models import Code, NoRelease, Release, System
from codesets.relations import relations_for
from coursework.cases.models import AnswerKey, CaseVersion, KeyLine
from coursework.lines import CodedLineFields
from coursework.practice.models import AttemptLine
from grading import answers

AT_ONCE = 500  # codes in one statement; with their headers well below what SQLite takes


# Code sets whose codes are looked up; numbers of other ones are taken as they were typed.
LOOKED_UP = (System.ICD10CM, System.ICD10PCS, System.HCPCS)


@dataclass
class CodeBook:
    """Releases as grading reads them. It remembers what was looked up, so that a batch asks for each code once."""

    releases: dict[str, Release]  # by code set; without one, codes are judged by their characters alone
    facts: dict[str, answers.CodeFacts] = field(default_factory=dict)  # of diagnoses and procedures
    sections: dict[str, tuple[str, ...]] = field(default_factory=dict)
    known: set[answers.Name] = field(default_factory=set)
    outdated: set[answers.Name] = field(default_factory=set)
    asked: set[answers.Name] = field(default_factory=set)

    @property
    def release(self) -> Release | None:
        return self.releases.get(System.ICD10CM)

    def look_up(self, names: Iterable[answers.Name]) -> None:
        """Codes by their code set, and every reading of them (R20), with the headers above."""
        readings = {(system, reading) for system, code in names for reading in formats.spellings(code, system)}
        fresh, self.asked = readings - self.asked, self.asked | readings
        for system, release in self.releases.items():
            for some in in_parts(code for of, code in fresh if of == system):
                self._read(some, release)

    def take(self, answer: answers.Answer) -> answers.Answer:
        """The sheet with look-alike characters put right and codes of other years marked."""
        return replace(answer, lines=tuple(map(self._take_line, answer.lines)))

    def _read(self, codes: Sequence[str], release: Release) -> None:
        known = facts_on(codes, release)
        plain = {formats.strip(code) for code in known}
        self.known |= {(release.system, code) for code in plain}
        if release.system != System.HCPCS:  # a supply may read as a diagnosis does
            self.facts |= known
        if release.system == System.ICD10CM:
            self.sections |= sections_of(known, release)
        loaded = Release.objects.filter(system=release.system).exclude(state=Release.State.LOADING)
        others = loaded.exclude(pk=release.pk)
        rows = Code.objects.filter(release__in=others, billable=True, code__in=set(codes) - plain)
        self.outdated |= {(release.system, code) for code in rows.values_list("code", flat=True)}

    def _take_line(self, line: answers.CodedLine) -> answers.CodedLine:
        if line.system not in self.releases:
            return line
        read = formats.normalise(line.code, lambda code: (line.system, code) in self.known, line.system)
        if read.corrections:
            return replace(line, code=formats.written(line.system, read.code), is_corrected=True)
        return replace(line, is_outdated=True) if (line.system, read.code) in self.outdated else line


def code_book_on(day: date | None) -> CodeBook:
    """The code sets as they were on that day, or the newest. Raises NoRelease where ICD-10-CM is loaded, but not for
    that day."""
    found = {}
    for system in LOOKED_UP:
        try:
            found[system.value] = Release.objects.used_for(system, day)
        except NoRelease:
            if system == System.ICD10CM and Release.objects.ready(system).exists():
                raise
    return CodeBook(found)


def facts_on(codes: Iterable[str], release: Release) -> dict[str, answers.CodeFacts]:
    """The codes that the release holds and the headers above them, by dotted code."""
    known = relations_for(codes, release)
    headers = {header for facts in known.values() for header in facts.ancestors} - known.keys()
    return known | relations_for(headers, release)


def sections_of(codes: Iterable[str], release: Release) -> dict[str, tuple[str, ...]]:
    """By category: its chapter and its block, named so that they cannot be taken for codes."""
    categories = {formats.strip(code)[: formats.CATEGORY] for code in codes}
    rows = (
        Code.objects.in_release(release)
        .filter(code__in=categories, block__isnull=False)
        .values_list("code", "block__chapter__name", "block__name")
    )
    return {category: (f"chapter {chapter}", f"block {block}") for category, chapter, block in rows}


def in_parts(codes: Iterable[str]) -> Iterable[Sequence[str]]:
    ordered = sorted(codes)
    return (ordered[start : start + AT_ONCE] for start in range(0, len(ordered), AT_ONCE))


def key_of(key: AnswerKey, lines: Sequence[KeyLine]) -> answers.Key:
    """Lines keep their places: a result's key_index is an index into `lines`."""
    return answers.Key(
        setting=key.case_version.header.setting,
        lines=tuple(key_line_of(line) for line in lines),
        order=tuple(answers.Pair(pair["before"], pair["after"], pair.get("guideline", "")) for pair in key.order),
    )


def key_line_of(line: KeyLine) -> answers.KeyLine:
    return answers.KeyLine(
        code=line.code,
        system=line.system,
        role=role_of(line),
        poa=poa_of(line),
        line_class=answers.LineClass(line.line_class),
        accept=tuple(map(accept_of, line.accept)),
        reference=line.guideline,
    )


def stay_of(key: AnswerKey, *, on: date) -> Encounter:
    """The required lines of the key as a stay that ended on that day, for the grouper."""
    header = key.case_version.header
    coded = tuple(
        answers.CodedLine(line.code, system=line.system, role=role_of(line), poa=poa_of(line))
        for line in key.lines.all()
        if line.line_class == KeyLine.LineClass.REQUIRED
    )
    return Encounter(on, header.setting, coded, age=header.patient.get("age"), sex=header.patient.get("sex"))


def role_of(line: KeyLine) -> answers.Role | None:
    return answers.Role(line.role) if line.role else None


def accept_of(other: Mapping[str, str]) -> answers.Accept:
    poa = answers.Poa(other["poa"]) if other.get("poa") else None
    return answers.Accept(other["code"], Fraction(str(other.get("credit", 1))), poa=poa)


def answer_of(lines: Sequence[AttemptLine]) -> answers.Answer:
    return answers.Answer(
        tuple(answers.CodedLine(code=line.code, system=line.system, poa=poa_of(line)) for line in lines)
    )


def poa_of(line: CodedLineFields) -> answers.Poa | None:
    return answers.Poa(line.poa) if line.poa else None


def known_of(version: CaseVersion, *sheets: Iterable[CodedLineFields]) -> tuple[answers.Relations, answers.Sections]:
    """What the code set in force for this chart says about every code on these sheets: facts, with those of the headers
    above, then chapters and blocks."""
    release = Release.objects.in_force(System.ICD10CM, version.header.coded_on)
    codes = {line.code for sheet in sheets for line in sheet}
    return facts_on(codes, release), sections_of(codes, release)


def in_milli(measures: Mapping[str, Fraction | None]) -> dict[str, int | None]:
    """Measures as they are stored: whole thousandths, None where a measure does not apply."""
    return {name: None if value is None else round(value * 1000) for name, value in measures.items()}
