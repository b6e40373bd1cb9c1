"""The tantivy index of every ready release: built beside, swapped in by one rename, opened once per process."""

import hashlib
import logging
import os
import re
import shutil
import tempfile
import threading
from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

import tantivy
from django.conf import settings
from django.db import connections

from codesets import formats, search_meanings, search_words, wording
from codesets.models import Code, CodeNote, IndexEntry, NoRelease, NoteKind, Release, System
from codesets.search_spelling import Vocabulary
from codesets.systems import CODE_SETS

log = logging.getLogger(__name__)
# How rows and words are written, and what they are taken to mean, are inputs too: when one of them changes, every node
# builds its index anew.
CODE = (__file__, search_words.__file__, search_meanings.__file__)
INPUTS = (*map(Path, CODE), search_meanings.SYNONYMS, search_meanings.SAME)
LAYOUT = hashlib.sha256(b"".join(path.read_bytes() for path in INPUTS)).hexdigest()
KEPT = 2  # the index in use, and the one that a process about to open it may still have read the name of
BUILDING = "building-"
AT_ONCE = 5_000  # codes: a small index is written while one waits
DIAGNOSES = "icd10cm"
TEXT_FIELDS = ("title", "terms", "above")
# Chapters 15 and 16, and what guideline I.C.21.c says of a pregnancy or a newborn with codes of chapter 21.
PREGNANCY = ("O", "Z037", "Z33", "Z34", "Z36", "Z37", "Z39", "Z3A")
NEWBORN = ("P", "Z0011", "Z05", "Z38")
# Codes of these kinds appear only when a word of the query asks for them.
ASKED_FOR = ("pregnancy", "newborn")
EXACT_FIELDS = (
    "system", "lacked_by", "code", "prefixes", "bare", "bare_terms", "said", "led", "words", "rest", "side",
    "encounter", "only_if_asked", *ASKED_FOR,
)  # fmt: skip
LATER, ANY_KIND = ("subsequent", "sequela"), "any"
Terms = dict[str, list[str]]  # by code without dot
SAID = ("code", "title", "billable", "billable_length")
Said = tuple[str, str, bool, int]
# Less likely wanted than a diagnosis with the same words: there are many more rows that say much the same.
PROCEDURES_AND_SUPPLIES = -1.5
INDEX_OF = {System.ICD10CM.value: System.CM_INDEX, System.ICD10PCS.value: System.PCS_INDEX}
PROCEDURE_BEGINNING = re.compile(r"\b(?=[A-Z]*[0-9])[0-9A-HJ-NP-Z]{4,7}\b")

_opened: dict[str, "OpenIndex"] = {}
_one_at_a_time = threading.Lock()


class Row(NamedTuple):
    """One code as the index keeps it, so that a page of results needs no database."""

    system: str
    code: str  # without dot
    title: str
    billable: bool
    billable_length: int
    path: str

    def packed(self) -> str:
        return "\t".join(
            (self.system, self.code, str(int(self.billable)), str(self.billable_length), self.path, self.title)
        )

    @classmethod
    def unpacked(cls, text: str) -> "Row":
        system, code, billable, length, path, title = text.split("\t")
        return cls(system, code, title, billable == "1", int(length), path)


