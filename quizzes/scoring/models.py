"""Score runs. A rescore appends a run; what an earlier run said stays."""

from django.db import models
from django.db.models import F, Q

from quizzes.forms.models import Administration
from quizzes.sitting.models import Sitting


class ScoreRun(models.Model):
    """One scoring of an administration by one policy and one set of keys. A corrected key asks for another run.

    The first run is live: each sitting joins it at its close.
    """

    class Policy(models.TextChoices):
        FIRST = "first", "First scoring"

    administration = models.ForeignKey(Administration, models.PROTECT, related_name="runs", db_index=False)
    number = models.PositiveIntegerField()
    scorer_version = models.PositiveIntegerField()
    # Pinned when the run opens: a key that is loaded later must not score the next sitting by another standard.
    keys = models.JSONField(default=dict)  # slot → item key
    policy = models.CharField(max_length=20, choices=Policy, default=Policy.FIRST)
    reason = models.CharField(max_length=200, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["administration", "number"], name="score_run_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.administration}, run {self.number}"


class SittingScore(models.Model):
    """One sitting scored in one run, in milli-points. Can be rebuilt from the result and the keys it names."""

    run = models.ForeignKey(ScoreRun, models.PROTECT, related_name="scores", db_index=False)
    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="scores")
    earned_milli = models.PositiveIntegerField()
    possible_milli = models.PositiveIntegerField()
    passed = models.BooleanField()
    items = models.JSONField()  # slot → [earned, possible, item key]
    domains = models.JSONField()  # domain → [earned, possible, items]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "sitting"], name="sitting_score_once_per_run"),
            models.CheckConstraint(
                condition=Q(earned_milli__lte=F("possible_milli")), name="earned_is_within_possible"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.earned_milli} of {self.possible_milli}"
