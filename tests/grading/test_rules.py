"""Rules R1 to R25, each with real codes; most of R5 to R9 stand in test_relations and test_verdicts."""

from datetime import date
from fractions import Fraction

import pytest

from codesets import formats
from grading.answers import Answer, Cause, Claim, CodedLine, KeyLine, Payer, RootCause, Setting, Verdict
from grading.audit import Action, GivenLine, Ruling, score_audit
from grading.chart import grade_chart
from grading.cohort import codes_to_rule_on
from grading.em import EM, agree_on_levels, complexity
from grading.evidence import Span, is_right_evidence
from grading.items import grade_item
from grading.parsing import UnreadableSheet, parse_answer, parse_key
from grading.query import Query, QueryFault, QueryKey, score_query
from grading.support import Record, RecordFault, record_faults, validate_hccs
from grading.trail import Step, read_trail
from grading.units import drug_units, therapy_units, waste_modifier
from grading.weights import parse_weights
from tests.grading.charts import RELATIONS, graded, key, service, sheet, verdicts

# R1: the header decides


def test_r1_setting_and_payer_are_read_however_they_are_written():
    read = parse_key({"lines": ["I10"], "payer_rules": "CPT/commercial"}, "Home health")

    assert (read.setting, read.payer) == (Setting.HOME_HEALTH, Payer.COMMERCIAL)


def test_r1_a_facility_emergency_level_needs_an_acuity_table():
    written = {"lines": [service("99284")], "claim": Claim.FACILITY}

    with pytest.raises(UnreadableSheet, match="acuity table"):
        parse_key(written, "emergency")
    assert parse_key(written | {"acuity_table": "exhibit-1"}, "emergency").lines[0].code == "99284"
    assert parse_key(written | {"claim": "professional"}, "emergency").lines[0].code == "99284"


@pytest.mark.parametrize(("setting", "code"), [("clinic", "0SRC0J9"), ("inpatient", "27447")])
def test_r1_a_code_set_that_the_setting_does_not_use_is_told(setting, code):
    grade = graded(["M17.11"], "M17.11", {"code": code}, setting=setting)

    assert verdicts(grade) == [Verdict.AGREE, Verdict.WRONG_CODE_SET]
    assert grade.lines[1].root_cause is RootCause.CODE_SET


def test_r1_a_key_that_uses_the_code_set_makes_it_at_home():
    grade = graded(["M17.11", {"code": "0SRC0J9"}], "M17.11", {"code": "0SRC0JZ"}, {"code": "0DTJ4ZZ"})

    assert verdicts(grade)[-1] == Verdict.UNLISTED_EXTRA


# R2: classes of lines


def test_r2_any_of_the_alternatives_is_right_and_only_once():
    written = [{"code": "J96.01", "accept": [{"code": "J96.02"}]}]

    assert graded(written, "J96.02").measures["case"] == 1
    second = graded(written, "J96.01", "J96.02").lines[1]
    assert (second.verdict, second.causes) == (Verdict.EXTRA, (Cause.ALTERNATIVE,))


def test_r2_unbundled_and_ruled_out_codes_are_traps():
    written = {"lines": ["J18.9"], "forbidden": ["R06.02", service("94640")]}

    grade = graded(written, "J18.9", "R06.02", service("94640"))

    assert verdicts(grade) == [Verdict.AGREE, Verdict.UNSUPPORTED, Verdict.UNSUPPORTED]
    assert all(Cause.COMPLIANCE in line.causes for line in grade.lines[1:])


# R3: variants

# Guideline II.C: two diagnoses equally meet the definition; either may be first, and the other follows.
EITHER_FIRST = {
    "lines": ["J18.9", "I50.21", "I11.0"],
    "order": [["J18.9", "I50.21"]],
    "variants": [{"lines": ["I11.0", "I50.21", "J18.9"], "order": [["I11.0", "I50.21"]]}],
}


def test_r3_each_complete_variant_scores_full_marks():
    for entered in (["J18.9", "I50.21", "I11.0"], ["I11.0", "I50.21", "J18.9"]):
        assert set(graded(EITHER_FIRST, *entered).measures.values()) <= {1, None}


def test_r3_sequence_comes_from_the_variant_that_was_chosen():
    grade = graded(EITHER_FIRST, "I50.21", "I11.0", "J18.9")

    assert (grade.variant, grade.measures["principal"], grade.measures["f1"]) == (0, 0, 1)


def test_r3_the_best_learning_score_chooses_and_variants_are_never_mixed():
    # A combination code, or two codes: one of each is neither.
    written = {"lines": ["J44.0", "J18.9"], "variants": [["J44.1", "J96.01", "Z79.4"]]}

    grade = graded(written, "J44.1", "J18.9")

    assert (grade.variant, grade.measures["recall"]) == (0, Fraction(1, 2))
    assert grade.lines[0].verdict == Verdict.SIBLING_CONDITION


