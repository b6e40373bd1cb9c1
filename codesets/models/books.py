"""What is published beside the codes: the indexes, the tables of ICD-10-PCS, the Official Guidelines."""

from __future__ import annotations

from math import prod

from django.db import models

from codesets.models.releases import Release


class IndexEntryQuerySet(models.QuerySet["IndexEntry"]):
    def in_release(self, release: Release) -> IndexEntryQuerySet:
        return self.filter(release=release)


class IndexEntry(models.Model):
    """One line of an index: a main term or a subterm below it, with what it leads to, as printed."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="index_entries")
    position = models.PositiveIntegerField()
    parent = models.PositiveIntegerField(null=True, blank=True)  # the position of the term above
    level = models.PositiveSmallIntegerField()
    term = models.TextField(blank=True)
    # The way through the index, "Diabetes, diabetic › type 2 › with › cataract"
    path = models.TextField()
    modifiers = models.TextField(blank=True)  # nonessential: they change nothing about the code
    code = models.CharField(max_length=60, blank=True)  # a trailing dash asks for further characters
    manifestation = models.CharField(max_length=60, blank=True)
    see = models.TextField(blank=True)
    see_also = models.TextField(blank=True)
    use = models.TextField(blank=True)  # ICD-10-PCS: the value of an axis that this word stands for
    cells = models.JSONField(default=dict, blank=True)  # neoplasm and drug tables: column number → code

    objects = IndexEntryQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "position"], name="index_place_once")]
        indexes = [
            models.Index(fields=["release", "code"], name="index_by_code"),
            models.Index(fields=["release", "parent"], name="index_below"),
        ]
        ordering = ["position"]
        verbose_name_plural = "index entries"

    def __str__(self) -> str:
        return f"{self.path} {self.code}".strip()


class PcsTable(models.Model):
    """One table of ICD-10-PCS: the first three characters and what they mean."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="pcs_tables")
    code = models.CharField(max_length=3)
    section = models.CharField(max_length=100)
    body_system = models.CharField(max_length=200)
    operation = models.CharField(max_length=200)
    definition = models.TextField(blank=True)
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "code"], name="pcs_table_once")]
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.code} {self.section}, {self.body_system}, {self.operation}"


class PcsRow(models.Model):
    """One row of a table: for characters 4 to 7 the values that may stand together, [{"title", "values"}, …]."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="pcs_rows")
    table = models.CharField(max_length=3)
    position = models.PositiveIntegerField()
    axes = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "position"], name="pcs_row_place_once")]
        indexes = [models.Index(fields=["release", "table"], name="pcs_rows_of_table")]
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.table}, {self.size} codes"

    @property
    def size(self) -> int:
        return prod(len(axis["values"]) for axis in self.axes)


class PcsTerm(models.Model):
    """One defined word of ICD-10-PCS: a root operation, an approach, a body part, a device."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="pcs_terms")
    section = models.CharField(max_length=1)
    axis = models.PositiveSmallIntegerField()
    axis_title = models.CharField(max_length=100)
    term = models.CharField(max_length=200)
    definition = models.TextField(blank=True)
    explanation = models.TextField(blank=True)
    includes = models.TextField(blank=True)
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "position"], name="pcs_term_place_once")]
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.axis_title}: {self.term}"


class GuidelineSection(models.Model):
    """One section of the Official Guidelines, cited by its number: "I.C.9.a.1"."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="guideline_sections")
    number = models.CharField(max_length=30)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "number"], name="guideline_number_once")]
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"
