"""The item bank. An item's text and its key are immutable versions; the item itself is only their name."""

from django.db import models

from accounts.models import Institution


class Item(models.Model):
    """One question under one name. Its text lives in versions, so that a sitting always shows what was shown."""

    class Kind(models.TextChoices):
        SINGLE = "single", "Single choice"
        CHOOSE = "choose", "Choose several"

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="items")
    namespace = models.CharField(max_length=100, blank=True)
    slug = models.SlugField(max_length=100)
    kind = models.CharField(max_length=20, choices=Kind)
    domain = models.SlugField(max_length=100)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "slug"], name="item_slug_once_per_institution"),
        ]

    def __str__(self) -> str:
        return self.slug


class ItemVersion(models.Model):
    """One wording of one item, never changed. A changed stem or option makes the next number."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="versions", db_index=False)
    number = models.PositiveIntegerField()
    body = models.JSONField()
    text_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="item_version_number_once"),
        ]
        ordering = ["item", "number"]

    def __str__(self) -> str:
        return f"{self.item} v{self.number}"


class ItemKey(models.Model):
    """What is right in one item version, and why. A correction makes the next number, with its reason; none changes."""

    item_version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="keys", db_index=False)
    number = models.PositiveIntegerField()
    key = models.JSONField()
    rationale = models.JSONField()
    key_hash = models.CharField(max_length=64)
    notes_hash = models.CharField(max_length=64)
    reason = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item_version", "number"], name="item_key_number_once"),
        ]
        ordering = ["item_version", "number"]

    def __str__(self) -> str:
        return f"{self.item_version} key {self.number}"