def test_r3_a_code_of_the_other_variant_is_a_listed_extra():
    written = {"lines": ["J44.0", "J18.9"], "variants": [["J44.1", "J96.01"]]}

    extra = graded(written, "J44.0", "J18.9", "J96.01").lines[-1]

    assert (extra.verdict, extra.causes) == (Verdict.EXTRA, (Cause.OTHER_VARIANT,))


def test_r3_the_first_of_equal_variants_stands():
    assert graded({"lines": ["I10"], "variants": [["E78.5"], ["J18.9"]]}).variant == 0


# R4: nothing wanted, nothing given


def test_r4_a_component_with_nothing_in_it_is_left_out():
    measures = graded(["I10"], "I10").measures

    assert {name for name, score in measures.items() if score is None} == {
        "poa", "sequence", "modifier", "units", "drg",
    }  # fmt: skip


def test_r4_where_the_decision_is_the_line_an_empty_sheet_scores_nothing():
    written = [{"system": "decision", "code": "query"}]

    assert graded(written).measures["f1"] == 0
    assert graded(written, {"system": "decision", "code": "Query"}).measures["case"] == 1
    assert graded(written, {"system": "decision", "code": "hold"}).measures["f1"] == 0


# R5: relations; the computed ones stand in test_relations


def test_r5_the_author_overrides_a_relation_for_one_wrong_answer():
    written = [{"code": "E11.22", "accept": [{"code": "E11.21", "verdict": "less_specific"}]}]

    line = graded(written, "E11.21").lines[0]

    assert (line.verdict, line.credit, line.root_cause) == (
        Verdict.LESS_SPECIFIC,
        Fraction(1, 2),
        RootCause.SPECIFICITY,
    )


def test_r5_more_specific_than_documented_is_a_compliance_matter():
    line = graded(["I50.20"], "I50.21").lines[0]

    assert (line.verdict, line.credit) == (Verdict.MORE_SPECIFIC, 0)
    assert Cause.COMPLIANCE in line.causes


def test_r5_every_line_that_is_not_right_has_a_root_cause_and_a_reference():
    written = {"lines": ["J18.9", "I50.21", "M17.11", "E11.22", "N18.4"], "forbidden": ["R06.02"]}

    grade = graded(written, "I50.20", "M17.12", "E11", "E78.5", "R06.02", "I50.20")

    wrong = [line for line in grade.lines if line.verdict is not Verdict.AGREE]
    assert len(wrong) == 8
    assert all(line.root_cause and line.reference for line in wrong)


@pytest.mark.parametrize(
    ("setting", "principal", "other"),
    [("inpatient", "II", "III"), ("snf", "II", "III"), ("home_health", "II", "III"), ("clinic", "IV.G", "IV.J")],
)
def test_r5_missed_lines_cite_the_section_of_their_place_and_setting(setting, principal, other):
    grade = graded(["E11.22", "N18.4"], setting=setting)

    assert [line.reference for line in grade.lines] == [principal, other]


def test_r5_sections_of_the_diagnosis_guidelines_are_cited_for_diagnoses_only():
    copy = graded(["I10", service("99214")], "I10", service("99214"), service("99214"), "I10")
    header = graded([{"code": KNEE}], {"code": "0SRC", "system": "icd10pcs"}, setting="inpatient")

    assert [line.reference for line in copy.lines[2:]] == ["CPT, instructions for use", "I.B.12"]
    assert (header.lines[0].verdict, header.lines[0].reference) == (Verdict.HEADER, "PCS A8")


@pytest.mark.parametrize(
    ("right", "wrong"), [({"drg": "637"}, {"drg": "638"}), ({"disposition": "01"}, {"disposition": "03"})]
)
def test_the_whole_case_needs_the_drg_and_the_disposition_that_are_asked(right, wrong):
    written = {"lines": ["E11.22"], **right}

    cases = [graded(written, "E11.22", setting="inpatient", **given).measures["case"] for given in (right, wrong, {})]

    assert cases == [1, 0, 0]


def test_the_whole_case_needs_the_evidence_where_the_case_scores_it():
    span = {"document": "note", "start": 5, "end": 20, "words": 3}
    written = {"lines": [{"code": "I10", "evidence": [span]}]}
    scored = written | {"scores_evidence": True}

    marked = graded(scored, {"code": "I10", "evidence": [span]})

    assert marked.measures["case"] == 1
    assert (graded(scored, "I10").measures["case"], graded(written, "I10").measures["case"]) == (0, 1)


def test_r5_the_reference_of_the_author_comes_first():
    assert graded([{"code": "N18.4", "guideline": "I.C.14.a"}], "N18.9").lines[0].reference == "I.C.14.a"


