"""The fields that every coded line has, in a key, in an attempt and in an exam response."""

from django.db import models


class Poa(models.TextChoices):
    YES = "Y", "Y · present on admission"
    NO = "N", "N · not present on admission"
    UNKNOWN = "U", "U · documentation insufficient"
    UNDETERMINED = "W", "W · clinically undetermined"
    EXEMPT = "exempt", "Exempt · leave blank"


class CodedLineFields(models.Model):
    """One code on a sheet. The order of lines is the sequence; the first diagnosis is principal or first-listed."""

    position = models.PositiveSmallIntegerField()
    system = models.CharField(max_length=10, default="icd10cm")
    code = models.CharField(max_length=10)  # with its dot
    poa = models.CharField(max_length=6, choices=Poa, blank=True)  # blank: not given, or the code is exempt

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.position} {self.code} {self.poa}".strip()
