"""Courses, lessons, the checks in them, and what learners answered."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse

from accounts.models import Institution, User
from coursework.lessons import markdown


class Course(models.Model):
    """A sequence of lessons that belong together: a track."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="courses")
    slug = models.SlugField()
    title = models.CharField(max_length=100)
    sentence = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["institution", "slug"], name="course_slug_once_per_institution")]

    def __str__(self) -> str:
        return self.title


class LessonQuerySet(models.QuerySet["Lesson"]):
    def visible_to(self, user: User) -> LessonQuerySet:
        return self.filter(archived_at=None, course__institution__in=Institution.objects.visible_to(user))

    def named(self, slug: str) -> LessonQuerySet:
        """Of two lessons with one slug the own school's stands before the catalogue's."""
        return self.filter(slug=slug).order_by("-course__institution__kind")

    def with_progress(self, user: User) -> LessonQuerySet:
        """Adds `check_count` and `answered_count`: a section is done when its check is answered."""
        asked = models.Q(checks__archived_at=None)
        return self.annotate(
            check_count=models.Count("checks", filter=asked, distinct=True),
            answered_count=models.Count("checks", filter=asked & models.Q(checks__answers__user=user), distinct=True),
        )


class Lesson(models.Model):
    """One lesson as it reads now. The body is Markdown; its checks are rows."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="lessons")
    slug = models.SlugField()
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=100)
    minutes = models.PositiveSmallIntegerField()
    guideline = models.CharField(max_length=30)
    rule = models.CharField(max_length=300)
    body = models.TextField()
    codes_on = models.DateField()  # the day whose code set the lesson teaches
    cases = models.JSONField(default=list)  # slugs of cases to practise on
    text_hash = models.CharField(max_length=64)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = LessonQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["course", "slug"], name="lesson_slug_once_per_course")]
        ordering = ["course", "position"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("lesson", args=[self.slug])

    @property
    def cpt_year(self) -> int | None:
        """The year of the CPT numbers in it; none without any."""
        return self.codes_on.year if markdown.CPT_REFERENCE.search(self.body) else None

    @property
    def asked(self) -> models.QuerySet[Check]:
        """The checks that stand in the lesson now."""
        return self.checks.filter(archived_at=None)


class Check(models.Model):
    """One question inside a lesson, answered on the spot and explained at once."""

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="checks")
    slug = models.SlugField()
    position = models.PositiveSmallIntegerField()
    stem = models.TextField()
    options = models.JSONField()  # [{id, text, right, why}], exactly one right
    rule = models.CharField(max_length=300, blank=True)
    guideline = models.CharField(max_length=30, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)  # gone from the lesson; its answers are kept

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lesson", "slug"], name="check_slug_once_per_lesson")]
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.lesson}: {self.slug}"

    def option(self, option_id: str) -> dict[str, Any] | None:
        return next((option for option in self.options if option["id"] == option_id), None)


class CheckAnswer(models.Model):
    """One answer of one learner. Trying again adds a row; the newest one shows."""

    check_in_lesson = models.ForeignKey(Check, models.PROTECT, related_name="answers")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    option = models.CharField(max_length=10)
    is_right = models.BooleanField()
    answered_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["user", "check_in_lesson"], name="answer_of_learner")]

    def __str__(self) -> str:
        return f"{self.user} on {self.check_in_lesson}: {self.option}"
