"""Write one edition: in batches under a release that nobody sees, then one small transaction shows it."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain, islice
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from accounts.models import Institution
from codesets import cpt
from codesets import models as rows
from codesets.differences import Difference, Held
from codesets.lives import difference
from codesets.loaders import cpt_files, edits, guidelines, lists, pcs_definitions, pcs_tables, poa_exempt
from codesets.loaders.archive import Refused, refusing
from codesets.loaders.edition import CodeRow, Edition, SectionRow
from codesets.loaders.icd10cm_tabular import NoteRow
from codesets.loaders.indexes import IndexRow
from codesets.models import Code, CodeNote, Release, Section, System
from codesets.models.supplied import SILENT_FOR

# Small enough that another process waits only moments for the write lock.
BATCH = 2_000
# A load that wrote nothing for so long has died; whoever loads next takes its rows away.
FORGOTTEN_AFTER = timedelta(days=1)
MODELS: dict[type[Any], type[models.Model]] = {
    NoteRow: CodeNote,
    IndexRow: rows.IndexEntry,
    pcs_tables.TableRow: rows.PcsTable,
    pcs_tables.ValuesRow: rows.PcsRow,
    pcs_definitions.TermRow: rows.PcsTerm,
    lists.ListedRow: rows.ListedCode,
    lists.ExclusionRow: rows.CcExclusion,
    lists.DrgRow: rows.Drg,
    lists.HccRow: rows.HccMapping,
    guidelines.SectionText: rows.GuidelineSection,
    edits.PairRow: rows.CodingEdit,
    edits.LimitRow: rows.UnitLimit,
    cpt_files.LicensedRow: rows.LicensedCode,
}
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Loaded:
    """The release that now holds the edition; `is_new` is false when the same content was there already."""

    release: Release
    is_new: bool


def silent(what: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def load(edition: Edition, *, now: datetime, **given: Any) -> Loaded:
    """Written and shown at once; see `write`."""
    written = write(edition, now=now, **given)
    return replace(written, release=show(written.release, now=now)) if written.is_new else written


def write(
    edition: Edition,
    *,
    source: str,
    now: datetime,
    institution: Institution | None = None,
    progress: Progress = silent,
) -> Loaded:
    """The whole edition, once per content; a new one is not shown yet. What another source of the same dates alone
    knows is carried on."""
    if edition.system == System.CPT:
        _require_licence(edition, institution, now)
    held = same_dates(edition, institution).first()
    if held is not None and is_held(edition, held):
        return Loaded(held, is_new=False)
    content = fingerprint(edition)
    edition = carry_on(edition, held)
    release = open_release(edition, content=content, source=source, institution=institution, held=held, now=now)

    def alive(what: str, done: int, total: int) -> None:
        Release.objects.filter(pk=release.pk).update(loaded_at=Now())
        progress(what, done, total)

    try:
        with refusing(edition.member):
            write_rows(release, edition, alive)
    except BaseException:
        discard(release)
        raise
    return Loaded(release, is_new=True)


def is_held(edition: Edition, held: Release) -> bool:
    """The same content, or a selection of ours beside the official file that somebody loaded: that one stays. A newer
    selection does take the place of an older one."""
    return fingerprint(edition) in held.contents or (edition.gives_way and held.label != edition.label)


def is_there(edition: Edition, institution: Institution | None = None) -> bool:
    """Loading it would write nothing."""
    held = same_dates(edition, institution).first()
    return held is not None and is_held(edition, held)


def _require_licence(edition: Edition, institution: Institution | None, now: datetime) -> None:
    try:
        cpt.require_licence(institution, edition.label, on=now.date())
    except cpt.NoLicence as problem:
        raise Refused(str(problem)) from problem


def plan(
    edition: Edition, institution: Institution | None = None, *, waiting: Sequence[Release] = ()
) -> Difference | None:
    """What loading it would change: against the release of the same dates, else against the one before, which may
    be written and not shown yet."""
    held = same_dates(edition, institution).first()
    if not edition.codes or (held is not None and is_held(edition, held)):
        return None
    before = Release.objects.ready(edition.system, institution).filter(effective_from__lt=edition.effective_from)
    earlier = [*before, *(each for each in waiting if each.system == edition.system)]
    follows = held or max(earlier, key=lambda each: each.effective_from, default=None)
    starts = edition.effective_from
    alive = (row for row in edition.codes if row.valid_to is None or row.valid_to >= starts)
    return difference({row.code: Held(row.title, row.billable) for row in alive}, follows)


def fingerprint(edition: Edition) -> str:
    """The content of a release is its file and our facts about it: when either changes, it is another load."""
    facts = poa_exempt.facts_file(edition.label) if edition.system == System.ICD10CM else None
    known = facts.read_bytes() if facts and facts.exists() else b""
    return hashlib.sha256(edition.sha256.encode() + known).hexdigest()


def same_dates(of: Edition | Release, institution: Institution | None) -> QuerySet[Release]:
    held = Release.objects.ready(of.system, institution)
    return held.filter(effective_from=of.effective_from, effective_to=of.effective_to)


def carry_on(edition: Edition, held: Release | None) -> Edition:
    """The order file has no notes and the Tabular List no official titles: each keeps what the other brought. The order
    file of an update keeps the notes of the year that it updates."""
    if not edition.codes:
        return edition
    if held and held.titles_are_official and not edition.titles_are_official:
        edition = replace(edition, codes=_with_titles_of(held, edition.codes), titles_are_official=True)
    covering = Release.objects.covering(edition.system, edition.effective_from)
    if not edition.sections and (noted := covering.exclude(sections=None).first()):
        edition = replace(edition, **_places_of(noted, edition.codes))
    return edition


def _with_titles_of(held: Release, codes: list[CodeRow]) -> list[CodeRow]:
    """Official titles stay; one that differs in more than accents is told by the diff."""
    titles = Code.objects.in_release(held).values_list("code", "title", "short_title")
    official = {code: {"title": title, "short_title": short} for code, title, short in titles}
    return [row._replace(**official.get(row.code, {})) for row in codes]


def _places_of(held: Release, codes: list[CodeRow]) -> dict[str, Any]:
    sections = list(held.sections.select_related("chapter"))
    blocks = dict(Code.objects.in_release(held).categories().values_list("code", "block__name"))
    notes = CodeNote.objects.filter(release=held).order_by("pk").values_list("holder", "kind", "position", "text")
    return {
        "sections": [SectionRow(each.name, each.title, each.chapter.name if each.chapter else "") for each in sections],
        "codes": [row._replace(block=blocks.get(row.code[:3]) or "") for row in codes],
        "others": [[NoteRow(*note) for note in notes]],
    }


def clear_way(content: str, institution: Institution | None, now: datetime) -> None:
    """What loads that died left behind goes. Raises Refused while somebody else writes the same content."""
    loading = Release.objects.filter(state=Release.State.LOADING)
    same = Q(sha256=content, loaded_at__lt=now - SILENT_FOR)
    for left in loading.filter(same | Q(loaded_at=None) | Q(loaded_at__lt=now - FORGOTTEN_AFTER)):
        discard(left)
    if taken := loading.filter(sha256=content, institution=institution).first():
        raise Refused(f"{taken} is being loaded just now: wait until it is ready, or five minutes if that broke off.")


def open_release(
    edition: Edition,
    *,
    content: str,
    source: str,
    now: datetime,
    institution: Institution | None = None,
    held: Release | None = None,
) -> Release:
    """A release in state loading, alive from now on."""
    clear_way(content, institution, now)
    return Release.objects.create(
        system=edition.system,
        institution=institution,
        label=edition.label,
        effective_from=edition.effective_from,
        effective_to=edition.effective_to,
        sha256=content,
        contents=[content, *(held.contents if held and edition.codes else [])],
        titles_are_official=edition.titles_are_official,
        notice=edition.notice,
        source=source,
        loaded_at=now,
    )


def discard(release: Release) -> None:
    """Take away the rows of a load that did not end, in batches like those that wrote them."""
    for model in (*MODELS.values(), Code):
        left = model._base_manager.filter(release=release)
        while some := list(left.values_list("pk", flat=True)[:BATCH]):
            model._base_manager.filter(pk__in=some).delete()
    release.delete()


@transaction.atomic
def show(release: Release, *, now: datetime) -> Release:
    """Flip to ready; an earlier source of the same dates retires in the same moment."""
    same_dates(release, release.institution).update(state=Release.State.RETIRED)
    Release.objects.filter(pk=release.pk, state=Release.State.LOADING).update(state=Release.State.READY, loaded_at=now)
    release.refresh_from_db()
    return release


def write_rows(release: Release, edition: Edition, progress: Progress = silent) -> None:
    sections = _write_sections(release, edition.sections)
    for done in _written(Code, _codes(release, edition, sections)):
        progress("Writing codes", done, len(edition.codes))
    for others in edition.others:
        if others:
            _write_others(release, others, progress)
    if edition.system == System.POA_EXEMPT:
        poa_exempt.mark(release, BATCH)


def billable_lengths(codes: list[CodeRow]) -> dict[str, int]:
    """For every row the length of the shortest billable code at or below it."""
    lengths: dict[str, int] = {}
    for row in reversed(codes):
        own = len(row.code) if row.billable else lengths.get(row.code, len(row.code))
        lengths[row.code] = own
        lengths[row.parent] = min(own, lengths.get(row.parent, own))
    return lengths


def _codes(release: Release, edition: Edition, sections: dict[str, Section]) -> Iterator[Code]:
    lengths = billable_lengths(edition.codes)
    exempt = poa_exempt.exemption(release)
    for position, row in enumerate(edition.codes):
        yield Code(
            release=release,
            code=row.code,
            title=row.title,
            short_title=row.short_title,
            billable=row.billable,
            billable_length=lengths[row.code],
            parent=row.parent,
            block=sections.get(row.block),
            poa_exempt=exempt(row.code, row.billable),
            position=position,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            is_modifier=row.is_modifier,
            particulars=row.particulars or {},
        )


def _write_sections(release: Release, sections: list[SectionRow]) -> dict[str, Section]:
    made: dict[str, Section] = {}
    for position, row in enumerate(sections):
        chapter = made.get(row.chapter)
        made[row.name] = Section(release=release, name=row.name, title=row.title, chapter=chapter, position=position)
        made[row.name].save(force_insert=True)
    return made


def _write_others(release: Release, others: list[Any], progress: Progress) -> None:
    model = MODELS[type(others[0])]
    made = (model(release=release, **row._asdict()) for row in others)
    for done in _written(model, made):
        progress(f"Writing {model._meta.verbose_name_plural}", done, len(others))


def _written(model: type[models.Model], made: Iterator[Any]) -> Iterable[int]:
    """Write in batches, and say after each how many rows stand.

    Values are prepared before the transaction begins, so that the write lock is held for the inserts alone.
    """
    fields = [each for each in model._meta.concrete_fields if not each.primary_key]
    done = 0
    while batch := list(islice(made, BATCH)):
        values = [[each.get_db_prep_save(getattr(row, each.attname), connection) for each in fields] for row in batch]
        _insert(model, fields, values)
        done += len(batch)
        yield done


@transaction.atomic
def _insert(model: type[models.Model], fields: list[Any], values: list[list[Any]]) -> None:
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(each.column) for each in fields)
    into = f"INSERT INTO {quoted(model._meta.db_table)} ({columns}) VALUES "  # noqa: S608, names of our own models
    row = f"({', '.join(['%s'] * len(fields))})"
    at_once = (connection.features.max_query_params or 10_000) // len(fields)
    with connection.cursor() as cursor:
        for first in range(0, len(values), at_once):
            some = values[first : first + at_once]
            cursor.execute(into + ", ".join([row] * len(some)), list(chain.from_iterable(some)))
