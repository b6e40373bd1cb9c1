"""A student enters a cohort with its join code."""

from django.urls import reverse

from accounts.models import Cohort, Institution, Membership
from accounts.roles import CAPABILITIES, Capability, Role, roles_with
from tests.cast import person


def test_the_code_may_be_typed_in_small_letters_and_with_blanks(client, evening):
    newcomer = person("Nora")
    client.force_login(newcomer)

    client.post(reverse("join"), {"code": " k7-maple "})

    assert Membership.objects.get(user=newcomer).cohort == evening


def test_a_wrong_code_gets_a_sentence_and_is_kept_in_the_field(client, evening):
    client.force_login(person("Nora"))

    answer = client.post(reverse("join"), {"code": "K7-CEDAR"})

    assert answer.status_code == 422
    assert "No cohort has the code “K7-CEDAR”" in answer.content.decode()
    assert 'value="K7-CEDAR"' in answer.content.decode()


def test_joining_twice_is_one_membership(client, tia, evening):
    client.force_login(tia)

    client.post(reverse("join"), {"code": evening.join_code})

    assert Membership.objects.filter(user=tia).count() == 1


def test_a_member_of_the_whole_institution_may_act_in_each_of_its_cohorts(ada, evening, morning, otto):
    assert set(Cohort.objects.allowing(ada, Capability.SEE_RESULTS)) == {evening, morning}


def test_an_instructor_sees_only_the_own_cohort(ines, evening, morning):
    assert list(Cohort.objects.allowing(ines, Capability.SEE_RESULTS)) == [evening]


def test_a_student_may_learn_and_nothing_else():
    assert CAPABILITIES[Role.STUDENT] == {Capability.LEARN}


def test_every_capability_is_held_by_somebody():
    assert all(roles_with(capability) for capability in Capability)


def test_everyone_sees_the_catalogue_and_the_own_school(tia, harbor, otto):
    catalogue = Institution.objects.catalogue()

    assert set(Institution.objects.visible_to(tia)) == {catalogue, harbor}
