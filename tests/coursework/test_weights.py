"""An institution says what counts how much, and a chart is graded by what was in force when it was submitted."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from accounts.membership import join_cohort
from accounts.models import Cohort, Membership
from accounts.roles import Role
from coursework.authoring.load_cases import load_cases
from coursework.cases.models import Case
from coursework.practice import sheet
from coursework.practice.models import Grade
from coursework.practice.start_attempt import start_attempt
from coursework.practice.submit_attempt import grade_attempt, submit_attempt
from coursework.weights import wording
from coursework.weights.change_weights import ChangedMeanwhile, change_weights
from coursework.weights.forms import WeightsForm
from coursework.weights.models import HouseWeights
from grading.weights import LEARNING, WEIGHTED
from tests.cast import person
from tests.clock import NOON
from tests.content import case_text, key_line, pack_of

LATER = NOON + timedelta(hours=1)
GENEROUS = {"learning": {"less_specific": 0.8, "severity_lost": 0.8}}
PAGE = "/grading/weights/"


@pytest.fixture
def submit(make_case):
    """Hand in N18.9, which says less than the key's N18.4, before E11.22, which belongs first; Z79.4 is right."""

    def hand_in(learner, *, now=NOON, case: Case | None = None) -> Grade:
        attempt = start_attempt(case or make_case(), learner, now=now)
        for code in ("N18.9", "E11.22", "Z79.4"):
            sheet.add_line(attempt, code)
        return submit_attempt(attempt, now=now)

    return hand_in


def set_weights(institution, changes, by, *, now=NOON) -> HouseWeights:
    newest = HouseWeights.objects.of(institution).first()
    change_weights(institution, changes, after=newest.number if newest else 0, by=by, now=now)
    return HouseWeights.objects.of(institution).first()


def typed(**numbers: int | str) -> dict[str, object]:
    """The form as the page sends it: part__name=number, everything else as it stands."""
    changed = {name.replace("__", "-"): number for name, number in numbers.items() if name != "after"}
    return {**wording.DEFAULTS, "after": numbers.get("after", 0), **changed}


def test_without_weights_of_its_own_a_school_grades_by_the_defaults(submit, tia):
    assert submit(tia).weights is None


def test_a_grade_follows_the_weights_of_the_school_and_names_them(submit, tia, sam, ada, harbor):
    by_default = submit(sam)

    chosen = set_weights(harbor, {"weighted": {"principal": 0}}, ada)
    by_house = submit(tia)

    assert by_house.weights == chosen
    assert by_house.measures["weighted"] > by_default.measures["weighted"]
    assert by_house.measures["learning"] == by_default.measures["learning"]


def test_the_ladder_of_the_school_decides_what_a_near_miss_keeps(submit, tia, sam, ada, harbor):
    by_default = submit(sam)

    set_weights(harbor, GENEROUS, ada)
    by_house = submit(tia)

    near_misses = [grade.verdicts.get(verdict="less_specific").credit for grade in (by_default, by_house)]
    assert near_misses[0] < near_misses[1] == 800
    assert by_house.measures["learning"] > by_default.measures["learning"]


def test_another_school_s_weights_touch_nobody_here(submit, tia, otto, ada, harbor):
    elsewhere = otto.memberships.get().institution
    chosen = set_weights(elsewhere, {"weighted": {"principal": 0}}, otto)

    assert submit(tia).weights is None
    assert submit(otto).weights == chosen


def test_a_given_grade_stays_when_the_weights_change(submit, tia, ada, harbor):
    given = submit(tia)
    before = (given.measures, given.weights)

    set_weights(harbor, {"weighted": {"principal": 0}}, ada, now=LATER)
    again = grade_attempt(given.attempt, given.key, now=LATER)

    assert again == given
    assert (again.measures, again.weights) == before


def test_graded_anew_by_a_revised_key_it_keeps_the_weights_of_its_submission(submit, make_case, tia, ada, harbor):
    first = set_weights(harbor, {"weighted": {"poa": 7}}, ada)
    given = submit(tia)
    set_weights(harbor, {"weighted": {"poa": 9}}, ada, now=LATER)
    make_case(key=[key_line("E11.22", role="first_listed"), key_line("N18.4")])

    revised = grade_attempt(given.attempt, given.key.case_version.current_key, now=LATER)

    assert revised.key != given.key
    assert revised.weights == first


def test_a_school_s_own_chart_is_graded_by_its_own_weights(submit, codes, tia, ada, otto, harbor):
    elsewhere = otto.memberships.get().institution
    join_cohort(tia, Cohort.objects.get(institution=elsewhere), now=NOON + timedelta(minutes=1))
    chosen = {school: set_weights(school, {"weighted": {"poa": 7}}, ada) for school in (harbor, elsewhere)}
    load_cases([case_text("ours")], pack_of(harbor), now=NOON)

    of_ours = submit(tia, case=Case.objects.get(slug="ours"), now=LATER)
    of_the_catalogue = submit(tia, now=LATER)

    assert of_ours.weights == chosen[harbor]
    assert of_the_catalogue.weights == chosen[elsewhere]  # the school that she joined last


def test_the_weights_cost_a_submission_no_statement(tia, sam, ada, harbor, make_case, django_assert_num_queries):
    attempts = [start_attempt(make_case(), learner, now=NOON) for learner in (sam, tia)]
    for attempt in attempts:
        sheet.add_line(attempt, "N18.9")
    submit_count = 17

    with django_assert_num_queries(submit_count):
        submit_attempt(attempts[0], now=NOON)
    set_weights(harbor, GENEROUS, ada)
    with django_assert_num_queries(submit_count):
        submit_attempt(attempts[1], now=NOON)