def test_an_outdated_code_is_told_as_such():
    # J3487 (zoledronic acid) was replaced by J3489 in 2014; N80.0 became a header in FY2023.
    wanted = key(KeyLine("N80.00"), KeyLine("J3489", system="hcpcs"))
    entered = Answer(
        (CodedLine("N80.0", is_outdated=True), CodedLine("J3487", system="hcpcs", is_outdated=True)),
    )

    grade = grade_chart(wanted, entered)

    assert verdicts(grade) == [Verdict.OUTDATED, Verdict.MISSED, Verdict.OUTDATED]
    assert grade.lines[0].credit == 0


# R6: ICD-10-PCS

KNEE = "0SRC0J9"  # replacement of right knee joint with synthetic substitute, cemented, open


@pytest.mark.parametrize(
    ("entered", "credit", "cause"),
    [
        ("0SRC0J9", "1", None),
        ("0SWC0J9", "0.65", Cause.PCS_ROOT_OPERATION),
        ("0SRD0J9", "0.75", Cause.PCS_BODY_PART),
        ("0SRC4J9", "0.85", Cause.PCS_APPROACH),
        ("0SRC079", "0.85", Cause.PCS_DEVICE),
        ("0SRC0JA", "0.9", Cause.PCS_QUALIFIER),
        ("0QRC0J9", "0.2", Cause.PCS_BODY_SYSTEM),
        ("0QWC0J9", "0", Cause.PCS_BODY_SYSTEM),
        ("0SRC", "0.25", Cause.INVALID_FOR_CLAIMS),
    ],
)
def test_r6_each_character_has_its_share_of_the_learning_score_alone(entered, credit, cause):
    grade = graded(["M17.11", {"code": KNEE}], "M17.11", {"system": "icd10pcs", "code": entered}, setting="inpatient")

    assert grade.lines[1].credit == Fraction(credit)
    assert cause is None or cause in grade.lines[1].causes
    assert grade.measures["recall"] == (1 if cause is None else Fraction(1, 2))


def test_r6_a_code_in_no_row_of_the_tables_earns_nothing():
    wanted, entered = (
        parse_key({"lines": [{"code": KNEE}]}, "inpatient"),
        parse_answer({"lines": [{"code": "0SRC0JB"}]}),
    )
    tables = {KNEE: RELATIONS["I10"]}

    assert grade_chart(wanted, entered, tables).lines[0].credit == 0
    assert grade_chart(wanted, entered).lines[0].credit == Fraction(9, 10)


def test_procedures_are_matched_as_a_multiset():
    # Two coronary arteries treated in two operations: the same code twice.
    written = [{"code": "02703ZZ"}, {"code": "02703ZZ"}]

    assert graded(written, {"code": "02703ZZ"}, {"code": "02703ZZ"}, setting="inpatient").measures["case"] == 1
    assert verdicts(graded(written, {"code": "02703ZZ"}, setting="inpatient")) == [Verdict.AGREE, Verdict.MISSED]


def test_copies_of_a_service_are_matched_by_their_modifiers():
    written = {"lines": [service("20610", "RT"), service("20610", "LT", "59")], "bilateral": "two_lines"}

    grade = graded(written, service("20610", "59", "LT"), service("20610", "RT"))

    assert [line.answer_index for line in grade.lines] == [1, 0]
    assert grade.measures["case"] == 1


# R7 and R8: sequence


def test_r7_a_wrong_principal_diagnosis_gates_nothing():
    grade = graded(["A41.9", "J18.9", "N17.9"], "J18.9", "N17.9", setting="inpatient")

    assert (grade.measures["principal"], grade.measures["recall"]) == (0, Fraction(2, 3))


def test_r8_an_injury_stands_before_its_external_cause_and_the_author_may_cite_the_rule():
    written = {
        "lines": ["S52.501A", "I10", "W01.0XXA"],
        "order": [{"before": "I10", "after": "W01.0XXA", "guideline": "I.C.20.a"}],
    }

    line = graded(written, "S52.501A", "W01.0XXA", "I10").lines[2]

    assert (line.verdict, line.reference, line.root_cause) == (Verdict.SEQUENCE, "I.C.20.a", RootCause.GUIDELINE)


# R9: POA


def test_r9_several_letters_may_be_right():
    written = [{"code": "J96.01", "poa": ["Y", "W"]}]

    right, wrong = (graded(written, {"code": "J96.01", "poa": letter}, setting="inpatient") for letter in "WN")

    assert (right.measures["poa"], wrong.measures["poa"]) == (1, 0)
    assert wrong.lines[0].reference == "Appendix I"


# R10: modifiers


