"""What a query may say, and what only looks forbidden (rule R14)."""

import pytest

from grading.query import QueryFault, QueryKey, score_query
from tests.grading.test_rules import FAIR, NEEDED, a_query

TREATED = "Please clarify the cause of the hypotension treated on 12 November"


@pytest.mark.parametrize(
    "stem",
    [
        "Please clarify the blood loss: 300 cc in the drain on 12 November.",
        "Please clarify the fluid given, 500 CC over two hours.",
        "CC: shortness of breath. Please clarify the cause of the hypotension.",
        "Please pay attention to the lactate of 12 November and clarify the cause of the hypotension.",
        "Please clarify the image quality noted on 12 November.",
    ],
)
def test_r14_words_that_only_look_like_payment_are_no_fault(stem):
    assert score_query(NEEDED, a_query(stem=stem)).earned == 10


@pytest.mark.parametrize(
    "said",
    [
        "this would add a CC", "as an MCC", "for a better DRG", "the MS-DRG changes", "reimbursement is at stake",
        "the payer asks", "for billing", "a financial matter", "the case mix index", "the RAF score",
        "severity of illness", "risk of mortality", "our quality measures",
    ],
)  # fmt: skip
def test_r14_no_word_of_payment_severity_or_quality(said):
    score = score_query(NEEDED, a_query(stem=f"{TREATED}: {said}."))

    assert (score.earned, score.is_compliance_matter) == (4, True)
    assert QueryFault.LEADING in score.faults


def test_r14_what_the_chart_itself_says_is_no_word_of_payment():
    carcinoma = QueryKey(
        is_needed=True, addressees=NEEDED.addressees, kinds=NEEDED.kinds, options=NEEDED.options,
        indicators=NEEDED.indicators | {"known HCC, 10 Nov"},
    )  # fmt: skip

    assert score_query(carcinoma, a_query(stem=f"{TREATED} in the patient with HCC.")).earned == 10


@pytest.mark.parametrize(
    "changes",
    [
        {"stem": "Please document the septic shock treated on 12 November."},
        {"stem": "Please clarify the severe malnutrition seen on 12 November."},
        {"title": "Septic shock"},
    ],
)
def test_r14_an_undocumented_diagnosis_in_title_or_stem_leads(changes):
    score = score_query(NEEDED, a_query(**changes))

    assert (score.earned, score.faults) == (4, (QueryFault.LEADING,))


def test_r14_a_diagnosis_that_the_chart_names_may_stand_in_the_stem():
    documented = QueryKey(
        is_needed=True, addressees=NEEDED.addressees, kinds=NEEDED.kinds | {"yes_no"}, options=NEEDED.options,
        indicators=NEEDED.indicators, leading=NEEDED.leading, documented=frozenset({"septic shock"}),
    )  # fmt: skip

    assert score_query(documented, a_query(stem="Was the septic shock confirmed on 12 November?")).earned == 10


@pytest.mark.parametrize("options", [(), ("yes", "no"), ("yes", "no", "other", "unable_to_determine")])
def test_r14_a_yes_or_no_question_may_also_offer_other(options):
    key = QueryKey(is_needed=True, addressees=NEEDED.addressees, indicators=NEEDED.indicators, kinds={"yes_no"})

    assert score_query(key, a_query(kind="yes_no", options=frozenset(options))).earned == 10
    assert QueryFault.OPTIONS in score_query(key, a_query(kind="yes_no", options=FAIR)).faults
