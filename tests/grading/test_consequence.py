"""R15: what the errors moved. The groups are those of the MS-DRG grouper v43, by a small table (coding rules)."""

from dataclasses import replace
from fractions import Fraction

import pytest

from grading.answers import Accept, Answer, Cause, CodedLine, KeyLine, LineClass, Poa, Role, Verdict
from grading.chart import grade_chart
from grading.consequence import Grouping, Statement
from tests.grading.charts import RELATIONS, key, sheet

SEPSIS_WITH_MCC = Grouping(drg="871", weight=Fraction("1.9826"))
SEPSIS = Grouping(drg="872", weight=Fraction("1.0299"))
SEVERITIES = {"J96.01": {"MCC"}, "N17.9": {"CC"}, "E11.22": {"HCC 37"}, "I50.23": {"MCC"}, "I50.20": {"CC"}}


class SepsisGrouper:
    """A41.9 with R65.20 is 872, since R65.20 is excluded there as an MCC; with J96.01 beside it 871."""

    def group(self, lines):
        codes = {line.code for line in lines}
        base = SEPSIS_WITH_MCC if codes & {"J96.01", "I50.23"} else SEPSIS
        hccs = frozenset({"HCC 37"}) if "E11.22" in codes else frozenset()
        operation = {line.code for line in lines if line.system == "icd10pcs"}
        return Grouping("853" if operation & {"0DTJ0ZZ"} else base.drg, base.weight, hccs)

    def severity(self, code):
        return frozenset(SEVERITIES.get(code, ()))


def graded(wanted, answer, **more):
    return grade_chart(wanted, answer, RELATIONS, grouper=SepsisGrouper(), **more)


def test_r15_a_missed_mcc_moves_the_drg_and_understates():
    grade = graded(key("A41.9", "R65.20", "J96.01"), sheet("A41.9", "R65.20"))

    assert grade.measures["drg"] == 0
    assert (grade.consequence.wanted.drg, grade.consequence.entered.drg) == ("871", "872")
    assert grade.consequence.statement is Statement.UNDER
    (moved,) = grade.consequence.moved
    assert (grade.lines[moved.result_index].key_code, moved.without.drg) == ("J96.01", "871")


def test_r15_an_unsupported_mcc_overstates():
    grade = graded(key("A41.9", "R65.20", forbidden=("J96.01",)), sheet("A41.9", "R65.20", "J96.01", "E78.5"))

    assert grade.consequence.statement is Statement.OVER
    assert [moved.statement for moved in grade.consequence.moved] == [Statement.OVER]


def test_r15_an_extra_hcc_overstates_even_without_a_weight():
    grade = graded(key("A41.9"), sheet("A41.9", "E11.22"))

    assert grade.measures["drg"] == 1
    assert grade.consequence.statement is Statement.OVER


def test_r15_errors_that_move_nothing_are_not_named():
    grade = graded(key("A41.9", "R65.20", "J96.01"), sheet("R65.20", "A41.9", "J96.01"))

    assert (grade.consequence.moved, grade.consequence.statement) == ((), Statement.LEVEL)
    assert grade.lines[0].verdict is Verdict.SEQUENCE


def test_r15_the_group_of_any_variant_is_right():
    with_mcc, without = key("A41.9", "J96.01"), key("A41.9", "N17.9", "R65.20")
    both = type(with_mcc)(with_mcc.setting, with_mcc.lines, variants=(without,))

    assert graded(both, sheet("A41.9", "J18.9")).measures["drg"] == 1


def test_r15_a_drg_that_was_written_down_is_compared_with_the_keys():
    wanted = type(key())(key().setting, (KeyLine("A41.9"),), drg="872")

    assert grade_chart(wanted, Answer((CodedLine("A41.9"),), drg="872")).measures["drg"] == 1
    assert grade_chart(wanted, Answer((CodedLine("A41.9"),), drg="871")).measures["drg"] == 0
    assert grade_chart(wanted, Answer((CodedLine("A41.9"),))).measures["drg"] == 0


@pytest.mark.parametrize(
    ("entered", "credit", "causes"),
    [("I50.20", Fraction(1, 4), (Cause.SEVERITY_LOST,)), ("I50.9", Fraction(1, 4), (Cause.SEVERITY_LOST,))],
)
def test_r5_a_less_specific_code_that_loses_its_severity_keeps_a_quarter(entered, credit, causes):
    line = graded(key("A41.9", "I50.23"), sheet("A41.9", entered)).lines[1]

    assert (line.verdict, line.credit, line.causes) == (Verdict.LESS_SPECIFIC, credit, causes)


def test_r5_a_less_specific_code_of_the_same_severity_keeps_half():
    assert graded(key("A41.9", "N18.4"), sheet("A41.9", "N18.9")).lines[1].credit == Fraction(1, 2)