def test_every_number_of_the_scorer_has_its_words_on_the_page():
    fixed = {"learning-exact", "learning-unrelated"}  # 1 and 0: neither is a near miss

    known = {f"weighted-{name}" for name in WEIGHTED} | {f"learning-{name}" for name in LEARNING}

    assert wording.LABELS.keys() | fixed == known


def test_an_admin_changes_what_counts_and_sees_who_did(client, ada, harbor):
    client.force_login(ada)

    client.post(PAGE, typed(weighted__principal=30, learning__wrong_side=50))
    page = client.get(PAGE).content.decode()

    made = HouseWeights.objects.get()
    assert (made.institution, made.number, made.changed_by) == (harbor, 1, ada)
    assert made.changes == {"weighted": {"principal": 30}, "learning": {"wrong_side": 0.5}}
    assert "Last changed by Ada on" in page
    assert page.count(">Changed</span>") == 2
    assert 'name="weighted-principal" value="30"' in page


def test_back_to_the_defaults_is_a_change_of_its_own(client, ada, harbor):
    set_weights(harbor, GENEROUS, ada)
    client.force_login(ada)

    client.post(PAGE, typed(after=1, learning__header="nonsense") | {"defaults": "1"})

    assert [made.changes for made in HouseWeights.objects.of(harbor)] == [{}, GENEROUS]
    assert ">Changed</span>" not in client.get(PAGE).content.decode()


def test_saving_what_is_in_force_writes_nothing(client, ada):
    client.force_login(ada)

    client.post(PAGE, typed())

    assert not HouseWeights.objects.exists()


@pytest.mark.parametrize("number", ["-1", "101", "2.5", "many"])
def test_a_number_that_cannot_be_is_refused_at_its_field_in_one_sentence(client, ada, number):
    client.force_login(ada)

    answer = client.post(PAGE, typed(learning__wrong_side=number, weighted__poa=7))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count(wording.not_whole("The other side of the body")) == 2  # in the summary, and at the field
    assert f'value="{number}"' in page
    assert 'name="weighted-poa" value="7"' in page
    assert not HouseWeights.objects.exists()


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ({f"weighted__{name}": 0 for name in WEIGHTED}, wording.NOTHING_COUNTS),
        ({"learning__pcs_device": 40}, wording.too_many_characters(125)),
    ],
)
def test_numbers_that_do_not_go_together_are_refused(ada, numbers, sentence):
    form = WeightsForm(typed(**numbers), None)

    assert [*form.errors.values()] == [[sentence]]


def test_of_two_admins_the_second_does_not_write_over_the_first(client, ada, harbor):
    set_weights(harbor, {"weighted": {"poa": 7}}, ada)
    client.force_login(ada)

    answer = client.post(PAGE, typed(weighted__drg=50, after=0), follow=True)

    assert wording.CHANGED_MEANWHILE in answer.content.decode()
    assert HouseWeights.objects.get().changes == {"weighted": {"poa": 7}}


def test_a_change_that_was_followed_already_is_not_followed_twice(ada, harbor):
    set_weights(harbor, {"weighted": {"poa": 7}}, ada)

    with pytest.raises(ChangedMeanwhile):
        change_weights(harbor, {"weighted": {"poa": 9}}, after=0, by=ada, now=NOON)


def test_sending_the_form_twice_makes_one_change(client, ada):
    client.force_login(ada)

    for _ in range(2):
        client.post(PAGE, typed(weighted__drg=50))

    assert HouseWeights.objects.count() == 1


def test_an_admin_of_another_school_changes_only_that_one(client, otto, tia, submit):
    bea, elsewhere = person("Bea"), otto.memberships.get().institution
    Membership.objects.create(user=bea, institution=elsewhere, role=Role.ADMIN, joined_at=NOON)
    client.force_login(bea)

    client.post(PAGE, typed(weighted__poa=7))

    assert HouseWeights.objects.get().institution == elsewhere
    assert submit(tia, now=LATER).weights is None


def test_the_page_is_found_by_admins_and_shown_to_nobody_else(client, ada, ines):
    for user, is_linked, status in ((ada, True, 200), (ines, False, 403)):
        client.force_login(user)

        assert (PAGE in client.get(reverse("teach")).content.decode()) == is_linked
        assert client.get(PAGE).status_code == status


def test_the_feedback_says_what_the_school_weighs_otherwise(client, submit, tia, ada, harbor):
    set_weights(harbor, {"weighted": {"principal": 30}, "learning": {"wrong_side": 0.5}}, ada)
    grade = submit(tia)
    client.force_login(tia)

    page = client.get(reverse("feedback", args=[grade.attempt_id])).content.decode()

    assert "By the weights that Harbor School set on" in page
    assert "Principal or first-listed diagnosis 30 instead of 25; The other side of the body 50" in page


def test_the_feedback_says_nothing_of_weights_that_are_the_defaults(client, submit, tia):
    grade = submit(tia)
    client.force_login(tia)

    assert "By the weights" not in client.get(reverse("feedback", args=[grade.attempt_id])).content.decode()


def test_the_feedback_costs_the_same_with_weights_of_the_school(
    client, submit, tia, sam, ada, harbor, django_assert_num_queries
):
    pages = [reverse("feedback", args=[submit(sam).attempt_id])]
    set_weights(harbor, GENEROUS, ada)
    pages.append(reverse("feedback", args=[submit(tia).attempt_id]))

    for learner, page in zip((sam, tia), pages, strict=True):
        client.force_login(learner)
        with django_assert_num_queries(11):
            client.get(page)


def test_what_was_in_force_is_never_changed(ada, harbor):
    set_weights(harbor, GENEROUS, ada)

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE coursework_houseweights SET changes = '{}'")
