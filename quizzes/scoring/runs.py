"""Score runs of an administration: the first one is live, and its pointer is the only thing that ever moves."""

from datetime import datetime

from quizzes.bank.models import ItemKey
from quizzes.forms.models import Administration
from quizzes.scoring.models import ScoreRun

# Raised when the same answers and keys would score differently.
SCORER_VERSION = 1


def open_first_run(administration: Administration, *, now: datetime) -> ScoreRun:
    """Nothing was sat yet, so the run is complete from the start; each sitting joins it when it closes."""
    run = ScoreRun.objects.create(
        administration=administration,
        number=1,
        scorer_version=SCORER_VERSION,
        keys=newest_keys(administration.form_id),
        completed_at=now,
    )
    Administration.objects.filter(pk=administration.pk, current_run=None).update(current_run=run)
    administration.current_run = run
    return run


def newest_keys(form_id: int) -> dict[str, int]:
    """Slot → the key of its item with the highest number, as it stands now."""
    keys = ItemKey.objects.filter(item_version__slots__form=form_id).order_by("number")
    return {str(slot): key for slot, key in keys.values_list("item_version__slots__position", "pk")}
