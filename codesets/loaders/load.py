"""Write one edition of a code set: in batches under a release that nobody sees, then one small transaction shows it."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path

from django.db import transaction

from codesets.loaders import icd10cm_tabular, poa_exempt
from codesets.loaders.icd10cm_tabular import Tabular
from codesets.models import Code, CodeNote, Release, Section, System

# Small enough that another process waits only moments for the write lock.
BATCH = 2_000
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Loaded:
    """The release that now holds the edition; `is_new` is false when the same content was there already."""

    release: Release
    is_new: bool


def silent(what: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def load_icd10cm(path: Path, *, source: str, now: datetime, progress: Progress = silent) -> Loaded:
    """The whole Tabular List, once per content. Raises NotTheTabularList before anything is written."""
    progress("Reading the Tabular List", 0, 1)
    tabular = icd10cm_tabular.read(path)
    label = f"FY{tabular.version}"
    facts = poa_exempt.facts_file(label)
    content = fingerprint(tabular.sha256, facts)
    if present := Release.objects.ready(System.ICD10CM).filter(sha256=content).first():
        return Loaded(present, is_new=False)
    release = open_release(tabular, label=label, content=content, source=source)
    write_rows(release, tabular, poa_exempt.read_rules(facts), progress)
    return Loaded(show(release, now=now), is_new=True)


def fingerprint(sha256: str, facts: Path) -> str:
    """The content of a release is its file and our facts about it: when either changes, it is another load."""
    return hashlib.sha256(sha256.encode() + facts.read_bytes()).hexdigest()


def open_release(tabular: Tabular, *, label: str, content: str, source: str) -> Release:
    """A release in state loading; what an interrupted load of the same content left behind goes first."""
    Release.objects.filter(system=System.ICD10CM, sha256=content, state=Release.State.LOADING).delete()
    year = int(tabular.version)
    return Release.objects.create(
        system=System.ICD10CM,
        label=label,
        # A federal fiscal year starts in October of the year before.
        effective_from=date(year - 1, 10, 1),
        effective_to=date(year, 9, 30),
        sha256=content,
        source=source,
    )


@transaction.atomic
def show(release: Release, *, now: datetime) -> Release:
    """Flip to ready; an earlier source of the same dates retires in the same moment."""
    same_dates = Release.objects.ready(release.system).filter(
        effective_from=release.effective_from, effective_to=release.effective_to
    )
    same_dates.update(state=Release.State.RETIRED)
    Release.objects.filter(pk=release.pk, state=Release.State.LOADING).update(state=Release.State.READY, loaded_at=now)
    release.refresh_from_db()
    return release


def write_rows(release: Release, tabular: Tabular, rules: poa_exempt.Rules, progress: Progress = silent) -> None:
    sections = _write_sections(release, tabular)
    lengths = billable_lengths(tabular)
    codes = (
        Code(
            release=release,
            code=row.code,
            title=row.title,
            billable=row.billable,
            billable_length=lengths[row.code],
            parent=row.parent,
            block=sections[row.block],
            poa_exempt=row.billable and poa_exempt.is_exempt(row.code, rules),
            position=position,
        )
        for position, row in enumerate(tabular.codes)
    )
    for done in _written(Code, codes):
        progress("Writing codes", done, len(tabular.codes))
    notes = (CodeNote(release=release, **row._asdict()) for row in tabular.notes)
    for done in _written(CodeNote, notes):
        progress("Writing notes", done, len(tabular.notes))


def billable_lengths(tabular: Tabular) -> dict[str, int]:
    """For every row the length of the shortest billable code at or below it."""
    lengths: dict[str, int] = {}
    for row in reversed(tabular.codes):
        own = len(row.code) if row.billable else lengths[row.code]
        lengths[row.code] = own
        lengths[row.parent] = min(own, lengths.get(row.parent, own))
    return lengths


def _write_sections(release: Release, tabular: Tabular) -> dict[str, Section]:
    made: dict[str, Section] = {}
    for position, row in enumerate(tabular.sections):
        chapter = made.get(row.chapter)
        made[row.name] = Section(release=release, name=row.name, title=row.title, chapter=chapter, position=position)
        made[row.name].save(force_insert=True)
    return made


def _written(model: type[Code] | type[CodeNote], rows: Iterator[Code] | Iterator[CodeNote]) -> Iterable[int]:
    """Write in batches, and say after each how many rows stand."""
    done = 0
    while batch := list(islice(rows, BATCH)):
        model._base_manager.bulk_create(batch)
        done += len(batch)
        yield done
