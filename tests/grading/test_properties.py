"""What holds for every chart and every item (I20 to I25), on generated sheets of real codes."""

import random
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from grading.answers import Accept, Answer, CodedLine, Key, KeyLine, LineClass, Pair, Poa, Setting, Verdict, normal_code
from grading.chart import grade_chart
from grading.consequence import Grouping, Statement
from grading.em import EM
from grading.evidence import Span
from grading.items import grade_item
from grading.matching import match_lines
from tests.grading.charts import BILLABLE, HEADERS, RELATIONS, key, sheet

MEMBERSHIP = ("code_over_code", "net", "precision", "recall", "f1", "jaccard", "practicode")
LETTERS = st.sampled_from([None, *Poa])


# I24 holds for keys without conditional lines, so none of these has any; and without variants, since a wrong code may
# make another one the best by learning (R3), whose other measures may be higher.
UNCONDITIONAL = [one for one in LineClass if one is not LineClass.CONDITIONAL]
SIDES = st.sampled_from([(), ("RT",), ("LT",), ("50",), ("22", "RT"), ("25",), ("59",)])
UNITS = st.sampled_from([None, 1, 2])
REASONS = st.none() | st.builds(EM, *[st.integers(2, 3)] * 3)
WORDS = st.sampled_from([(), (Span("note", 0, 30, 5),), (Span("note", 60, 90, 5),)])
CPT = {
    "system": st.just("cpt"), "modifiers": SIDES, "units": UNITS, "em": REASONS, "evidence": WORDS,
    "pointers": st.sampled_from([(), ("I10",), ("E11.22", "I10")]), "support": st.sampled_from(["", "", "M", "MT"]),
}  # fmt: skip
SERVICES = st.lists(
    st.builds(KeyLine, st.sampled_from(("27447", "99213", "20610")), **CPT)
    | st.builds(KeyLine, st.sampled_from(("0SRC0J9", "0SRD0J9", "0DTJ4ZZ")), system=st.just("icd10pcs")),
    max_size=4,
)


CODES = st.lists(st.sampled_from(BILLABLE), min_size=1, max_size=8, unique=True)
CLASSES = st.sampled_from(UNCONDITIONAL)
TAKEN = st.lists(st.sampled_from(BILLABLE), max_size=2, unique=True)


@st.composite
def keys(draw):
    codes = draw(CODES)
    lines = [KeyLine(codes[0], poa=draw(LETTERS))]
    for code in codes[1:]:
        line_class = draw(CLASSES)
        wanted = line_class in (LineClass.REQUIRED, LineClass.OPTIONAL)
        choices = tuple(Accept(choice) for choice in draw(TAKEN) if choice not in codes) if wanted else ()
        lines.append(KeyLine(code, poa=draw(LETTERS), line_class=line_class, accept=choices))
    required = [line.code for line in lines if line.line_class is LineClass.REQUIRED]
    lines += draw(SERVICES)
    order = tuple(Pair(*pair) for pair in pairwise(required))
    return Key(Setting.INPATIENT, tuple(lines), order)


SERVICE_LINES = st.builds(CodedLine, st.sampled_from(("27447", "99213", "99214", "20610")), **CPT) | st.builds(
    CodedLine, st.sampled_from(("0SRC0J9", "0SRC0JA", "0DTJ0ZZ")), system=st.just("icd10pcs")
)


def with_condition(wanted):
    """The last required line is asked for only beside the first."""
    required = [index for index, line in enumerate(wanted.lines) if line.line_class is LineClass.REQUIRED]
    lines, last = list(wanted.lines), required[-1]
    if len(required) > 1 and lines[last].code != lines[0].code:
        lines[last] = replace(lines[last], line_class=LineClass.CONDITIONAL, when=(lines[0].code,))
    return replace(wanted, lines=tuple(lines))


def with_variant(wanted):
    return replace(wanted, variants=(replace(wanted, lines=wanted.lines[:1]),))


ANY_KEY = keys() | keys().map(with_condition) | keys().map(with_variant)
LINES = st.builds(CodedLine, st.sampled_from(BILLABLE + HEADERS), poa=LETTERS) | SERVICE_LINES
ANSWERS = st.lists(LINES, max_size=10).map(lambda lines: Answer(tuple(lines)))


