"""What the operation of the site itself remembers."""

from django.db import models


class Heartbeat(models.Model):
    """The last sign of life of one part, for /readyz: it asks this row and not the broker."""

    part = models.CharField(max_length=30, unique=True)
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.part} at {self.beat_at:%H:%M:%S}"
