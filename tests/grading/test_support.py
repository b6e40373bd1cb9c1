"""The words that support a line: evidence, sweeps for risk adjustment, medical necessity (rules R16, R19, R23)."""

import pytest

from grading.answers import Cause, Verdict
from grading.evidence import Span, is_right_evidence, span_in
from tests.grading.charts import graded, verdicts

QUOTE = {"document": "note", "start": 10, "end": 40}
ELSEWHERE = {"document": "note", "start": 100, "end": 130}


# R16: evidence


def test_r16_the_keys_own_words_are_right_however_many_they_are():
    policy = Span("policy", 0, 500, 80)

    assert is_right_evidence([policy], [policy])
    assert not is_right_evidence([Span("policy", 0, 510, 81)], [policy])


def test_r16_words_are_counted_in_the_text_and_never_taken_from_whoever_marked_them():
    text = "word " * 100
    documents = {"note": text}
    written = {"lines": [{"code": "J18.9", "evidence": [QUOTE]}], "scores_evidence": True, "documents": documents}
    everything = {"document": "note", "start": 0, "end": 500, "words": 1}

    grade = graded(written, {"code": "J18.9", "evidence": [everything]})

    assert (span_in("note", 0, 500, text).words, span_in("note", 10, 40, text).words) == (100, 6)
    assert span_in("note", 0, 500).words == 84
    assert grade.lines[0].causes == (Cause.EVIDENCE,)


# R9: the letter of the code that was entered


def test_r9_an_alternative_has_letters_of_its_own():
    line = {"code": "J96.01", "poa": ["Y", "W"], "accept": [{"code": "J96.02", "poa": ["N", "U"]}, {"code": "J96.00"}]}

    def is_right(code, letter):
        return graded([line], {"code": code, "poa": letter}, setting="inpatient").measures["poa"] == 1

    assert [letter for letter in "YNUW" if is_right("J96.01", letter)] == ["Y", "W"]
    assert [letter for letter in "YNUW" if is_right("J96.02", letter)] == ["N", "U"]
    assert [letter for letter in "YNUW" if is_right("J96.00", letter)] == ["Y", "W"]


# R19: a line of a sweep is code, span and support


@pytest.mark.parametrize(
    ("entered", "causes", "credit"),
    [
        ({"support": "a", "evidence": [QUOTE]}, (), 1),
        ({"support": "MA", "evidence": [QUOTE]}, (), 1),
        ({"support": "MEAT", "evidence": [QUOTE]}, (Cause.SUPPORT,), 0.5),
        ({"evidence": [QUOTE]}, (Cause.SUPPORT,), 0.5),
        ({"support": "M"}, (Cause.SENTENCE,), 0.5),
        ({"support": "M", "evidence": [ELSEWHERE]}, (Cause.SENTENCE,), 0.5),
        ({}, (Cause.SUPPORT, Cause.SENTENCE), 0.25),
    ],
)
def test_r19_a_diagnosis_without_its_support_is_no_right_line(entered, causes, credit):
    written = [{"code": "E11.22", "support": "MA", "evidence": [QUOTE]}]

    grade = graded(written, {"code": "E11.22", **entered})

    assert (grade.lines[0].causes, grade.lines[0].credit) == (causes, credit)
    assert grade.measures["f1"] == grade.measures["case"] == (not causes)
    assert (grade.lines[0].verdict is Verdict.AGREE) is (not causes)
    assert bool(grade.lines[0].reference and grade.lines[0].root_cause) is bool(causes)


def test_r19_what_makes_the_line_is_told_before_its_place():
    line = graded([{"code": "E11.22", "support": "A"}, "I10"], "I10", "E11.22").lines[0]

    assert (line.verdict, line.causes) == (Verdict.UNSUPPORTED, (Cause.SEQUENCE, Cause.SUPPORT))


# R23: met, not met or ABN, and the sentence that decides


@pytest.mark.parametrize("decision", ["met", "not_met", "abn"])
@pytest.mark.parametrize(("evidence", "is_right"), [([QUOTE], True), ([ELSEWHERE], False), ([], False)])
def test_r23_a_decision_without_the_sentence_that_decides_is_no_right_line(decision, evidence, is_right):
    written = [{"system": "decision", "code": decision, "evidence": [QUOTE]}]

    grade = graded(written, {"code": decision, "evidence": evidence})

    assert (verdicts(grade) == [Verdict.AGREE]) is is_right
    assert grade.measures["f1"] == grade.measures["weighted"] == is_right


def test_r4_another_decision_keeps_its_words_as_evidence_only():
    written = [{"system": "decision", "code": "query", "evidence": [QUOTE]}]

    assert graded(written, {"code": "query"}).measures["case"] == 1
