"""Load a pack in the two steps in which a new site needs it: what one learns with, then what one sits."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from accounts.models import Institution
from coursework.authoring.load_cases import load_cases
from coursework.authoring.load_lessons import load_lessons
from coursework.authoring.needs import taken
from coursework.authoring.packs import begin_pack, finish_pack
from coursework.authoring.read_pack import PackText, read_pack
from quizzes.bank.load import check_codes, load_items
from quizzes.forms.load import load_forms


def pack_for_site(folder: Path) -> PackText:
    """Without what needs CPT numbers, where the site does without them."""
    return taken(read_pack(folder), with_cpt=settings.CPT_CONTENT)


@transaction.atomic
def load_track(pack: PackText, *, now: datetime) -> int:
    """Lessons and cases. The pack stays in state loading until its exams are in as well."""
    catalogue = Institution.objects.catalogue()
    begun = begin_pack(pack, catalogue)
    return load_lessons(pack, catalogue, now=now) + load_cases(pack.cases, begun, now=now)


@transaction.atomic
def load_exams(pack: PackText, *, now: datetime) -> int:
    catalogue = Institution.objects.catalogue()
    check_codes(pack.items)
    written = load_items(catalogue, pack.items, namespace=pack.namespace)
    load_forms(catalogue, pack.exams, namespace=pack.namespace)
    finish_pack(begin_pack(pack, catalogue))
    return written.items + written.versions + written.keys
