"""Check, load or discard one supplied file. The worker calls it, so do a button and a command; twice does no harm."""

from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from django.db.models.functions import Now

from accounts.models import Institution
from codesets import wording
from codesets.loaders import load, registry
from codesets.loaders.archive import Refused
from codesets.loaders.edition import Edition
from codesets.models import Supplied
from codesets.models.supplied import MOST_ATTEMPTS
from codesets.supply import uploads
from codesets.supply.showing import Loading
from codesets.systems import LICENSED


def work_on(supplied: Supplied, *, now: datetime) -> bool:
    """False when somebody else has it in work, or nothing is to be done."""
    if not supplied.claim(now=now):
        return False
    try:
        if supplied.attempts >= MOST_ATTEMPTS:
            raise Refused(wording.GIVEN_UP)
        STEPS[supplied.state](supplied, uploads.kept(supplied.token), now)
    except Refused as problem:
        supplied.move(to=Supplied.State.REFUSED, done_at=now, last_error=str(problem))
        uploads.forget(supplied.token)
    return True


def check(supplied: Supplied, path: Path, now: datetime) -> None:
    """Read and compared; nothing is written."""
    found = [
        {"summary": wording.summary(each), "changes": changes(each, owner_of(each, supplied))}
        for each in registry.read(path)
    ]
    supplied.move(to=Supplied.State.CHECKED, found=found)


def changes(edition: Edition, owner: Institution | None) -> list[str]:
    if load.is_there(edition, owner):
        return [wording.LOADED_ALREADY]
    return wording.difference(load.plan(edition, owner))


def load_file(supplied: Supplied, path: Path, now: datetime) -> None:
    said = []
    with Loading(now, partial(tell, supplied)) as loading:
        for edition in registry.read(path):
            written = loading.write(edition, source=supplied.name, owner=owner_of(edition, supplied))
            said.append(wording.loaded(str(written.release), written.release.span, written.is_new))
        loading.show()
    supplied.move(to=Supplied.State.LOADED, done_at=now, found=[{"summary": each, "changes": []} for each in said])
    uploads.forget(supplied.token)


def discard(supplied: Supplied, *, now: datetime) -> bool:
    """False when somebody loads it by now, or discarded it before. The row stays as the record."""
    won = supplied.is_discardable and supplied.move(to=Supplied.State.DISCARDED, done_at=now)
    if won:
        uploads.forget(supplied.token)
    return won


def tidy(*, now: datetime) -> None:
    """What nobody came back for in a month is discarded; what died with its web or background worker goes, too."""
    for each in Supplied.objects.left_lying(now):
        discard(each, now=now)
    held = Supplied.objects.filter(done_at=None).values_list("token", flat=True)
    uploads.forget_all_but(set(held), before=now - timedelta(days=1))


def owner_of(edition: Edition, supplied: Supplied) -> Institution | None:
    """What is under licence belongs to the institution whose admin supplied it; everything else to all."""
    return supplied.institution if edition.system in LICENSED else None


def tell(supplied: Supplied, what: str, done: int, total: int) -> None:
    """Progress for the page, and the sign of life that keeps others away."""
    said = wording.progress(what, done, total)
    Supplied.objects.filter(pk=supplied.pk).update(progress=said, seen_at=Now())


STEPS = {Supplied.State.TO_CHECK: check, Supplied.State.TO_LOAD: load_file}
