"""The rule files as rules: fixtures/codesets/rules/*.yaml, read once; docs/rules.md says how they are written.

Whatever cannot be understood is refused with the file, the rule and the reason.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from codesets.edits.encounter import WITH_PRINCIPAL_DIAGNOSIS, Encounter, Severity
from codesets.loaders.edition import FACTS
from codesets.rules import conditions
from codesets.rules.conditions import BadRule, Condition
from codesets.rules.ranges import CodeList, code_list
from grading.answers import ICD10CM, ICD10PCS, CodedLine, Poa, Setting

FOLDER = FACTS / "rules"
NEEDED = {"id", "section", "severity", "when", "advice", "fires", "silent"}
FIELDS = NEEDED | {"chapter", "settings", "from", "until", "unless", "about"}
EXAMPLE_FIELDS = {"codes", "setting", "age", "sex", "on", "poa"}
NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
PROCEDURE = "pcs:"
EXAMPLE_ON = date(2025, 11, 15)
LONGEST_ADVICE = 220
GROUPS = {
    "outpatient": frozenset(Setting) - WITH_PRINCIPAL_DIAGNOSIS,
    "with_principal_diagnosis": WITH_PRINCIPAL_DIAGNOSIS,
}
EXAMPLE_SETTINGS: dict[str, str] = {"outpatient": Setting.CLINIC, "with_principal_diagnosis": Setting.INPATIENT}


class WordLoader(yaml.SafeLoader):  # type: ignore[misc]
    """YAML in which "on", "no" and "N" stay words, and a key written twice is refused."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = Counter(key.value for key, _ in node.value)
        if twice := [key for key, count in keys.items() if count > 1]:
            raise yaml.YAMLError(f"“{twice[0]}” stands twice at line {node.start_mark.line + 1}")
        return super().construct_mapping(node, deep)  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the guidelines as data. `fires` and `silent` are its two examples."""

    id: str
    section: str
    chapter: int | None
    severity: Severity
    settings: frozenset[Setting]  # empty: every one
    first_on: date | None
    last_on: date | None
    when: tuple[Condition, ...]
    unless: tuple[Condition, ...]
    about: CodeList | None  # whose lines a finding names; None: those that met `when`
    advice: str
    fires: Encounter
    silent: Encounter

    @property
    def needs(self) -> tuple[CodeList, ...]:
        """Lists of which a sheet must hold a code, or the rule cannot fire."""
        return tuple(each for condition in self.when if not condition.of_absence for each in condition.lists)

    @property
    def lists(self) -> tuple[CodeList, ...]:
        asked = (each for condition in (*self.when, *self.unless) for each in condition.lists)
        return (*asked, *([self.about] if self.about else []))

    def holds_for(self, encounter: Encounter) -> bool:
        """Is it a rule of this setting and of this day?"""
        begun = self.first_on is None or self.first_on <= encounter.on
        ended = self.last_on is not None and self.last_on < encounter.on
        return begun and not ended and (not self.settings or encounter.setting in self.settings)


@cache
def shipped() -> tuple[Rule, ...]:
    return tuple(read_folder(FOLDER))


def read_folder(folder: Path) -> list[Rule]:
    """All rules of a folder, in order of file names; an id or the same `when` twice is refused."""
    found = [(path.name, written) for path in sorted(folder.glob("*.yaml")) for written in _entries(path)]
    for field in ("id", "when"):
        counted = Counter(repr(written[field]) for _, written in found)
        if twice := [value for value, count in counted.items() if count > 1]:
            raise BadRule(f"The same {field} stands twice: {twice[0]}")
    return [read_rule(written, name) for name, written in found]


def _entries(path: Path) -> Iterator[dict[str, Any]]:
    try:
        entries = yaml.load(path.read_text(encoding="utf-8"), WordLoader)  # noqa: S506 (a SafeLoader)
    except yaml.YAMLError as problem:
        raise BadRule(f"{path.name} is no readable YAML: {problem}") from problem
    if not isinstance(entries, list):
        raise BadRule(f"{path.name} holds no list of rules.")
    for number, entry in enumerate(entries, start=1):
        if not isinstance(entry, dict):
            raise BadRule(f"{path.name}, rule {number} is no rule.")
        if lacks := sorted(NEEDED - entry.keys()):
            raise BadRule(f"{path.name}, rule {number} ({entry.get('id')}) lacks {', '.join(lacks)}.")
        yield entry


def read_rule(written: dict[str, Any], file: str = "") -> Rule:
    try:
        return _rule(written)
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise BadRule(f"{file}, {written.get('id')}: {problem}") from problem


def _rule(written: dict[str, Any]) -> Rule:
    _only_known(written, FIELDS)
    _check_words(written)
    settings, about = written.get("settings", []), written.get("about")
    return Rule(
        id=written["id"],
        section=written["section"],
        chapter=_chapter(written),
        severity=Severity(written["severity"]),
        settings=frozenset().union(*(GROUPS.get(word) or {Setting(word)} for word in settings)),
        first_on=_day(written.get("from")),
        last_on=_day(written.get("until")),
        when=tuple(map(conditions.read, _listed(written["when"]))),
        unless=tuple(map(conditions.read, _listed(written.get("unless", [])))),
        about=code_list(*_listed(about)) if about else None,
        advice=written["advice"],
        fires=_example(written["fires"], settings),
        silent=_example(written["silent"], settings),
    )


def _check_words(written: dict[str, Any]) -> None:
    if not NAME.fullmatch(written["id"]):
        raise BadRule("an id is lower-case words joined by dashes.")
    if len(written["advice"]) >= LONGEST_ADVICE or not written["advice"].endswith("."):
        raise BadRule(f"advice is one or two sentences of under {LONGEST_ADVICE} characters.")
    if not _listed(written["when"]):
        raise BadRule("`when` asks for nothing.")


def _chapter(written: dict[str, Any]) -> int | None:
    chapter = written.get("chapter")
    if chapter is not None and chapter not in range(1, 23):
        raise BadRule(f"there is no chapter {chapter}.")
    return chapter


def _only_known(written: dict[str, Any], known: Iterable[str]) -> None:
    if unknown := sorted(set(written) - set(known)):
        raise BadRule(f"{', '.join(unknown)} is not understood here.")


def _listed(said: Any) -> list[Any]:
    if not isinstance(said, list):
        raise BadRule(f"{said!r} is no list.")
    return said


def _day(said: Any) -> date | None:
    if said is not None and not isinstance(said, date):
        raise BadRule(f"{said} is no date: write 2025-10-01.")
    return said


def _example(written: dict[str, Any], settings: list[str]) -> Encounter:
    _only_known(written, EXAMPLE_FIELDS)
    word = written.get("setting") or (settings[0] if settings else Setting.INPATIENT)
    letters = {code: Poa(letter) for code, letter in written.get("poa", {}).items()}
    if missing := letters.keys() - set(written["codes"]):
        raise BadRule(f"poa names {', '.join(missing)}, which is not among the codes.")
    return Encounter(
        on=_day(written.get("on")) or EXAMPLE_ON,
        setting=Setting(EXAMPLE_SETTINGS.get(word, word)),
        lines=tuple(_line(code, letters.get(code)) for code in _listed(written["codes"])),
        age=written.get("age"),
        sex=written.get("sex"),
    )


def _line(code: str, poa: Poa | None) -> CodedLine:
    system = ICD10PCS if code.startswith(PROCEDURE) else ICD10CM
    return CodedLine(code.removeprefix(PROCEDURE), system=system, poa=poa)