@pytest.mark.parametrize(
    ("wanted", "entered", "credit", "cause"),
    [
        (["25", "RT"], ["RT", "25"], 1, None),
        (["26"], [], Fraction(1, 2), Cause.PAYMENT_MODIFIER),
        ([], ["22"], Fraction(1, 2), Cause.PAYMENT_MODIFIER),
        (["25"], [], Fraction(1, 2), Cause.OVERRIDE_MISSING),
        ([], ["25"], Fraction(2, 5), Cause.OVERRIDE_UNSUPPORTED),
        (["24"], ["25"], Fraction(2, 5), Cause.OVERRIDE_UNSUPPORTED),
        (["RT"], ["LT"], Fraction(9, 10), Cause.INFORMATIONAL_MODIFIER),
        (["RT"], [], Fraction(9, 10), Cause.INFORMATIONAL_MODIFIER),
        (["26", "RT"], ["LT"], Fraction(1, 2), Cause.PAYMENT_MODIFIER),
    ],
)
def test_r10_each_class_of_modifier_has_its_price(wanted, entered, credit, cause):
    grade = graded([service("20610", *wanted)], service("20610", *entered))

    assert grade.lines[0].credit == credit
    assert grade.lines[0].verdict == (Verdict.AGREE if cause is None else Verdict.MODIFIER)
    assert cause is None or cause in grade.lines[0].causes
    assert grade.measures["modifier"] == grade.measures["f1"] == (cause is None)


def test_r10_an_unsupported_override_is_a_compliance_matter():
    assert Cause.COMPLIANCE in graded([service("99213")], service("99213", "25")).lines[0].causes


@pytest.mark.parametrize(
    ("payer", "more", "is_right"),
    [("Medicare", {}, True), ("commercial", {}, False), ("Medicare", {"modifiers_exact": True}, False)],
)
@pytest.mark.parametrize(("wanted", "entered"), [("59", "XS"), ("XS", "59")])
def test_r10_medicare_reads_59_and_the_exact_x_modifier_as_equal(payer, more, is_right, wanted, entered):
    written = {"lines": [service("11042", wanted, **more)], "payer_rules": payer}

    assert graded(written, service("11042", entered)).measures["modifier"] == is_right


def test_r10_two_different_x_modifiers_are_never_equal():
    assert graded([service("11042", "XS")], service("11042", "XU")).measures["modifier"] == 0


@pytest.mark.parametrize(("payer", "is_right"), [("Medicare", True), ("commercial", False)])
def test_r10_modifier_51_is_optional_under_medicare(payer, is_right):
    written = {"lines": [service("20610", "51")], "payer_rules": payer}

    assert graded(written, service("20610")).measures["modifier"] == is_right


@pytest.mark.parametrize(
    ("setting", "more", "is_right"),
    [
        ("clinic", {}, True),
        ("asc", {}, False),
        ("asc", {"bilateral": "either"}, True),
        ("clinic", {"bilateral": "one_line"}, False),
    ],
)
def test_r10_one_line_with_50_equals_two_lines_where_the_payer_takes_both(setting, more, is_right):
    one, two = [service("27447", "50")], [service("27447", "RT"), service("27447", "LT")]

    for wanted, entered in ((one, two), (two, one)):
        grade = graded({"lines": wanted, **more}, *entered, setting=setting)
        assert (grade.measures["case"] == 1) is is_right


def test_r10_order_counts_only_where_the_case_asks_for_it():
    free, asked = [service("27447", "22", "RT")], [service("27447", "22", "RT", modifiers_ordered=True)]

    assert graded(free, service("27447", "RT", "22")).measures["modifier"] == 1
    assert graded(asked, service("27447", "RT", "22")).lines[0].causes == (Cause.MODIFIER, Cause.MODIFIER_ORDER)


# R11: units


def test_r11_units_are_exact_or_wrong():
    grade = graded([service("97110", units=3)], service("97110", units=2))

    assert (grade.lines[0].verdict, grade.measures["units"], grade.measures["f1"]) == (Verdict.UNITS, 0, 0)
    assert grade.lines[0].is_agreed
    assert graded([service("97110", units=1)], service("97110")).measures["case"] == 1


def test_r11_units_of_a_drug_are_rounded_up_and_waste_has_its_modifier():
    assert drug_units(Fraction(75), Fraction(10)) == 8
    assert (waste_modifier(Fraction(5)), waste_modifier(Fraction(0))) == ("JW", "JZ")
    written = [{"system": "hcpcs", "code": "J1885", "units": {"dose": 40, "per": 15}}]
    assert parse_key({"lines": written}).lines[0].units == 3


@pytest.mark.parametrize(
    ("minutes", "medicare", "commercial"),
    [([7], 0, 0), ([8], 1, 1), ([22], 1, 1), ([23], 2, 2), ([7, 7, 7], 1, 0), ([20, 20], 3, 2), ([53], 4, 4)],
)
def test_r11_therapy_minutes_are_counted_by_the_payers_rule(minutes, medicare, commercial):
    assert therapy_units(minutes, Payer.MEDICARE) == medicare
    assert therapy_units(minutes, Payer.COMMERCIAL) == commercial