class OpenIndex:
    """A searcher over one finished index; safe to use from every thread."""

    def __init__(self, folder: Path) -> None:
        index = tantivy.Index.open(str(folder))
        self.schema = index.schema
        self.searcher = index.searcher()
        self.kept: dict[str, tantivy.Query] = {}
        # Files that vanish while tantivy opens them are noticed only at the first use of a field: use each now.
        for field in (*TEXT_FIELDS, *EXACT_FIELDS):
            self.searcher.doc_freq(field, "")

    def kept_as(self, name: str, build: Callable[[], tantivy.Query]) -> tantivy.Query:
        """What the same words mean again and again: built once a process. Misspellings never come here, so the book's
        words and the terms of the resource bound it."""
        if name not in self.kept:
            self.kept[name] = build()
        return self.kept[name]

    def has_word(self, word: str) -> bool:
        """In the index or in the resource; asked of every word, so it reads no vocabulary."""
        return self.knows("words", word) or word in search_meanings.known_words()

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Every word of the index and of the resource; read when the first unknown word comes."""
        known = self.searcher.terms_with_prefix("words", "")
        return Vocabulary([*known, *search_meanings.known_words().items()])

    def knows(self, field: str, text: str) -> bool:
        return self.searcher.doc_freq(field, text) > 0

    @lru_cache(maxsize=10_000)  # noqa: B019  an index lives as long as its process
    def completions(self, word: str, limit: int) -> tuple[str, ...]:
        """What a word may become while it is typed, the commonest first."""
        return tuple(each for each, _ in self.searcher.terms_with_prefix("words", word, limit=limit))

    def rows(self, query: tantivy.Query, limit: int, *, ranked: bool = True) -> list[Row]:
        weight = "prior" if ranked else None
        found = self.searcher.search(query, limit, count=False, weight_by_field=weight)
        return [Row.unpacked(self.searcher.doc(address)["row"][0]) for _, address in found.hits]

    def every_row(self) -> Iterator[Row]:
        found = self.searcher.search(tantivy.Query.all_query(), self.searcher.num_docs, count=False)
        return (Row.unpacked(self.searcher.doc(address)["row"][0]) for _, address in found.hits)


def open_index(releases: Sequence[Release]) -> OpenIndex:
    """The index of these releases, built now if this node lacks it."""
    name = fingerprint(releases)
    with _one_at_a_time:
        if name not in _opened:
            _opened.clear()
            _opened[name] = _open(name, releases)
        return _opened[name]


class BeingBuilt(NoRelease):
    """An upgrade gave the index another name: until it is built, no release can be searched on a page."""


def open_for_page(releases: Sequence[Release]) -> OpenIndex:
    """A large index that this node lacks is built beside the requests, which are told so."""
    name = fingerprint(releases)
    is_here = name in _opened or (Path(settings.INDEX_DIR) / name).exists()
    if is_here or Code.objects.filter(release__in=releases).count() <= AT_ONCE:
        return open_index(releases)
    if not _one_at_a_time.locked():
        threading.Thread(target=_build_beside, args=(releases,), name=BUILDING, daemon=True).start()
    raise BeingBuilt(wording.BEING_BUILT)


def _build_beside(releases: Sequence[Release]) -> None:
    try:
        open_index(releases)
    finally:
        connections.close_all()


def fingerprint(releases: Sequence[Release]) -> str:
    """The index's name: a hash of all that goes into it."""
    inputs = [LAYOUT, tantivy.__version__, *sorted(f"{each.pk} {each.sha256}" for each in releases)]
    return hashlib.sha256("\n".join(inputs).encode()).hexdigest()[:20]


