"""Teaching charts and their keys. What was shown and what was right are never changed: a change is a new row."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from accounts.models import Institution, User
from coursework.cases.header import Header
from coursework.lines import CodedLineFields


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: User) -> CaseQuerySet:
        return self.filter(archived_at=None, institution__in=Institution.objects.visible_to(user))

    def named(self, slug: str) -> CaseQuerySet:
        """Of two cases with one slug the own school's stands before the catalogue's."""
        return self.filter(slug=slug).order_by("-institution__kind")

    def with_current(self) -> CaseQuerySet:
        """Fetches the current version with the case, as `current`."""
        return self.select_related("current")


class Case(models.Model):
    """The identity of a teaching chart; what it says is in its versions."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="cases")
    pack = models.ForeignKey("coursework.Pack", models.PROTECT, null=True, blank=True, related_name="cases")
    slug = models.SlugField()
    lessons = models.JSONField(default=list)  # slugs of lessons that prepare for it
    current = models.ForeignKey("CaseVersion", models.PROTECT, null=True, blank=True, related_name="+")
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["institution", "slug"], name="case_slug_once_per_institution")]
        ordering = ["current__level", "pk"]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("case", args=[self.slug])


class CaseVersion(models.Model):
    """One frozen edition of a chart. A changed text makes a new one; attempts keep the one they were started on."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=100)
    summary = models.CharField(max_length=300)
    minutes = models.PositiveSmallIntegerField()
    level = models.PositiveSmallIntegerField()
    worked = models.PositiveSmallIntegerField(default=0)  # first key lines given to the learner
    face_sheet = models.JSONField()  # the header of rule R1; see `header`
    text_hash = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="case_version_number_once")]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    @property
    def header(self) -> Header:
        return Header.parse(self.face_sheet)

    @property
    def is_current(self) -> bool:
        return self.case.current_id == self.pk

    @property
    def current_key(self) -> AnswerKey:
        return self.keys.latest("revision")


class ChartDocument(models.Model):
    """One document of a chart: a note, a report, a result."""

    case_version = models.ForeignKey(CaseVersion, models.PROTECT, related_name="documents")
    position = models.PositiveSmallIntegerField()
    slug = models.SlugField()
    title = models.CharField(max_length=100)
    author = models.CharField(max_length=100)
    dated_on = models.DateField()
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case_version", "slug"], name="document_slug_once_per_version")]
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title


class AnswerKey(models.Model):
    """What is right for one version of a chart. A corrected key is a new revision with its reason."""

    case_version = models.ForeignKey(CaseVersion, models.PROTECT, related_name="keys")
    revision = models.PositiveSmallIntegerField()
    lesson = models.CharField(max_length=400)  # the one thing to take away
    order = models.JSONField(default=list)  # rule-bound pairs: [{before, after, guideline}]
    key_hash = models.CharField(max_length=64)
    notes_hash = models.CharField(max_length=64)
    earlier_notes = models.JSONField(default=list)  # rationales before they were reworded
    reason = models.CharField(max_length=300)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case_version", "revision"], name="key_revision_once")]

    def __str__(self) -> str:
        return f"Key {self.revision} of {self.case_version}"


class KeyLine(CodedLineFields):
    """One line of a key: a code that is wanted, allowed, tolerated, or a trap."""

    class LineClass(models.TextChoices):
        REQUIRED = "required", "Required"
        OPTIONAL = "optional", "Optional"  # no credit, no penalty
        TOLERATED = "tolerated", "Tolerated"  # documented, not reportable here: a comment, no penalty
        FORBIDDEN = "forbidden", "Forbidden"  # integral symptom, ruled out, Excludes1

    key = models.ForeignKey(AnswerKey, models.PROTECT, related_name="lines")
    line_class = models.CharField(max_length=9, choices=LineClass, default=LineClass.REQUIRED)
    role = models.CharField(max_length=12, blank=True)
    accept = models.JSONField(default=list)  # [{code, credit, why}]
    evidence = models.JSONField(default=list)  # [{document, quote}]
    rationale = models.TextField()
    guideline = models.CharField(max_length=30)
    index_path = models.CharField(max_length=200, blank=True)
    nearest_wrong = models.JSONField(default=dict)  # {code, why}

    class Meta:
        ordering = ["key", "position"]
        constraints = [
            models.UniqueConstraint(fields=["key", "position"], name="key_line_position_once"),
        ]