# R12: pointers

VISIT = ["E11.22", "N18.4", "I10", "E78.5", "Z79.4"]


@pytest.mark.parametrize(
    ("entered", "causes"),
    [
        (["E11.22", "N18.4"], ()),
        (["E11.22", "N18.4", "I10"], (Cause.POINTER_EXTRA,)),
        (["N18.4", "E11.22"], (Cause.POINTER,)),
        (["E11.22"], (Cause.POINTER,)),
        ([], (Cause.POINTER,)),
        (["E11.22", "N18.4", "E78.5"], (Cause.POINTER,)),
        (["E11.22", "N18.4", "I10", "E78.5", "Z79.4"], (Cause.POINTER,)),
    ],
)
def test_r12_pointers_name_the_first_and_the_set_of_the_others(entered, causes):
    written = [*VISIT, service("99214", pointers=["E11.22", "N18.4"], pointers_support=["I10"])]

    line = graded(written, *VISIT, service("99214", pointers=entered)).lines[5]

    assert line.causes == causes
    assert line.verdict == (Verdict.POINTER if Cause.POINTER in causes else Verdict.AGREE)


@pytest.mark.parametrize(
    ("entered", "causes"),
    [(["N18.4", "E11.22"], ()), (["E11.22", "N18.4"], ()), (["N18.4"], (Cause.POINTER,))],
)
def test_r12_an_alternative_first_pointer_that_is_one_of_the_others_changes_places(entered, causes):
    written = [*VISIT, service("99214", pointers=["E11.22", "N18.4"], pointers_accept=["N18.4"])]

    assert graded(written, *VISIT, service("99214", pointers=entered)).lines[5].causes == causes


def test_r12_a_pointer_to_a_near_miss_is_not_wrong_a_second_time():
    written = ["N18.4", service("99214", pointers=["N18.4"])]

    assert graded(written, "N18.9", service("99214", pointers=["N18.9"])).lines[1].verdict == Verdict.AGREE


# R13: evaluation and management

MODERATE = {"problems": "moderate", "data": "limited", "risk": "moderate"}


def test_r13_two_of_three_decide_the_level():
    assert complexity(EM(problems=3, data=2, risk=3)) == 3
    assert parse_key({"lines": [service("99214", em=MODERATE)]}).lines[0].em == EM(3, 2, 3)
    with pytest.raises(UnreadableSheet, match="reach 99214, not 99215"):
        parse_key({"lines": [service("99215", em=MODERATE)]})


def test_r13_time_may_give_a_higher_level_but_never_in_the_emergency_department():
    by_time = MODERATE | {"basis": "time"}

    assert parse_key({"lines": [service("99215", em=by_time)]}).lines[0].em.is_by_time
    with pytest.raises(UnreadableSheet, match="never chosen by time"):
        parse_key({"lines": [service("99284", em=by_time)]}, "emergency")


@pytest.mark.parametrize(
    ("code", "entered", "credit", "cause"),
    [
        ("99214", MODERATE, 1, None),
        ("99214", MODERATE | {"data": "extensive", "risk": "low"}, Fraction(1, 2), Cause.EM_REASONS),
        ("99215", MODERATE, Fraction(3, 4), Cause.EM_OVER),
        ("99213", MODERATE | {"problems": "low"}, Fraction(1, 2), Cause.EM_UNDER),
        ("99214", None, Fraction(1, 4), Cause.EM_REASONS),
    ],
)
def test_r13_problems_data_risk_and_level_are_a_quarter_each(code, entered, credit, cause):
    line = graded([service("99214", em=MODERATE)], service(code, em=entered)).lines[0]

    assert line.credit == credit
    assert cause is None or cause in line.causes
    assert (Cause.COMPLIANCE in line.causes) == (cause is Cause.EM_OVER)


def test_r13_levels_agree_exactly_within_one_over_or_under():
    agreement = agree_on_levels([(4, 4), (5, 4), (3, 4), (5, 3)])

    assert agreement is not None
    assert (agreement.exact, agreement.within_one, agreement.over, agreement.under) == (
        Fraction(1, 4), Fraction(3, 4), Fraction(1, 2), Fraction(1, 4),
    )  # fmt: skip


# R14: the query

NEEDED = QueryKey(
    is_needed=True,
    addressees=frozenset({"attending"}),
    indicators=frozenset({"lactate 4.1, 12 Nov", "MAP 58, 12 Nov", "norepinephrine, 12 Nov"}),
    kinds=frozenset({"multiple_choice"}),
    options=frozenset({"septic shock", "hypovolemic shock"}),
    leading=frozenset({"severe malnutrition"}),
)
FAIR = frozenset({"septic shock", "hypovolemic shock", "other", "unable_to_determine"})


