"""By which weights does an institution grade? Every change with who made it; the newest is in force."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef

from accounts.models import Institution, Membership, User
from coursework.cases.models import CaseVersion
from coursework.practice.models import Attempt
from grading.weights import Weights, parse_weights


class HouseWeightsQuerySet(models.QuerySet["HouseWeights"]):
    def of(self, institution: Institution) -> HouseWeightsQuerySet:
        """Newest first."""
        return self.filter(institution=institution).order_by("-number")

    def in_force_for(self, attempt: Attempt) -> HouseWeights | None:
        """Of the school that owns the chart, else of the one that the learner joined last. As it was on submitting, so
        that grading again asks for the same ones. One statement."""
        owns = Exists(CaseVersion.objects.filter(pk=attempt.case_version_id, case__institution=OuterRef("institution")))
        joined = Membership.objects.filter(user=attempt.user_id, joined_at__lte=attempt.submitted_at)
        school = joined.order_by(owns.desc(), "-joined_at", "-pk").values("institution")[:1]
        return self.filter(institution=school, changed_at__lte=attempt.submitted_at).order_by("-number").first()


class HouseWeights(models.Model):
    """One change of what counts how much at one institution. Going back to the defaults is a change, too."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()  # two people cannot both follow the same change
    changes = models.JSONField()  # what differs from the defaults, as grading.weights.parse_weights reads it
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    objects = HouseWeightsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "number"], name="weights_number_once_per_institution")
        ]
        ordering = ["institution", "number"]
        verbose_name_plural = "house weights"

    def __str__(self) -> str:
        return f"Weights {self.number} of {self.institution}"

    @property
    def weights(self) -> Weights:
        return parse_weights(self.changes)
