"""People, the institutions and cohorts they belong to, and the log of what staff did."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.roles import Capability, Role, roles_with


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """One person, known by one e-mail address. What a person may do comes from memberships, never from here."""

    class Theme(models.TextChoices):
        LIGHT = "light", "Light"
        DARK = "dark", "Dark"
        DEVICE = "device", "Same as device"

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150, blank=True)
    theme = models.CharField(max_length=6, choices=Theme, default=Theme.LIGHT)
    uses_single_keys = models.BooleanField("Single-key shortcuts", default=True)  # WCAG 2.1.4: can be turned off
    time_zone = models.CharField(max_length=64, default="UTC")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.name or self.email


class InstitutionQuerySet(models.QuerySet["Institution"]):
    def catalogue(self) -> Institution:
        """The institution that owns all shipped content; made by the first load."""
        found, _ = self.get_or_create(
            kind=Institution.Kind.CATALOGUE, defaults={"slug": "catalogue", "name": "Coderounds catalogue"}
        )
        return found

    def visible_to(self, user: Any) -> InstitutionQuerySet:
        """The catalogue, and one's own institutions."""
        own = Membership.objects.filter(user_id=user.pk).values("institution")
        return self.filter(Q(kind=Institution.Kind.CATALOGUE) | Q(pk__in=own))

    def allowing(self, user: Any, capability: Capability) -> InstitutionQuerySet:
        """Institutions in the whole of which the user may do this, the role given first before the others."""
        held = Q(memberships__user_id=user.pk, memberships__cohort=None, memberships__role__in=roles_with(capability))
        return self.filter(held).order_by("memberships__pk")


class Institution(models.Model):
    """A school, or the catalogue: the owner of all shipped content, of which there is one."""

    class Kind(models.TextChoices):
        SCHOOL = "school", "School"
        CATALOGUE = "catalogue", "Catalogue"

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=9, choices=Kind, default=Kind.SCHOOL)
    time_zone = models.CharField(max_length=64, default="UTC")

    objects = InstitutionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind"], condition=Q(kind="catalogue"), name="one_catalogue"),
        ]

    def __str__(self) -> str:
        return self.name


class CohortQuerySet(models.QuerySet["Cohort"]):
    def allowing(self, user: Any, capability: Capability) -> CohortQuerySet:
        """Cohorts in which the user may do this, by a role in the cohort or in its whole institution."""
        held = Membership.objects.filter(user_id=user.pk, role__in=roles_with(capability))
        return self.filter(
            Q(pk__in=held.filter(cohort__isnull=False).values("cohort"))
            | Q(institution__in=held.filter(cohort=None).values("institution"))
        )


class Cohort(models.Model):
    """A class that learns and sits exams together. Students enter with the join code."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="cohorts")
    name = models.CharField(max_length=100)
    join_code = models.CharField(max_length=12, unique=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = CohortQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "name"], name="cohort_name_once_per_institution"),
        ]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One role of one person in one cohort; without a cohort, in the whole institution."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="memberships")
    cohort = models.ForeignKey(Cohort, models.CASCADE, null=True, blank=True, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role)
    joined_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "cohort", "role"], condition=Q(cohort__isnull=False), name="one_role_once_per_cohort"
            ),
            models.UniqueConstraint(
                fields=["user", "institution", "role"],
                condition=Q(cohort__isnull=True),
                name="one_role_once_per_institution",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} as {self.get_role_display()} in {self.cohort or self.institution}"


class AuditEntry(models.Model):
    """One act of staff that others must be able to trace. Never changed, never deleted."""

    actor = models.ForeignKey(User, models.PROTECT, related_name="+")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    act = models.CharField(max_length=50)
    target = models.CharField(max_length=200)
    detail = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "audit entries"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor}: {self.act} {self.target}"