def a_query(**changes):
    compliant = {
        "addressee": "attending",
        "indicators": frozenset({"lactate 4.1, 12 Nov", "MAP 58, 12 Nov"}),
        "kind": "multiple_choice",
        "options": FAIR,
        "stem": "Please clarify the cause of the hypotension treated on 12 November.",
        "is_confirmed": True,
    }
    return Query(**(compliant | changes))


@pytest.mark.parametrize(
    ("changes", "earned", "fault"),
    [
        ({}, 10, None),
        ({"is_confirmed": None}, 8, QueryFault.UNCONFIRMED),
        ({"addressee": "nurse"}, 9, QueryFault.ADDRESSEE),
        ({"indicators": frozenset({"MAP 58, 12 Nov"})}, 7, QueryFault.INDICATORS),
        ({"indicators": frozenset({"MAP 58, 12 Nov", "fever"})}, 7, QueryFault.INDICATORS),
        ({"kind": "yes_no", "options": frozenset()}, 9, QueryFault.KIND),
        ({"options": frozenset({"septic shock"})}, 8, QueryFault.OPTIONS),
        ({"stem": "word " * 121}, 9, QueryFault.LENGTH),
        ({"stem": "Septic shock would raise the severity. Do you agree?"}, 4, QueryFault.LEADING),
        ({"options": FAIR | {"severe malnutrition"}}, 4, QueryFault.LEADING),
        ({"is_confirmed": False}, 4, QueryFault.LEADING),
    ],
)
def test_r14_a_query_earns_ten_points_and_leading_caps_it(changes, earned, fault):
    score = score_query(NEEDED, a_query(**changes))

    assert score.earned == earned
    assert fault is None or fault in score.faults
    assert score.is_compliance_matter == (fault is QueryFault.LEADING)


def test_r14_the_gate_is_whether_a_query_is_needed():
    unneeded = QueryKey(is_needed=False)

    assert score_query(unneeded, a_query()).faults == (QueryFault.UNNECESSARY,)
    assert (score_query(unneeded, a_query()).earned, score_query(unneeded, None).earned) == (0, 10)
    assert score_query(NEEDED, None).earned == 0


# R15 stands in test_consequence

# R16: evidence


@pytest.mark.parametrize(
    ("marked", "is_right"),
    [
        (Span("note", 100, 130, 5), True),
        (Span("note", 120, 150, 15), True),
        (Span("note", 90, 200, 16), False),
        (Span("note", 131, 150, 4), False),
        (Span("lab", 100, 130, 5), False),
    ],
)
def test_r16_evidence_overlaps_and_is_not_much_longer(marked, is_right):
    assert is_right_evidence([marked], [Span("note", 100, 130, 5)]) is is_right


def test_r16_many_short_marks_over_the_whole_page_find_nothing():
    marks = [Span("note", at, at + 20, 3) for at in range(0, 2_500, 20)]

    assert not is_right_evidence(marks, [Span("note", 100, 130, 5)])
    assert is_right_evidence(marks[4:7], [Span("note", 100, 130, 5)])


def test_r16_more_than_sixty_words_are_never_evidence():
    assert not is_right_evidence([Span("note", 0, 400, 61)], [Span("note", 0, 200, 30)])


@pytest.mark.parametrize(("asks", "weighted"), [(False, 1), (True, Fraction(25, 30))])
def test_r16_evidence_is_reported_and_scored_only_where_the_case_says_so(asks, weighted):
    right, wrong = ({"document": "note", "start": start, "end": start + 9, "words": 2} for start in (0, 50))
    written = {"lines": [{"code": "J18.9", "evidence": [right]}], "scores_evidence": asks}

    grade = graded(written, {"code": "J18.9", "evidence": [wrong]})

    assert (grade.lines[0].verdict, grade.lines[0].causes) == (Verdict.AGREE, (Cause.EVIDENCE,))
    assert (grade.measures["weighted"], grade.measures["learning"]) == (weighted, 1)


# R17: unlisted extras


def test_r17_an_unlisted_code_is_wrong_for_now_and_goes_to_the_author():
    once = graded(["J18.9"], "J18.9", "E78.5")
    clean = graded(["J18.9"], "J18.9")

    assert once.lines[1].verdict == Verdict.UNLISTED_EXTRA
    assert codes_to_rule_on([once] * 3 + [clean] * 97) == [("E785", 3)]
    assert codes_to_rule_on([once] * 2 + [clean] * 18) == [("E785", 2)]
    assert codes_to_rule_on([once] * 2 + [clean] * 19) == []


# R18: conditional lines

# Z79.4 is asked for beside type 2 diabetes only.
ON_INSULIN = ["J18.9", "E11.22", {"code": "Z79.4", "when": "E11.22"}]


