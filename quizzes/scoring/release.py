"""Release the scores of an administration: from then on students see scores, keys and reasons."""

from datetime import datetime

from django.db import transaction

from accounts.models import AuditEntry, User
from quizzes.forms.models import Administration
from quizzes.scoring.score import score_waiting
from quizzes.sitting.models import Sitting


@transaction.atomic
def release_scores(administration: Administration, actor: User, *, now: datetime) -> bool:
    """False when somebody had released them already."""
    score_waiting(administration)
    won = Administration.objects.filter(pk=administration.pk, state=Administration.State.SCHEDULED).update(
        state=Administration.State.RELEASED, released_at=now, released_by=actor
    )
    if won:
        _audit(administration, actor, now)
    return bool(won)


def _audit(administration: Administration, actor: User, now: datetime) -> None:
    sittings = Sitting.objects.filter(administration=administration)
    AuditEntry.objects.create(
        actor=actor,
        institution_id=administration.cohort.institution_id,
        act="release_scores",
        target=str(administration),
        detail={
            "administration": administration.pk,
            "run": administration.current_run_id,
            "closed": sittings.closed().count(),
            "still_open": sittings.filter(state=Sitting.State.OPEN).count(),
        },
        at=now,
    )
