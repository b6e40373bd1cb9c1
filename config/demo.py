"""The demo: a small school, a class in it, an exam that is open. Its passwords are public: it stays on one machine."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress

from accounts.membership import join_cohort, open_cohort
from accounts.models import Cohort, Institution, User
from accounts.roles import Role
from quizzes.forms.schedule import schedule_administration
from quizzes.models import Administration, ExamForm

PASSWORD = "lantern-harbor-maple"  # noqa: S105 (public on purpose)
PEOPLE = [
    ("tia@demo.example", "Tia Romero", Role.STUDENT),
    ("sam@demo.example", "Sam Keller", Role.STUDENT),
    ("ines@demo.example", "Ines Okafor", Role.INSTRUCTOR),
]
COHORT = "Evening class"
JOIN_CODE = "K7-MAPLE"
EXAM = "short-mock-a"
OPEN_FOR = timedelta(days=180)


def log_ins() -> list[str]:
    people = [f"{role.label:<11} {email:<18} {PASSWORD}" for email, _, role in PEOPLE]
    return [*people, f"Or make your own account and join the class with the code {JOIN_CODE}."]


def make_people(*, now: datetime) -> Cohort:
    school, _ = Institution.objects.get_or_create(slug="harbor-school", defaults={"name": "Harbor School of Coding"})
    cohort = open_cohort(school, COHORT, join_code=JOIN_CODE)
    for email, name, role in PEOPLE:
        join_cohort(make_person(email, name), cohort, now=now, role=role)
    return cohort


def make_person(email: str, name: str) -> User:
    user = User.objects.filter(email=email).first() or User.objects.create_user(email, PASSWORD, name=name)
    EmailAddress.objects.get_or_create(user=user, email=email, defaults={"primary": True, "verified": True})
    return user


def open_exam(*, now: datetime) -> Administration:
    """The class's exam, open from now on; opened anew when its window has passed."""
    cohort = Cohort.objects.get(join_code=JOIN_CODE)
    to_sit = Administration.objects.filter(cohort=cohort, state=Administration.State.SCHEDULED)
    going_on = to_sit.filter(closes_at__gt=now).first()
    form = ExamForm.objects.filter(slug=EXAM).latest("pk")
    return going_on or schedule_administration(form, cohort, opens_at=now, closes_at=now + OPEN_FOR, now=now)