@pytest.mark.parametrize(
    ("entered", "found", "recall"),
    [
        (["J18.9", "E11.22", "Z79.4"], ["agree"] * 3, 1),
        (["J18.9", "E11.22"], ["agree", "agree", "missed"], Fraction(2, 3)),
        (["J18.9"], ["agree", "missed"], Fraction(1, 2)),
        (["J18.9", "Z79.4"], ["agree", "missed", "extra"], Fraction(1, 2)),
    ],
)
def test_r18_a_conditional_line_counts_only_when_its_condition_holds(entered, found, recall):
    grade = graded(ON_INSULIN, *entered)

    assert (verdicts(grade), grade.measures["recall"]) == (found, recall)


def test_r18_an_unmet_condition_is_the_cause_that_is_told():
    assert graded(ON_INSULIN, "J18.9", "Z79.4").lines[-1].causes == (Cause.CONDITION_UNMET,)


def test_r18_a_chain_of_conditions_falls_together():
    written = ["J18.9", {"code": "E11.22", "when": "I10"}, {"code": "N18.4", "when": "E11.22"}]

    assert verdicts(graded(written, "J18.9", "E11.22", "N18.4")) == ["agree", "extra", "extra"]


# R19: risk adjustment


def test_r19_a_line_may_ask_for_its_support():
    written = [{"code": "E11.22", "support": "MA"}]

    assert graded(written, {"code": "E11.22", "support": "m"}).lines[0].causes == ()
    assert graded(written, {"code": "E11.22", "support": "T"}).lines[0].causes == (Cause.SUPPORT,)


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({}, ()),
        ({"is_by_acceptable_provider": False}, (RecordFault.PROVIDER,)),
        ({"is_face_to_face": False}, (RecordFault.NOT_FACE_TO_FACE,)),
        ({"dated_on": date(2024, 12, 31)}, (RecordFault.DATE,)),
        ({"is_authenticated": False}, (RecordFault.NOT_AUTHENTICATED,)),
    ],
)
def test_r19_only_an_acceptable_record_supports_a_diagnosis(changes, faults):
    acceptable = {
        "is_by_acceptable_provider": True, "is_face_to_face": True, "dated_on": date(2025, 11, 12),
        "is_authenticated": True,
    }  # fmt: skip

    assert record_faults(Record(**(acceptable | changes)), 2025) == faults


def test_r19_validation_is_supported_over_submitted_with_the_missed_beside_it():
    validation = validate_hccs(["HCC 37", "HCC 226"], ["HCC 37", "HCC 280"])

    assert validation.accuracy == Fraction(1, 2)
    assert (validation.unsupported, validation.missed) == ({"HCC 226"}, {"HCC 280"})


# R20: normalising; the readings themselves are tested with the code sets


@pytest.mark.parametrize("typed", ["e11.22", " E1122 ", "e 11 22", "E11.22"])
def test_r20_dot_blanks_and_case_never_matter(typed):
    assert graded(["E11.22"], typed).measures["case"] == 1


def test_r20_a_look_alike_is_corrected_only_when_what_was_typed_is_no_code():
    known = {"I10", "Y93I1", "Y9301"}.__contains__

    assert formats.normalise("110", known).code == "I10"
    assert formats.normalise("Y93.I1", known).code == "Y93I1"
    corrected = Answer((CodedLine("I10", is_corrected=True),))
    assert grade_chart(key("I10"), corrected).lines[0].causes == (Cause.CORRECTED,)


def test_r20_what_was_changed_is_told_on_extras_traps_and_copies_too():
    right, typed = CodedLine("J18.9"), CodedLine("I10", is_corrected=True)
    trap = parse_key({"lines": ["J18.9"], "forbidden": ["I10"]})

    for one, lines in ((key("J18.9"), (right, typed)), (trap, (right, typed)), (key("J18.9", "I10"), (typed, typed))):
        assert Cause.CORRECTED in grade_chart(one, Answer(lines)).lines[-1].causes


# R21: the weighted measure


def test_r21_absent_components_drop_out_and_weights_rescale():
    # Principal 25 right, other diagnoses 15 half right, POA 5 right; nothing else is asked: 37.5 of 45.
    measures = grade_chart(key("A41.9 Y", "J18.9 Y", "N17.9 N"), sheet("A41.9 Y", "J18.9 Y")).measures

    assert measures["weighted"] == Fraction(375, 450)


def test_r21_a_modifier_loses_in_its_own_component_only():
    # Procedures 20 and units 5 right, principal 25 right, modifiers 5 wrong: 50 of 55.
    grade = graded(["M17.11", service("27447", "RT", units=1)], "M17.11", service("27447", "LT", units=1))

    assert grade.measures["weighted"] == Fraction(50, 55)
    assert grade.measures["recall"] == Fraction(1, 2)


