"""The people of every test. Ines teaches the evening class, Sam and Tia are in it. Wim is in another class of the same
school, which Olga teaches; Ada is its admin. Otto is outside: he learns at another school."""

import pytest

from accounts.membership import join_cohort
from accounts.models import Cohort, Institution, Membership, User
from accounts.roles import Role
from tests.clock import NOON


def person(name: str) -> User:
    return User.objects.create_user(f"{name.lower()}@example.org", "a long enough phrase", name=name)


@pytest.fixture
def harbor(db) -> Institution:
    return Institution.objects.create(slug="harbor", name="Harbor School")


@pytest.fixture
def evening(harbor) -> Cohort:
    return Cohort.objects.create(institution=harbor, name="Evening class", join_code="K7-MAPLE")


@pytest.fixture
def morning(harbor) -> Cohort:
    return Cohort.objects.create(institution=harbor, name="Morning class", join_code="R4-CEDAR")


def member(name: str, cohort: Cohort, role: Role = Role.STUDENT) -> User:
    user = person(name)
    join_cohort(user, cohort, now=NOON, role=role)
    return user


@pytest.fixture
def ines(evening) -> User:
    return member("Ines", evening, Role.INSTRUCTOR)


@pytest.fixture
def sam(evening) -> User:
    return member("Sam", evening)


@pytest.fixture
def tia(evening) -> User:
    return member("Tia", evening)


@pytest.fixture
def wim(morning) -> User:
    return member("Wim", morning)


@pytest.fixture
def olga(morning) -> User:
    return member("Olga", morning, Role.INSTRUCTOR)


@pytest.fixture
def ada(harbor) -> User:
    user = person("Ada")
    Membership.objects.create(user=user, institution=harbor, role=Role.ADMIN, joined_at=NOON)
    return user


@pytest.fixture
def otto(db) -> User:
    elsewhere = Institution.objects.create(slug="elsewhere", name="Elsewhere College")
    return member("Otto", Cohort.objects.create(institution=elsewhere, name="Day class", join_code="T9-RIVER"))
