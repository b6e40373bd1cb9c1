"""Read attempts and their current grades for lists and dashboards."""

from collections.abc import Iterable

from accounts.models import User
from coursework.cases.models import Case
from coursework.practice.models import Attempt, Grade


def current_grade(attempt: Attempt) -> Grade | None:
    """The newest grade; earlier ones stay for the record."""
    grades = list(attempt.grades.all())
    return grades[-1] if grades else None


def newest_attempts(user: User, cases: Iterable[Case]) -> dict[int, Attempt]:
    """By case: the open attempt, or else the one submitted last, with its grades. Two statements."""
    attempts = (
        Attempt.objects.filter(user=user, case_version__case__in=list(cases))
        .select_related("case_version")
        .prefetch_related("grades")
        .order_by("pk")
    )
    return {attempt.case_version.case_id: attempt for attempt in attempts}


def submitted_by(students: Iterable[User]) -> list[Attempt]:
    """Everything these students submitted, oldest first, with case and grades. Two statements."""
    return list(
        Attempt.objects.filter(user__in=students)
        .submitted()
        .select_related("case_version__case", "user")
        .prefetch_related("grades")
        .order_by("pk")
    )