def test_r21_the_ladder_applies_to_the_learning_score_alone():
    measures = graded(["J96.01"], "J96.00").measures

    assert measures["learning"] == Fraction(1, 2)
    assert measures["f1"] == measures["weighted"] == measures["cic_blanks"] == 0


def test_r21_a_house_that_gives_a_near_miss_full_credit_does_not_make_it_agree():
    generous = parse_weights({"learning": {"less_specific": 1}})

    grade = grade_chart(key("J96.01"), sheet("J96.00"), RELATIONS, weights=generous)

    assert (grade.measures["learning"], grade.measures["f1"]) == (1, 0)
    assert (grade.lines[0].verdict, grade.lines[0].is_agreed) == (Verdict.LESS_SPECIFIC, False)


# R22: examination mocks


def test_r22_cic_gives_one_point_a_blank_with_the_principal_in_its_own():
    key_codes = ("A41.9", "J18.9", "N17.9", "J96.01")

    assert grade_chart(key(*key_codes), sheet("A41.9", "J96.01", "J18.9", "E78.5")).measures["cic_blanks"] == Fraction(
        3, 4
    )
    assert grade_chart(key(*key_codes), sheet("J18.9", "A41.9", "N17.9", "J96.01")).measures["cic_blanks"] == Fraction(
        3, 4
    )


def test_r22_choose_is_all_or_nothing():
    body = {"stem": "Which two?", "choose": 2, "options": [{"id": each, "text": each} for each in "abc"]}

    assert grade_item("choose", body, {"right": ["a", "b"]}, {"chosen": ["a", "c"]}).earned == 0
    assert grade_item("choose", body, {"right": ["a", "b"]}, {"chosen": ["b", "a"]}).earned == 1000


# R23: medical necessity


def test_r23_necessity_is_a_decision_with_the_sentence_that_decides():
    sentence = {"document": "policy", "start": 40, "end": 120, "words": 14}
    written = [{"system": "decision", "code": "not_met", "evidence": [sentence]}]

    met = graded(written, {"system": "decision", "code": "met"})
    right = graded(written, {"system": "decision", "code": "not met", "evidence": [sentence | {"start": 60}]})

    assert (met.measures["f1"], right.measures["case"], right.lines[0].causes) == (0, 1, ())


# R24: audit and machine suggestions

SUGGESTED = [
    GivenLine("J18.9", Action.AGREE),
    GivenLine("I50.9", Action.REVISE, right_code="I50.23"),
    GivenLine("R06.02", Action.DELETE, is_planted=True),
    GivenLine("E11.9", Action.REVISE, right_code="E11.22", is_planted=True),
]


def test_r24_right_decisions_over_given_and_missing_lines():
    rulings = {0: Ruling(Action.AGREE), 1: Ruling(Action.REVISE, "i50.23"), 2: Ruling(Action.DELETE)}

    score = score_audit(SUGGESTED, ["N18.4"], rulings, ["N18.4", "I10"])

    assert score.score == Fraction(4, 5)
    assert (score.found, score.added_wrongly, score.bias) == ({"N184"}, {"I10"}, 0)


def test_r24_agreeing_with_a_planted_error_counts_double():
    agreed = dict.fromkeys(range(4), Ruling(Action.AGREE))

    score = score_audit(SUGGESTED, [], agreed, [])

    # One right decision, two planted errors agreed with: 1 − 2 is below nothing.
    assert (score.score, score.bias) == (0, 1)
    assert score_audit(SUGGESTED, [], agreed | {3: Ruling(Action.REVISE, "E11.22")}, []).score == Fraction(1, 4)


# R25: the look-up trail


def test_r25_three_facts_are_reported():
    steps = [Step("index", "Diabetes, type 2"), Step("tabular", "E11.22"), Step("note", "E11.2")]

    trail = read_trail(steps, "E11.22", deciding_note="E11.2")

    assert (trail.came_through_index, trail.was_verified_in_tabular, trail.opened_deciding_note) == (True, True, True)


def test_r25_an_index_opened_afterwards_is_no_way_in():
    trail = read_trail([Step("tabular", "E11.22"), Step("index", "Diabetes")], "E11.22")

    assert (trail.came_through_index, trail.opened_deciding_note) == (False, None)


def test_r9_an_accepted_alternative_that_is_exempt_needs_no_letter():
    line = {"code": "R50.9", "poa": "Y", "accept": [{"code": "Z87.891", "poa": "exempt"}]}

    alternative = graded([line], "Z87.891", setting="inpatient")
    own = graded([line], "R50.9", setting="inpatient")

    assert (verdicts(alternative), alternative.measures["poa"]) == ([Verdict.AGREE], None)
    assert (verdicts(own), own.measures["poa"]) == ([Verdict.POA], 0)