@pytest.mark.parametrize(("entered", "credit"), [("0DTJ0ZZ", Fraction(1, 2)), ("0DTJ7ZZ", Fraction(85, 100))])
def test_r6_a_procedure_that_changes_the_drg_keeps_at_most_half(entered, credit):
    wanted = key("A41.9", KeyLine("0DTJ4ZZ", system="icd10pcs"))

    line = graded(wanted, Answer((CodedLine("A41.9"), CodedLine(entered, system="icd10pcs")))).lines[1]

    assert line.credit == credit
    assert (Cause.DRG_CHANGED in line.causes) == (credit == Fraction(1, 2))


def test_r21_severe_diagnoses_are_weighed_apart():
    # Principal 25 right, severe 20 missed (J96.01), other 15 right (E78.5), DRG 10 wrong: 40 of 70.
    grade = graded(key("A41.9", "J96.01", "E78.5"), sheet("A41.9", "E78.5"))

    assert grade.measures["weighted"] == Fraction(40, 70)


class PrincipalGrouper(SepsisGrouper):
    """The first diagnosis is the group: what moves it can be read off."""

    def group(self, lines):
        named = [line for line in lines if line.role is not None and line.role is not Role.SECONDARY]
        return Grouping(drg=(*named, *lines)[0].code)


def moved_by(code, *entered):
    lines = tuple(line if isinstance(line, CodedLine) else CodedLine(line) for line in entered)
    grade = grade_chart(key("A41.9", "R65.20", "N17.9"), Answer(lines), RELATIONS, grouper=PrincipalGrouper())
    return {moved.without.drg for moved in grade.consequence.moved if code in grade.lines[moved.result_index]}


def test_r15_a_missed_principal_comes_first_when_it_is_put_right():
    assert moved_by("A41.9", "R65.20", "N17.9") == {"A41.9"}


def test_r15_a_missed_principal_takes_the_place_of_the_line_that_was_called_so():
    wrong = CodedLine("N17.9", role=Role.PRINCIPAL)

    assert moved_by("A41.9", "R65.20", wrong) == {"A41.9"}


def test_r15_a_missed_secondary_diagnosis_leaves_the_principal_alone():
    assert moved_by("N17.9", "A41.9", "R65.20") == set()


def test_r15_a_principal_out_of_sequence_moves_to_the_front():
    assert moved_by("A41.9", "R65.20", "A41.9", "N17.9") == {"A41.9"}


def test_r15_another_group_without_a_weight_is_neither_over_nor_under():
    wanted = key("A41.9", "N17.9")

    grade = grade_chart(wanted, sheet("N17.9"), RELATIONS, grouper=PrincipalGrouper())

    assert grade.consequence.statement is Statement.ELSEWHERE


WEIGHTS = {"193": "1.3144", "194": "0.8059", "195": "0.6285", "291": "1.2838", "872": "1.0233"}  # of FY2026
SEVERE = {"I50.23": "193", "I50.33": "193", "L89.153": "193", "I50.20": "194"}


class StayGrouper(SepsisGrouper):
    """J18.9 alone is 195, with a CC 194, with an MCC 193. A pressure ulcer of the hospital's own does not count."""

    def group(self, lines):
        first, *others = sorted(lines, key=lambda line: line.role is not Role.PRINCIPAL)
        beside = {SEVERE[line.code] for line in others if line.code in SEVERE and line.poa is not Poa.NO}
        drg = {"J18.9": min(beside, default="195"), "A41.9": "872"}.get(first.code, "291")
        return Grouping(drg, Fraction(WEIGHTS[drg]))


def stay(wanted, *entered):
    return grade_chart(wanted, sheet(*entered), RELATIONS, grouper=StayGrouper())


OR_ACUTE = (Accept("I50.23"),)
OR_UNDETERMINED = KeyLine("L89.153", poa=Poa.YES, poa_accept=(Poa.NO,))


