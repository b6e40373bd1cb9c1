"""A student's exams, each with one thing to do."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch
from django.urls import reverse

from accounts.models import User
from quizzes.forms.models import Administration
from quizzes.sitting.models import Sitting


@dataclass(frozen=True, slots=True)
class ListedExam:
    """`group` is open, upcoming or done; without an `action` there is nothing to do."""

    administration: Administration
    sitting: Sitting | None
    group: str
    action: str
    href: str

    @property
    def minutes(self) -> float:
        return self.administration.seconds_allowed / 60


def exams_of(user: User, *, now: datetime) -> dict[str, list[ListedExam]]:
    own = Prefetch("sittings", Sitting.objects.sat_by(user), to_attr="own_sittings")
    rows = Administration.objects.open_to(user).with_form().prefetch_related(own)
    groups: dict[str, list[ListedExam]] = {"open": [], "upcoming": [], "done": []}
    for administration in rows:
        listed = listed_exam(administration, next(iter(administration.own_sittings), None), now=now)
        groups[listed.group].append(listed)
    return groups


def listed_exam(administration: Administration, sitting: Sitting | None, *, now: datetime) -> ListedExam:
    group, action, name = _next_step(administration, sitting, now)
    if not name:
        return ListedExam(administration, sitting, group, "", "")
    argument = sitting.public_id if sitting else administration.pk
    return ListedExam(administration, sitting, group, action, reverse(name, args=[argument]))


def _next_step(administration: Administration, sitting: Sitting | None, now: datetime) -> tuple[str, str, str]:
    if sitting is None:
        if now < administration.opens_at:
            return "upcoming", "Read the rules", "exam"
        return ("open", "Read the rules and start", "exam") if administration.is_open(now) else ("done", "", "")
    if not sitting.is_over(now):
        return "open", "Continue", "sitting"
    if administration.is_released:
        return "done", "See your report", "sitting_report"
    return "done", "See your receipt", "sitting_receipt"
