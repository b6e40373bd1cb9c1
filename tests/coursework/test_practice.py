"""A student codes a chart: start, write on the sheet, submit, read the feedback."""

import pytest
from django.urls import reverse

from accounts.models import Institution
from coursework.authoring.load_cases import load_cases
from coursework.cases.models import Case
from coursework.practice import sheet
from coursework.practice.models import Attempt
from coursework.practice.start_attempt import start_attempt
from coursework.practice.submit_attempt import AlreadySubmitted, EmptySheet, submit_attempt
from tests.clock import NOON
from tests.content import INPATIENT, case_text, key_line, pack_of


@pytest.fixture
def attempt(make_case, tia) -> Attempt:
    return start_attempt(make_case(), tia, now=NOON)


def codes_on(attempt: Attempt) -> list[str]:
    return [line.code for line in attempt.lines.filter(removed_at=None)]


def verdicts_of(attempt: Attempt) -> dict[str, str]:
    verdicts = attempt.grades.get().verdicts.select_related("attempt_line", "key_line")
    return {(v.attempt_line or v.key_line).code: v.verdict for v in verdicts}


def test_the_right_codes_in_the_right_order_get_full_marks(attempt):
    for code in ("E11.22", "N18.4", "Z79.4"):
        sheet.add_line(attempt, code)

    grade = submit_attempt(attempt, now=NOON)

    assert grade.measures["learning"] == 1000
    assert set(verdicts_of(attempt).values()) == {"agree"}


def test_each_kind_of_mistake_gets_its_verdict(attempt):
    for code in ("N18.9", "R07.9", "I10"):
        sheet.add_line(attempt, code)

    submit_attempt(attempt, now=NOON)

    assert verdicts_of(attempt) == {
        "N18.9": "less_specific", "R07.9": "unsupported", "I10": "unlisted_extra",
        "E11.22": "missed", "Z79.4": "missed",
    }  # fmt: skip


def test_starting_again_goes_on_with_the_open_attempt(attempt, tia):
    assert start_attempt(attempt.case_version.case, tia, now=NOON) == attempt


def test_a_worked_case_starts_with_its_first_line(make_case, tia):
    attempt = start_attempt(make_case("worked", worked=1), tia, now=NOON)

    assert [(line.code, line.is_given) for line in attempt.lines.all()] == [("E11.22", True)]


@pytest.mark.parametrize("typed", ["e1122", " E11.22 ", "E1122"])
def test_a_code_is_taken_however_it_is_typed(attempt, typed):
    assert sheet.add_line(attempt, typed).code == "E11.22"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("E11.2", "is a heading"), ("Q99.Z", "is not an ICD-10-CM code of FY2026"), ("", "Type a code or some words")],
)
def test_what_cannot_be_reported_is_refused_with_a_sentence(attempt, typed, sentence):
    with pytest.raises(sheet.LineRefused, match=sentence):
        sheet.add_line(attempt, typed)


def test_a_diagnosis_is_reported_once(attempt):
    sheet.add_line(attempt, "N18.4")

    with pytest.raises(sheet.LineRefused, match="already"):
        sheet.add_line(attempt, "n184")


def test_lines_move_and_removing_can_be_undone(attempt):
    for code in ("N18.4", "Z79.4", "E11.22"):
        sheet.add_line(attempt, code)

    sheet.move_line(attempt.lines.get(code="E11.22"), "first")
    sheet.remove_line(attempt.lines.get(code="N18.4"), now=NOON)
    assert codes_on(attempt) == ["E11.22", "Z79.4"]

    sheet.undo_remove(attempt)
    assert codes_on(attempt) == ["E11.22", "N18.4", "Z79.4"]


def test_an_empty_sheet_is_not_submitted(attempt):
    with pytest.raises(EmptySheet):
        submit_attempt(attempt, now=NOON)

    assert Attempt.objects.get().state == Attempt.State.OPEN


def test_a_sheet_is_submitted_once(attempt):
    sheet.add_line(attempt, "N18.4")
    submit_attempt(attempt, now=NOON)

    with pytest.raises(AlreadySubmitted):
        submit_attempt(attempt, now=NOON)

    assert attempt.grades.count() == 1


def test_a_wrong_poa_letter_is_its_own_verdict(make_case, tia):
    key = [key_line("E11.22", role="principal", poa="Y"), key_line("N18.4", poa="Y")]
    case = make_case("stay", header=INPATIENT, key=key)
    attempt = start_attempt(case, tia, now=NOON)
    sheet.add_line(attempt, "E11.22", poa="Y")
    sheet.add_line(attempt, "N18.4", poa="N")

    submit_attempt(attempt, now=NOON)

    assert verdicts_of(attempt) == {"E11.22": "agree", "N18.4": "poa"}


