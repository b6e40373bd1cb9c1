"""CPT: the licence that an institution holds, and the rows that it loaded under it. Nobody else ever sees them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import Institution, Membership
from codesets import wording
from codesets.models.releases import Release


class CptLicenceQuerySet(models.QuerySet["CptLicence"]):
    def in_force(self, on: date) -> CptLicenceQuerySet:
        return self.filter(valid_from__lte=on, valid_to__gte=on)

    def covering(self, user: Any, on: date) -> CptLicenceQuerySet:
        """The licences under which this person may see CPT on this day."""
        own = Membership.objects.filter(user_id=user.pk).values("institution")
        return self.in_force(on).filter(institution__in=own)


class CptLicence(models.Model):
    """One licence of the AMA, as the institution states it: who attested it, for how many people, how long."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="cpt_licences")
    holder = models.CharField(max_length=200)
    number = models.CharField(max_length=60)
    users = models.PositiveIntegerField()
    year = models.PositiveSmallIntegerField()  # of the CPT edition
    valid_from = models.DateField()
    valid_to = models.DateField()
    attested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    attested_at = models.DateTimeField()

    objects = CptLicenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "year"], name="one_cpt_licence_per_year"),
            models.CheckConstraint(condition=Q(valid_from__lte=F("valid_to")), name="cpt_licence_ends_after_it_starts"),
        ]
        ordering = ["-year"]
        verbose_name = "CPT licence"

    def __str__(self) -> str:
        return f"CPT {self.year}, {self.holder}"

    @property
    def span(self) -> str:
        return f"{wording.day(self.valid_from)} to {wording.day(self.valid_to)}"

    @property
    def notice(self) -> str:
        """Stands wherever a CPT line is shown, printed or exported."""
        return wording.cpt_notice(self.year)


class LicensedCodeQuerySet(models.QuerySet["LicensedCode"]):
    def visible_to(self, user: Any, on: date) -> LicensedCodeQuerySet:
        """The rows of one's own institutions, of the years whose licence is in force; nothing for anyone else."""
        licences = CptLicence.objects.covering(user, on).values_list("institution", "year")
        held = Q(pk__in=[])
        for institution, year in licences:
            held |= Q(release__institution=institution, release__label=str(year))
        return self.filter(held, release__state=Release.State.READY)


class LicensedCode(models.Model):
    """One CPT code in one institution's own release. Never in the shared index, an export of others, or a fixture."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="licensed_codes")
    code = models.CharField(max_length=5)
    title = models.TextField()
    medium_title = models.CharField(max_length=100, blank=True)
    short_title = models.CharField(max_length=40, blank=True)

    objects = LicensedCodeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "code"], name="licensed_code_once")]
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class CptReader(models.Model):
    """One person who was shown CPT under one licence; what the yearly report to the AMA counts."""

    licence = models.ForeignKey(CptLicence, models.CASCADE, related_name="readers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    first_shown_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["licence", "user"], name="cpt_reader_once")]

    def __str__(self) -> str:
        return f"{self.user}, {self.licence}"