def build(releases: Sequence[Release]) -> OpenIndex:
    """Write the index in a folder of its own, open it, then swap it in by one rename.

    Opened before the rename, because an open reader keeps its files whatever other processes do to the folder.
    """
    target = Path(settings.INDEX_DIR) / fingerprint(releases)
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=BUILDING, dir=target.parent))
    try:
        opened = write(beside, releases)
        _swap_in(beside, target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    _remove_old(target)
    return opened


def _open(name: str, releases: Sequence[Release]) -> OpenIndex:
    folder = Path(settings.INDEX_DIR) / name
    if folder.exists():
        try:
            return OpenIndex(folder)
        except (ValueError, OSError):
            # Damaged, or taken away by another process between the look and the opening.
            log.warning("The search index %s could not be opened and is built again.", name)
            shutil.rmtree(folder, ignore_errors=True)
    return build(releases)


def _swap_in(beside: Path, target: Path) -> None:
    """When another process was first, its index is as good as ours, and ours is thrown away."""
    beside.chmod(0o755)
    try:
        os.rename(beside, target)
    except OSError as problem:
        if not target.exists():
            log.warning("The search index could not be kept for the next start: %s", problem)


def _remove_old(current: Path) -> None:
    """Readers that hold an old index keep it open; its files go when they let go."""
    others = [each for each in current.parent.iterdir() if each != current and not each.name.startswith(BUILDING)]
    for folder in sorted(others, key=_age, reverse=True)[KEPT - 1 :]:
        shutil.rmtree(folder, ignore_errors=True)


def _age(folder: Path) -> float:
    try:
        return folder.stat().st_mtime
    except FileNotFoundError:  # another process removed it first
        return 0.0


def write(folder: Path, releases: Sequence[Release]) -> OpenIndex:
    """Write the index of these releases into an empty folder and open it."""
    _write(folder, releases)
    return OpenIndex(folder)


def _write(folder: Path, releases: Sequence[Release]) -> None:
    # One thread, one segment: rows keep the order of the book, and a tie goes to the earlier code.
    index = tantivy.Index(_schema(), path=str(folder))
    writer = index.writer(heap_size=200_000_000, num_threads=1)
    for system in CODE_SETS:
        for document in _documents([release for release in releases if release.system == system]):
            writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("row", stored=True, tokenizer_name="raw", index_option="basic")
    for name in TEXT_FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in EXACT_FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    builder.add_float_field("prior", fast=True)
    return builder.build()


def _documents(editions: Sequence[Release]) -> Iterator[tantivy.Document]:
    """One for each life: what several editions of a code set say alike is one row, in the words of the newest."""
    newest_first = sorted(editions, key=lambda each: each.effective_from, reverse=True)
    holders: dict[Said, set[int]] = defaultdict(set)
    for edition in newest_first:
        for said in Code.objects.in_release(edition).values_list(*SAID):
            holders[said].add(edition.pk)
    for edition in newest_first:
        for said, texts in _rows(edition, holders):
            held = holders.pop(said)
            lacked_by = " ".join(str(each.pk) for each in editions if each.pk not in held)
            yield tantivy.Document(**texts, lacked_by=lacked_by, prior=prior(edition.system, said, texts["said"]))


def _rows(edition: Release, wanted: Container[Said]) -> Iterator[tuple[Said, dict[str, str]]]:
    """What is wanted of an edition, row by row in the order of the book, and its fields in the index."""
    terms, led = _inclusion_terms(edition), _led_to(edition)
    spoken = search_meanings.terms_by_code()
    # HCPCS files go on listing what has ended by its own date.
    rows = Code.objects.in_release(edition).exclude(valid_to__lt=edition.effective_from).order_by("position")
    titles: dict[str, str] = {}
    for *columns, block, chapter in rows.values_list(*SAID, "block__name", "block__chapter__name").iterator(5_000):
        code, title, billable, length = columns
        titles[code] = title
        if (code, title, billable, length) not in wanted:
            continue
        headers = [prefix for prefix in formats.prefixes(code) if prefix in titles]
        place = [wording.chapter(chapter), wording.block(block)] if chapter else []
        shown = (formats.written(edition.system, header) for header in headers)
        row = Row(edition.system, code, title, billable, length, " › ".join([*place, *shown]))
        above = [titles[header] for header in headers] + [term for header in headers for term in terms.get(header, ())]
        ways = [way for prefix in (*formats.prefixes(code), code) for way in led.get(prefix, ())]
        said = spoken.get((row.system, code), [])
        yield (code, title, billable, length), _fields(row, terms.get(code, []), said, ways, above)


def _fields(row: Row, terms: list[str], said: list[str], led: list[str], above: list[str]) -> dict[str, str]:
    title, rest = search_words.core(row.title)
    texts = {
        "row": row.packed(),
        "system": row.system,
        "code": row.code,
        "prefixes": " ".join(row.code[: length + 1] for length in range(len(row.code))),
        "title": " ".join(title),
        "rest": " ".join(rest),
        "side": search_words.side(row.title),
        "encounter": search_words.encounter(row.title),
        "bare": search_words.bare(row.title) if row.billable else "",
        "bare_terms": " ".join(map(search_words.bare, terms)) if row.billable else "",
        "said": " ".join(search_words.bag(search_words.content_words(term)) for term in said),
        "led": " ".join(search_words.bag(search_words.content_words(path)) for path in led if row.system == DIAGNOSES),
        "terms": " ".join(stem for term in (*terms, *said, *led) for stem in search_words.stems(term)),
        "above": " ".join(frozenset().union(*map(_stemmed, above))),
        "words": " ".join(
            {word for text in (row.title, *terms, *said, *led) for word in search_words.content_words(text)}
        ),
    }
    asked_by = _asked_by(row, title)
    kinds = [*asked_by, *(["later"] if texts["encounter"] in LATER else [])]
    return texts | asked_by | {"only_if_asked": " ".join([*kinds, ANY_KIND] if kinds else [])}


@lru_cache(maxsize=4_096)
def _stemmed(text: str) -> frozenset[str]:
    """A header's words are asked for by every code below it, one after the other."""
    return frozenset(search_words.stems(text))


def _asked_by(row: Row, title: list[str]) -> dict[str, str]:
    """Which kinds of code this is that nobody wants unasked, each with the words that ask for it."""
    kinds = ((PREGNANCY, "pregnancy"), (NEWBORN, "newborn"))
    is_diagnosis = row.system == DIAGNOSES
    return {field: " ".join(title) for beginnings, field in kinds if is_diagnosis and row.code.startswith(beginnings)}


def prior(system: str, row: Said, terms: str) -> float:
    """How much likelier a coder wants this row than another with the same words: log2(2 + prior) times the score.

    `terms` are those that stand for the code when they are said alone.
    """
    _, title, billable, _ = row
    lowered = title.lower()
    weight = PROCEDURES_AND_SUPPLIES if system != DIAGNOSES else 0.0
    weight += 3.0 if billable else 0.0
    # The default of a bare term is the unspecified code.
    weight += 1.5 if "unspecified" in lowered or "not specified" in lowered else 0.0
    # A first visit is coded far more often than a later one, a closed fracture more often than an open one.
    weight += 0.0 if "subsequent encounter" in lowered or "sequela" in lowered else 2.5
    weight += 0.5 if "closed fracture" in lowered or "routine healing" in lowered else 0.0
    # A procedure treats; that it only looks is said.
    weight -= 1.0 if lowered.endswith(", diagnostic") else 0.0
    # Guideline I.C.6.a: the right side is taken for the dominant one, the left for the other.
    weight += 1.0 if "right dominant" in lowered or "left non-dominant" in lowered else 0.0
    # What the ward has many words for is what the ward sees often.
    return weight + min(0.3 * len(terms.split()), 2.0)


def _inclusion_terms(release: Release) -> Terms:
    found: Terms = defaultdict(list)
    notes = CodeNote.objects.filter(release=release, kind__in=[NoteKind.INCLUSION_TERM, NoteKind.INCLUDES])
    for holder, text in notes.values_list("holder", "text").iterator():
        found[holder].append(text)
    return found


def _led_to(release: Release) -> Terms:
    """The ways through the newest index of these codes, by the code or the beginning that each of them prints."""
    found: Terms = defaultdict(list)
    index = INDEX_OF.get(release.system)
    newest = Release.objects.filter(system=index, state=Release.State.READY).order_by("-effective_from")[:1]
    entries = IndexEntry.objects.filter(release__in=newest.values("pk")).exclude(code="", see="")
    for path, code, see in entries.values_list("path", "code", "see").iterator():
        for each in _printed(release.system, code, see):
            found[each].append(path.replace("›", " "))
    return found


def _printed(system: str, code: str, see: str) -> list[str]:
    """Diagnoses: a finished code. Procedures: a beginning at least as long as a table and a body part; "see Resection,
    Gallbladder 0FT4" prints one, too."""
    if system == DIAGNOSES:
        return [formats.strip(code)] if code and not code.endswith("-") else []
    return PROCEDURE_BEGINNING.findall(f"{code} {see}")
