"""Lists that payment hangs on: POA exemption, MS-DRG weights, CC and MCC, payment HCCs, coding edits."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from codesets.models.releases import Release


class ListedCode(models.Model):
    """One code on one official list without more to say about it: the POA-exempt list, the CC list, the MCC list."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="listed_codes")
    code = models.CharField(max_length=7)
    exclusion = models.CharField(max_length=4, blank=True)  # CC and MCC: the collection that takes the effect away
    level = models.CharField(max_length=3, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "code"], name="listed_once")]

    def __str__(self) -> str:
        return self.code


class CcExclusion(models.Model):
    """One collection of Table 6K. Four digits: principal diagnoses beside which a CC or MCC does not count. LIVE: codes
    that count only when the patient was discharged alive. Three digits: codes that do not count in this MS-DRG."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="cc_exclusions")
    number = models.CharField(max_length=4)
    codes = models.TextField()  # separated by blanks: up to 30,000, read as a whole

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "number"], name="cc_exclusion_once")]

    def __str__(self) -> str:
        return f"PDX collection {self.number}"


class Drg(models.Model):
    """One MS-DRG of Table 5 with its relative weight and mean lengths of stay."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="drgs")
    number = models.CharField(max_length=3)
    title = models.CharField(max_length=300)
    mdc = models.CharField(max_length=3, blank=True)
    kind = models.CharField(max_length=4, blank=True)  # SURG or MED
    is_post_acute = models.BooleanField()
    is_special_pay = models.BooleanField()
    # Null for 998 and 999, which pay nothing.
    weight = models.DecimalField(max_digits=8, decimal_places=4, null=True, blank=True)
    capped_weight = models.DecimalField(max_digits=8, decimal_places=4, null=True, blank=True)
    geometric_mean_stay = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    arithmetic_mean_stay = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "number"], name="drg_once_per_release")]
        ordering = ["number"]
        verbose_name = "MS-DRG"

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class HccMapping(models.Model):
    """One diagnosis code that leads to one payment category of one model."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="hcc_mappings")
    model = models.CharField(max_length=40)
    code = models.CharField(max_length=7)
    hcc = models.CharField(max_length=4)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "model", "code", "hcc"], name="hcc_mapping_once")]
        indexes = [models.Index(fields=["release", "code"], name="hcc_by_code")]

    def __str__(self) -> str:
        return f"{self.code} → {self.model} {self.hcc}"


class CodingEditQuerySet(models.QuerySet["CodingEdit"]):
    def active_on(self, on: date) -> CodingEditQuerySet:
        return self.filter(Q(deleted_on=None) | Q(deleted_on__gt=on), effective_on__lte=on)


class CodingEdit(models.Model):
    """One NCCI pair: the second code is not paid beside the first. The numbers are CPT, so an institution owns it."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="coding_edits")
    column_one = models.CharField(max_length=5)
    column_two = models.CharField(max_length=5)
    effective_on = models.DateField()
    deleted_on = models.DateField(null=True, blank=True)
    modifier_indicator = models.CharField(max_length=1)  # 0 never, 1 with a modifier, 9 not applicable
    rationale = models.CharField(max_length=200, blank=True)

    objects = CodingEditQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["release", "column_one", "column_two", "effective_on"], name="coding_edit_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.column_one} / {self.column_two}"


class UnitLimit(models.Model):
    """One Medically Unlikely Edit: the most units of a code that one person gets on one day."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="unit_limits")
    code = models.CharField(max_length=5)
    units = models.PositiveIntegerField()
    adjudication = models.CharField(max_length=1)  # 1 per line, 2 per day by policy, 3 per day by clinical benchmark
    rationale = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "code"], name="unit_limit_once")]

    def __str__(self) -> str:
        return f"{self.code}: {self.units}"