def perfect(wanted):
    required = [line for line in wanted.lines if line.line_class in (LineClass.REQUIRED, LineClass.CONDITIONAL)]
    return Answer(tuple(as_entered(line) for line in required))


def as_entered(line):
    alike = ("code", "system", "poa", "modifiers", "units", "pointers", "em", "evidence", "support")
    return CodedLine(**{name: getattr(line, name) for name in alike})


def membership(graded):
    return [graded.measures[name] for name in MEMBERSHIP]


@given(st.permutations("abcde"), st.sets(st.sampled_from("abcde")), st.randoms(use_true_random=True))
def test_i20_shuffled_options_score_the_same(options, chosen, rng):
    body = {"stem": "?", "choose": 2, "options": [{"id": option, "text": option} for option in "abcde"]}
    shuffled = body | {"options": [{"id": option, "text": option} for option in options]}
    picked = sorted(chosen)
    again = rng.sample(picked, len(picked))

    first = grade_item("choose", body, {"right": ["a", "c"]}, {"chosen": picked})

    assert grade_item("choose", shuffled, {"right": ["c", "a"]}, {"chosen": again}) == first


@given(ANY_KEY, ANSWERS)
def test_i21_every_score_lies_between_nothing_and_everything(wanted, answer):
    graded = grade_chart(wanted, answer, RELATIONS)

    assert all(0 <= line.credit <= 1 for line in graded.lines)
    assert all(score is None or score <= 1 for score in graded.measures.values())
    assert all(score is None or score >= 0 for name, score in graded.measures.items() if name != "net")
    assert all(isinstance(score, Fraction | None) for score in graded.measures.values())


@given(keys(), ANSWERS)
def test_every_line_of_both_sides_is_judged_once(wanted, answer):
    graded = grade_chart(wanted, answer, RELATIONS)
    entered = [line.answer_index for line in graded.lines if line.answer_index is not None]
    required = [line.key_index for line in graded.lines if line.line_class is LineClass.REQUIRED]

    assert sorted(entered) == list(range(len(answer.lines)))
    assert required == [i for i, line in enumerate(wanted.lines) if line.line_class is LineClass.REQUIRED]


@given(ANY_KEY)
def test_i22_the_key_itself_has_full_marks(wanted):
    graded = grade_chart(wanted, perfect(wanted), RELATIONS)

    assert {line.verdict for line in graded.lines} == {Verdict.AGREE}
    assert {score for score in graded.measures.values() if score is not None} == {1}


@given(keys())
def test_i22_an_empty_sheet_has_none(wanted):
    graded = grade_chart(wanted, sheet(), RELATIONS)

    assert {line.verdict for line in graded.lines} == {Verdict.MISSED}
    assert {score for score in graded.measures.values() if score is not None} == {0}


@given(st.sampled_from(BILLABLE), st.fractions(0, 1, max_denominator=20))
def test_i22_a_listed_alternative_earns_what_it_declares(code, credit):
    wanted = Key(Setting.CLINIC, (KeyLine("Z99.2", accept=(Accept(code, credit),)),))

    (line,) = grade_chart(wanted, sheet(code), RELATIONS).lines

    assert line.credit == credit


@given(ANY_KEY, ANSWERS, st.randoms(use_true_random=True))
def test_i23_the_order_of_lines_changes_only_sequence(wanted, answer, rng):
    shuffled = Answer(tuple(rng.sample(answer.lines, len(answer.lines))))

    before, after = (grade_chart(wanted, sheet_, RELATIONS).measures for sheet_ in (answer, shuffled))

    free = set(before) - {"principal", "sequence", "case", "cic_blanks", "weighted"}
    assert {name: before[name] for name in free} == {name: after[name] for name in free}


@given(keys(), ANSWERS, st.randoms(use_true_random=True))
def test_i23_the_order_of_lines_moves_no_match(wanted, answer, rng):
    shuffled = Answer(tuple(rng.sample(answer.lines, len(answer.lines))))

    def matched(lines):
        found = match_lines(wanted, lines, RELATIONS)
        return {row: (lines.lines[index], match) for row, (index, match) in found.items()}

    assert matched(answer) == matched(shuffled)