@pytest.mark.parametrize(
    ("wanted", "entered", "drg"),
    [
        (key("J18.9", optional=("I50.23",)), ("J18.9", "I50.23"), "193"),
        (key(KeyLine("I50.23", line_class=LineClass.OPTIONAL), "J18.9"), ("J18.9", "I50.23"), "193"),
        (key("J18.9", KeyLine("I50.9", accept=OR_ACUTE)), ("J18.9", "I50.23"), "193"),
        (key(KeyLine("A41.9", accept=(Accept("J18.9"),))), ("J18.9",), "195"),
        (key("J18.9", tolerated=("I50.23",)), ("J18.9", "I50.23"), "195"),
        (key("J18.9", "I50.23", tolerated=("E78.5",)), ("J18.9", "I50.23", "E78.5"), "193"),
        (key("J18.9 Y", OR_UNDETERMINED), ("J18.9 Y", "L89.153 N"), "195"),
        (key("J18.9", "L89.153"), ("J18.9 Y", "L89.153 N"), "193"),
    ],
)
def test_r2_lines_that_are_right_move_no_group(wanted, entered, drg):
    grade = stay(wanted, *entered)

    assert [grade.measures[name] for name in ("f1", "drg", "case", "weighted")] == [1, 1, 1, 1]
    assert (grade.consequence.wanted.drg, grade.consequence.entered.drg) == (drg, drg)
    assert (grade.consequence.statement, grade.consequence.moved) == (Statement.LEVEL, ())


@pytest.mark.parametrize("drg", ["195", "193"])
def test_r2_the_drg_that_the_author_wrote_down_stays_right_beside_that_of_an_optional_line(drg):
    wanted = replace(key("J18.9", optional=("I50.23",)), drg="195")

    answer = replace(sheet("J18.9", "I50.23"), drg=drg)

    assert grade_chart(wanted, answer, RELATIONS, grouper=StayGrouper()).measures["drg"] == 1


def test_r15_a_computed_drg_is_no_excuse_for_another_than_the_author_wrote_down():
    wanted = replace(key("J18.9", optional=("I50.23",)), drg="194")

    assert stay(wanted, "J18.9").measures["drg"] == 0


def test_r2_a_tolerated_mcc_does_not_stand_in_for_a_missed_one():
    grade = stay(key("J18.9", "I50.33", tolerated=("I50.23",)), "J18.9", "I50.23")

    assert (grade.measures["drg"], grade.consequence.statement) == (0, Statement.UNDER)
    assert [moved.without.drg for moved in grade.consequence.moved] == ["193"]


def test_r15_an_optional_line_that_was_coded_too_high_is_what_moved_the_group():
    grade = stay(key("J18.9", optional=("I50.20",)), "J18.9", "I50.23")

    assert (grade.measures["drg"], grade.consequence.statement) == (0, Statement.OVER)
    assert [(moved.without.drg, moved.statement) for moved in grade.consequence.moved] == [("194", Statement.OVER)]


def test_r15_an_alternative_out_of_sequence_is_put_right_by_itself():
    grade = stay(key(KeyLine("A41.9", accept=(Accept("J18.9"),)), "E78.5"), "E78.5", "J18.9")

    assert [moved.without.drg for moved in grade.consequence.moved] == ["195"] == [grade.consequence.wanted.drg]


HCCS = {"I50.23": {"224"}, "I50.9": {"226"}, "E11.22": {"37"}, "E11.9": {"38"}}
OF_PAYMENT_YEAR_2026 = {"I50.23": ".360", "I50.9": ".360", "E11.22": ".166", "E11.9": ".166"}


class YearScorer(SepsisGrouper):
    """HCCs of a woman of 70, whose age and sex alone count .395."""

    has_numbers = True

    def group(self, lines):
        codes = [line.code for line in lines if line.code in HCCS]
        raf = sum((Fraction(OF_PAYMENT_YEAR_2026[code]) for code in codes), Fraction(".395"))
        return Grouping(hccs=frozenset().union(*(HCCS[code] for code in codes)), raf=raf if self.has_numbers else None)


class WithoutNumbers(YearScorer):
    has_numbers = False


def visit(wanted, *entered, scorer=None):
    return grade_chart(wanted, sheet(*entered), RELATIONS, grouper=scorer or YearScorer()).consequence


def test_r2_an_optional_hcc_is_no_overstatement():
    found = visit(key("I10", optional=("E11.9",)), "I10", "E11.9")

    assert (found.statement, found.moved, found.wanted.hccs) == (Statement.LEVEL, (), {"38"})


@pytest.mark.parametrize(("right", "entered"), [("I50.23", "I50.9"), ("E11.22", "E11.9")])
def test_r15_another_hcc_of_the_same_score_is_level(right, entered):
    found = visit(key("I10", right), "I10", entered)

    assert found.wanted.hccs != found.entered.hccs
    assert [found.statement, *(moved.statement for moved in found.moved)] == [Statement.LEVEL] * 2


@pytest.mark.parametrize(
    ("entered", "statement"),
    [(("I50.23", "E11.9"), Statement.OVER), ((), Statement.UNDER), (("I50.9",), Statement.ELSEWHERE)],
)
def test_r15_without_a_score_more_hccs_overstate_fewer_understate_and_others_are_elsewhere(entered, statement):
    assert visit(key("I10", "I50.23"), "I10", *entered, scorer=WithoutNumbers()).statement is statement