def test_the_feedback_shows_verdict_reason_and_place_in_the_chart(client, attempt, tia):
    sheet.add_line(attempt, "N18.4")
    submit_attempt(attempt, now=NOON)
    client.force_login(tia)

    page = client.get(reverse("feedback", args=[attempt.pk])).content.decode()

    assert "Missed" in page
    assert "E11.22 belongs on the list" in page
    assert reverse("guideline", args=["I.C.4.a"]) in page
    assert '<mark class="mark--key">' in page


def test_the_workspace_does_not_give_the_key_away(client, attempt, tia):
    client.force_login(tia)

    page = client.get(reverse("attempt", args=[attempt.pk])).content.decode()

    for secret in ("E11.22", "The note says so", "Code the complication", "mark--key"):
        assert secret not in page


def test_a_refused_code_comes_back_with_its_sentence_and_nothing_typed_is_lost(client, attempt, tia):
    client.force_login(tia)

    answer = client.post(reverse("add_line", args=[attempt.pk]), {"code": "E11.2"})

    assert answer.status_code == 422
    assert "E11.2 is a heading" in answer.content.decode()
    assert 'value="E11.2"' in answer.content.decode()


def test_submitting_twice_shows_the_same_feedback(client, attempt, tia):
    sheet.add_line(attempt, "N18.4")
    client.force_login(tia)

    first = client.post(reverse("submit_attempt", args=[attempt.pk]))
    second = client.post(reverse("submit_attempt", args=[attempt.pk]))

    assert first.url == second.url == reverse("feedback", args=[attempt.pk])


def test_a_learner_of_another_school_cannot_see_the_feedback(client, attempt, otto):
    sheet.add_line(attempt, "N18.4")
    submit_attempt(attempt, now=NOON)
    client.force_login(otto)

    assert client.get(reverse("feedback", args=[attempt.pk])).status_code == 404


def test_nothing_is_written_on_a_sheet_that_was_submitted_in_another_window(attempt):
    line = sheet.add_line(attempt, "N18.4")
    stale = Attempt.objects.get(pk=attempt.pk)
    submit_attempt(attempt, now=NOON)

    for write in (
        lambda: sheet.add_line(stale, "I10"),
        lambda: sheet.set_poa(line, "Y"),
        lambda: sheet.move_line(line, "first"),
        lambda: sheet.remove_line(line, now=NOON),
        lambda: sheet.undo_remove(stale),
    ):
        with pytest.raises(sheet.SheetIsClosed):
            write()

    assert codes_on(attempt) == ["N18.4"]


def test_the_window_that_comes_too_late_is_led_to_the_feedback(client, attempt, tia):
    sheet.add_line(attempt, "N18.4")
    submit_attempt(attempt, now=NOON)
    client.force_login(tia)

    answer = client.post(reverse("add_line", args=[attempt.pk]), {"code": "I10"}, headers={"HX-Request": "true"})

    assert answer["HX-Redirect"] == reverse("feedback", args=[attempt.pk])


def test_undo_never_puts_a_code_on_the_sheet_twice(attempt):
    sheet.remove_line(sheet.add_line(attempt, "N18.4"), now=NOON)
    sheet.add_line(attempt, "N18.4")

    assert sheet.undo_remove(attempt) is None
    assert codes_on(attempt) == ["N18.4"]


def test_an_instructor_sees_no_chart_of_a_school_that_is_not_hers(client, codes, tia, ines):
    elsewhere = Institution.objects.create(slug="private", name="Private School")
    load_cases([case_text("private-case")], pack_of(elsewhere), now=NOON)
    attempt = start_attempt(Case.objects.get(slug="private-case"), tia, now=NOON)
    sheet.add_line(attempt, "N18.4")
    submit_attempt(attempt, now=NOON)
    client.force_login(ines)

    assert client.get(reverse("feedback", args=[attempt.pk])).status_code == 404


def test_of_two_charts_with_one_name_the_own_school_s_comes_first(client, make_case, tia, harbor):
    make_case("ana")
    load_cases([case_text("ana", title="The school's own")], pack_of(harbor), now=NOON)
    client.force_login(tia)

    assert "The school&#x27;s own" in client.get(reverse("case", args=["ana"])).content.decode()


def test_a_learner_on_an_older_edition_is_told_and_graded_by_its_own_key(client, make_case, attempt, tia):
    sheet.add_line(attempt, "E11.22")
    make_case(title="A newer edition", key=[key_line("N18.4", role="first_listed"), key_line("E11.22")])
    client.force_login(tia)

    assert "This chart has a newer edition" in client.get(reverse("attempt", args=[attempt.pk])).content.decode()

    grade = submit_attempt(attempt, now=NOON)
    assert grade.key.case_version == attempt.case_version