@given(keys(), ANSWERS, st.data())
def test_i24_a_missing_right_line_never_lowers_membership(wanted, answer, data):
    before = grade_chart(wanted, answer, RELATIONS)
    missed = [wanted.lines[line.key_index] for line in before.lines if line.verdict is Verdict.MISSED]
    if missed:
        added = as_entered(data.draw(st.sampled_from(missed)))
        after = grade_chart(wanted, Answer((*answer.lines, added)), RELATIONS)

        assert all(new >= old for old, new in zip(membership(before), membership(after), strict=True))


@given(keys(), ANSWERS)
def test_i24_a_wrong_extra_line_never_raises_membership(wanted, answer):
    before = grade_chart(wanted, answer, RELATIONS)
    after = grade_chart(wanted, Answer((*answer.lines, CodedLine("Z99.2"))), RELATIONS)

    pairs = zip(membership(before), membership(after), strict=True)
    assert all(old is None or new <= old for old, new in pairs)
    assert after.measures["learning"] <= before.measures["learning"]


@given(keys().map(with_variant), ANSWERS)
def test_i24_a_wrong_extra_line_never_raises_learning_whichever_variant_is_best(wanted, answer):
    before = grade_chart(wanted, answer, RELATIONS)
    after = grade_chart(wanted, Answer((*answer.lines, CodedLine("Z99.2"))), RELATIONS)

    assert after.measures["learning"] <= before.measures["learning"]


def test_i24_a_wrong_code_may_raise_another_measure_where_it_changes_the_best_variant():
    wanted = replace(key("I10"), variants=(key("E11.22", "N18.4", "I10"),))

    before = grade_chart(wanted, sheet("I10", "J44.1", "E11.8"), RELATIONS)
    after = grade_chart(wanted, sheet("I10", "J44.1", "E11.8", "Z99.2"), RELATIONS)

    assert (before.variant, after.variant) == (0, 1)
    assert (before.measures["net"], after.measures["net"]) == (-1, Fraction(-2, 3))
    assert before.measures["learning"] > after.measures["learning"]


class EveryCodeCounts:
    """A group of its own for each first diagnosis and each set of codes and letters."""

    def group(self, lines):
        return Grouping(drg=str([lines[0].code, *sorted((line.code, line.poa or "") for line in lines)]))

    def severity(self, code):
        return frozenset()


@given(keys(), st.data())
def test_r15_a_sheet_without_an_error_groups_as_the_key(wanted, data):
    chosen = [line for line in wanted.lines if line.line_class is not LineClass.FORBIDDEN]
    chosen = [line for line in chosen if line.line_class is LineClass.REQUIRED or data.draw(st.booleans())]
    codes = [data.draw(st.sampled_from([line.code, *(other.code for other in line.accept)])) for line in chosen]
    entered = tuple(replace(as_entered(line), code=code) for line, code in zip(chosen, codes, strict=True))

    found = grade_chart(wanted, Answer(entered), RELATIONS, grouper=EveryCodeCounts())

    assume({line.verdict for line in found.lines} <= {Verdict.AGREE, Verdict.TOLERATED})
    assert (found.measures["drg"], found.consequence.statement, found.consequence.moved) == (1, Statement.LEVEL, ())


@given(st.text(alphabet="eEiI1250.9 \t", max_size=12))
def test_i25_normalising_twice_is_normalising_once(code):
    assert normal_code(normal_code(code)) == normal_code(code)


@given(ANY_KEY, ANSWERS, st.integers())
def test_i25_dots_blanks_and_case_change_no_score(wanted, answer, seed):
    rng = random.Random(seed)
    styles = (str.lower, lambda code: code.replace(".", ""), lambda code: f" {code} ")
    written = Answer(tuple(replace(line, code=rng.choice(styles)(line.code)) for line in answer.lines))

    assert grade_chart(wanted, written, RELATIONS).measures == grade_chart(wanted, answer, RELATIONS).measures
