"""Every shipped key, graded against itself, against nothing, and against sheets that are wrong in a known way."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codesets import formats
from codesets.models import Release
from coursework import keys
from coursework.authoring.load_cases import load_cases
from coursework.authoring.read_pack import read_pack
from coursework.cases.models import Case
from coursework.practice.models import AttemptLine
from grading.answers import Answer, Cause, ChartGrade, CodedLine, CodeFacts, Key, KeyLine, LineClass, Poa
from grading.chart import grade_chart
from tests.clock import NOON
from tests.codesets.excerpt import load_excerpt, whole_tabular
from tests.content import SHIPPED, pack_of

CASES = {case["slug"]: case for case in read_pack(SHIPPED).cases}
UNRELATED = "B35.1"  # tinea unguium: no shipped chart mentions it
CLASSES = ("lines", "optional", "tolerated", "forbidden")


def named_codes(slug: str) -> set[str]:
    key = CASES[slug]["key"]
    lines = [line for name in CLASSES for line in key.get(name) or []]
    wrong = {line["nearest_wrong"]["code"] for line in lines if line.get("nearest_wrong")}
    return {line["code"] for line in lines} | wrong | {UNRELATED}


@dataclass(frozen=True)
class Chart:
    """A shipped chart as a student meets it: loaded, and read back through the bridge to grading."""

    key: Key
    facts: Mapping[str, CodeFacts]

    def grade(self, lines: Iterable[CodedLine]) -> ChartGrade:
        return grade_chart(self.key, Answer(tuple(lines)), self.facts)


@pytest.fixture
def release(db) -> Release:
    return load_excerpt(sorted(set().union(*(named_codes(slug) for slug in CASES))))


@pytest.fixture
def chart(slug, release) -> Chart:
    load_cases([CASES[slug]], pack_of(), now=NOON)
    version = Case.objects.get(slug=slug).current
    lines = list(version.current_key.lines.all())
    entered = [AttemptLine(code=code, position=0) for code in named_codes(slug)]
    return Chart(keys.key_of(version.current_key, lines), keys.known_of(version, lines, entered)[0])


def required(key: Key) -> list[KeyLine]:
    return [line for line in key.lines if line.line_class == LineClass.REQUIRED]


def sheet_of(key: Key) -> list[CodedLine]:
    return [CodedLine(line.code, poa=None if line.poa == Poa.EXEMPT else line.poa) for line in required(key)]


@dataclass(frozen=True)
class WrongSheet:
    """A sheet, and the verdicts that the lines with this code were built to get."""

    what: str
    lines: list[CodedLine]
    code: str
    verdicts: list[str]


def changed(lines: list[CodedLine], place: int, **what) -> list[CodedLine]:
    return [*lines[:place], replace(lines[place], **what), *lines[place + 1 :]]


def wrong_sheets(key: Key) -> Iterator[WrongSheet]:
    right = sheet_of(key)
    for place in (0, 1, -1):
        code = right[place].code
        yield WrongSheet("a line left out", [line for line in right if line.code != code], code, ["missed"])
    for place in (0, -1):
        line = right[place]
        header = line.code[:-1].rstrip(".")
        yield WrongSheet("a heading", changed(right, place % len(right), code=header), header, ["header"])
    yield WrongSheet("a code that no line knows", [*right, CodedLine(UNRELATED)], UNRELATED, ["unlisted_extra"])
    yield WrongSheet("a line twice", [*right, right[-1]], right[-1].code, ["agree", "extra"])
    yield WrongSheet("the first line last", [*right[1:], right[0]], right[0].code, ["sequence"])
    for line in key.lines:
        if line.line_class == LineClass.FORBIDDEN:
            yield WrongSheet("a trap", [*right, CodedLine(line.code)], line.code, ["unsupported"])
        if line.line_class == LineClass.TOLERATED:
            yield WrongSheet("a tolerated code", [*right, CodedLine(line.code)], line.code, ["tolerated"])
    for place, line in enumerate(right):
        if line.poa:
            other = Poa.NO if line.poa == Poa.YES else Poa.YES
            yield WrongSheet("another POA letter", changed(right, place, poa=other), line.code, ["poa"])
            yield WrongSheet("no POA letter", changed(right, place, poa=None), line.code, ["poa"])


@pytest.mark.parametrize("slug", CASES)
def test_the_key_itself_gets_full_marks(slug, chart):
    grade = chart.grade(sheet_of(chart.key))

    assert {line.verdict for line in grade.lines} == {"agree"}
    assert {value for value in grade.measures.values() if value is not None} == {Fraction(1)}


@pytest.mark.parametrize("slug", CASES)
def test_an_empty_sheet_gets_nothing(slug, chart):
    grade = chart.grade([])

    assert {line.verdict for line in grade.lines} == {"missed"}
    assert {value for value in grade.measures.values() if value is not None} == {Fraction(0)}


@pytest.mark.parametrize("slug", CASES)
def test_each_wrong_sheet_gets_the_verdicts_it_was_built_for(slug, chart):
    sheets = list(wrong_sheets(chart.key))

    assert len(sheets) >= 10
    for sheet in sheets:
        grade = chart.grade(sheet.lines)
        got = sorted(str(line.verdict) for line in grade.lines if sheet.code in (line.answer_code, line.key_code))
        assert got == sheet.verdicts, (sheet.what, sheet.code)
        assert grade.measures["learning"] < 1 or set(sheet.verdicts) <= {"tolerated", "sequence"}, sheet.what


@pytest.mark.parametrize("slug", CASES)
def test_the_nearest_wrong_code_never_counts_as_right(slug, chart):
    for place, line in enumerate(CASES[slug]["key"]["lines"]):
        wrong = line["nearest_wrong"]["code"]
        sheet = changed(sheet_of(chart.key), place, code=wrong)

        grade = chart.grade(sheet)

        judged = next(line for line in grade.lines if line.answer_code == wrong)
        assert not judged.is_agreed, (line["code"], wrong)
        assert grade.measures["learning"] < 1


@pytest.mark.parametrize("slug", [slug for slug in CASES if CASES[slug]["key"].get("order")])
def test_a_rule_bound_pair_the_other_way_round_is_out_of_sequence(slug, chart):
    right = sheet_of(chart.key)
    for pair in chart.key.order:
        codes = [line.code for line in right]
        before, after = codes.index(pair.before), codes.index(pair.after)
        swapped = list(right)
        swapped[before], swapped[after] = swapped[after], swapped[before]

        grade = chart.grade(swapped)

        assert any(Cause.PAIR_ORDER in line.causes or line.verdict == "sequence" for line in grade.lines), pair
        assert grade.measures["sequence"] < 1
        assert grade.measures["f1"] == 1


@pytest.mark.parametrize("slug", CASES)
def test_the_order_of_secondary_lines_changes_only_the_rule_bound_pairs(slug, chart):
    first, *secondary = sheet_of(chart.key)

    @settings(max_examples=25)
    @given(st.permutations(secondary))
    def any_order(shuffled):
        grade = chart.grade([first, *shuffled])

        # `case` asks for a sheet without any error, so it falls with a rule-bound pair; nothing else moves.
        others = {value for name, value in grade.measures.items() if name not in {"sequence", "case"}}
        assert others <= {Fraction(1), None}
        assert {str(line.verdict) for line in grade.lines} <= {"agree", "sequence"}
        for line in grade.lines:
            assert line.verdict == "agree" or Cause.PAIR_ORDER in line.causes

    any_order()


@pytest.mark.parametrize("slug", CASES)
def test_every_named_code_is_one_of_the_release(slug):
    known = {row.code for row in whole_tabular().codes}

    assert set(map(formats.strip, named_codes(slug))) <= known
