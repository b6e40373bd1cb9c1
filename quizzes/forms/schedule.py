"""Give a form to a cohort in a window. From then on the form is frozen."""

from datetime import datetime

from django.db import transaction

from accounts.models import Cohort
from codesets.open_book import Book
from quizzes.forms.models import Administration, Blueprint, ExamForm
from quizzes.scoring.runs import open_first_run


class ExamArchived(ValueError):
    """The exam is no longer in its pack; what was scheduled of it goes on."""


@transaction.atomic
def schedule_administration(
    form: ExamForm,
    cohort: Cohort,
    *,
    opens_at: datetime,
    closes_at: datetime,
    now: datetime,
    seconds_allowed: int | None = None,
    window_policy: str = Administration.WindowPolicy.START_BY,
    allows_marks: bool = True,
    book: str = Book.WITH_SEARCH,
) -> Administration:
    if Blueprint.objects.filter(pk=form.blueprint_id).exclude(archived_at=None).exists():
        raise ExamArchived(str(form))
    ExamForm.objects.filter(pk=form.pk, frozen_at=None).update(frozen_at=now)
    administration = Administration.objects.create(
        form=form,
        cohort=cohort,
        opens_at=opens_at,
        closes_at=closes_at,
        seconds_allowed=seconds_allowed or form.blueprint.minutes * 60,
        window_policy=window_policy,
        allows_marks=allows_marks,
        book=book,
    )
    open_first_run(administration, now=now)
    return administration
