"""Who may see CPT on a day, and what must stand beside it. Asked by every page, print and export that shows a line."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from accounts.models import Institution, Membership
from codesets import wording
from codesets.models import CptLicence, CptReader, LicensedCode, Release


class NoLicence(ValueError):
    """The institution has recorded no licence for this edition; the message is the sentence."""


@dataclass(frozen=True)
class Shown:
    """Rows that this person may see now, and the notices without which they are not shown."""

    codes: list[LicensedCode]
    notices: list[str]


def find(query: str, user: Any, *, now: datetime, limit: int = 8) -> Shown:
    """Rows that begin with the number or have all the words; nothing without a licence in force. Counts the person for
    the yearly report."""
    has_words = [Q(code__startswith=word.upper()) | Q(title__icontains=word) for word in query.split()]
    rows = LicensedCode.objects.visible_to(user, now.date()).filter(*has_words).select_related("release")
    codes = list(rows[:limit]) if has_words else []
    if not codes:
        return Shown([], [])
    read = {(row.release.institution_id, row.release.label) for row in codes}
    covering = CptLicence.objects.covering(user, now.date())
    licences = [licence for licence in covering if (licence.institution_id, str(licence.year)) in read]
    readers = [CptReader(licence=licence, user_id=user.pk, first_shown_at=now) for licence in licences]
    CptReader.objects.bulk_create(readers, ignore_conflicts=True)
    return Shown(codes, list(dict.fromkeys(licence.notice for licence in licences)))


def newest_for(user: Any, *, on: date) -> Release | None:
    """The newest edition of which this person may see the rows on that day."""
    seen = LicensedCode.objects.visible_to(user, on).values("release")
    return Release.objects.filter(pk__in=seen).order_by("-effective_from").first()


def require_licence(institution: Institution | None, year: str, *, on: date) -> CptLicence:
    """Before an edition is loaded: the licence of its year must stand on record and be in force."""
    found = CptLicence.objects.in_force(on).filter(institution=institution, year=int(year)).first()
    if found is None:
        raise NoLicence(wording.no_cpt_licence(year))
    return found


def people_with_access(licence: CptLicence) -> int:
    """Everybody who belongs to the institution since before the licence ended, and who was shown CPT and has left:
    the number that the AMA counts."""
    joined = Membership.objects.filter(institution=licence.institution, joined_at__date__lte=licence.valid_to)
    return joined.values("user").union(licence.readers.values("user")).count()


def readers(institution: Institution, year: int) -> int:
    """How many of them were shown CPT of that year."""
    return CptReader.objects.filter(licence__institution=institution, licence__year=year).count()
