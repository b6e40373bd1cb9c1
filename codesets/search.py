"""Find codes the way coders ask for them: by prefix, by words, abbreviations and misspellings.

Without a date the newest loaded release answers and is named; with one, the release in force on it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tantivy import Occur, Query

from codesets import formats, search_index, search_words, wording
from codesets.models import NoRelease, Release
from codesets.search_index import OpenIndex, Row

Group = tuple[list[str], search_words.Synonym | None]
MAX_QUERY = 200
WEIGHTS = {"title": 3.0, "terms": 2.4, "above": 0.8}
COMPLETED, MISSPELT = 0.6, 0.7  # a completed or corrected word counts less than the word itself
COMPLETIONS = 8
# A title or an inclusion term that says just what was asked for: the default code of a bare term.
BARE = {"bare": 30.0, "bare_terms": 20.0}


@dataclass(frozen=True)
class Hit:
    """One line of an answer. `needs` is empty when the code is billable; `path` leads from the chapter down to it."""

    system: str
    code: str
    title: str
    billable: bool
    needs: str
    path: str


@dataclass(frozen=True)
class Found:
    """The answer, and the label of the release that gave it."""

    release: str
    results: list[Hit]


def find(
    query: str, *, on: date | None = None, systems: tuple[str, ...] = ("icd10cm",), viewer: Any = None, limit: int = 8
) -> Found:
    """Raises NoRelease, whose message is the sentence to show, when no loaded release covers `on`.

    `viewer` is who asks: code sets under licence are shown to the people of the institution that holds it.
    """
    ready = list(Release.objects.filter(state=Release.State.READY))
    chosen = [_chosen(system, on, ready) for system in systems]
    others = [release for release in ready if release not in chosen]
    rows = search_all_but(search_index.open_index(ready), query, others, limit)
    return Found(", ".join(release.label for release in chosen), [_hit(row) for row in rows])


def build_index() -> None:
    """Write the index of the ready releases now, so that nobody's first search waits for it."""
    search_index.open_index(list(Release.objects.filter(state=Release.State.READY)))


def search_all_but(index: OpenIndex, query: str, others: Sequence[Release], limit: int) -> list[Row]:
    """The engine alone: no statement, no wording. Leaving releases out is cheaper than demanding one from each row."""
    typed = query[:MAX_QUERY]
    outside = [_exactly(index, "release", str(release.pk)) for release in others]
    return _by_code(index, typed, outside, limit) or _by_words(index, typed, outside, limit)


def _chosen(system: str, on: date | None, ready: list[Release]) -> Release:
    held = sorted((each for each in ready if each.system == system), key=lambda each: each.effective_from)
    covering = [each for each in held if on is None or each.effective_from <= on <= each.effective_to]
    if not covering:
        raise NoRelease(wording.no_release(system, on, held))
    return covering[-1]


def _hit(row: Row) -> Hit:
    missing = formats.missing_characters(row.code, row.billable_length)
    return Hit(row.system, formats.dotted(row.code), row.title, row.billable, wording.needs(missing), row.path)


def _by_code(index: OpenIndex, typed: str, outside: list[Query], limit: int) -> list[Row]:
    """The code itself, then what stands below it, in the order of the book; look-alikes only when nothing begins so."""
    for spelling in formats.beginnings(typed):
        begins = Query.const_score_query(_exactly(index, "prefixes", spelling), 1.0)
        if rows := index.rows(_but(begins, outside), limit, ranked=False):
            return rows
    return []


def _by_words(index: OpenIndex, typed: str, outside: list[Query], limit: int) -> list[Row]:
    """All words first, any word only when nothing has them all; pregnancy and newborn codes when asked for."""
    groups = search_words.split_phrases(search_words.content_words(typed))
    readings = [_group(index, *group, last=group is groups[-1]) for group in groups]
    clauses = [clause for clause in readings if clause is not None]
    bare, unasked = _bare(index, groups), _unasked(index, groups)
    for occur, without in ((Occur.Must, unasked), (Occur.Must, []), (Occur.Should, unasked)) if clauses else ():
        wanted = Query.boolean_query([(occur, clause) for clause in clauses])
        lifted = Query.boolean_query([(Occur.Must, wanted), *((Occur.Should, each) for each in bare)])
        if rows := index.rows(_but(lifted, outside + without), limit):
            return _pinned(index, groups, outside, rows, limit)
    return []


def _bare(index: OpenIndex, groups: list[Group]) -> list[Query]:
    """What lifts the codes whose title is the query; a single word still being typed may become several titles."""
    meant = " ".join(word for group in groups for word in _meant(*group))
    asked = {search_words.bare(meant)}
    if len(groups) == 1 and groups[0][1] is None:
        asked |= {
            search_words.stem(word) for word, _ in index.searcher.terms_with_prefix("words", meant, limit=COMPLETIONS)
        }
    return [
        Query.const_score_query(_exactly(index, field, text), weight)
        for field, weight in BARE.items()
        for text in sorted(asked)
    ]


def _pinned(index: OpenIndex, groups: list[Group], outside: list[Query], rows: list[Row], limit: int) -> list[Row]:
    """An abbreviation said alone stands for one code: that one first."""
    alone = groups[0][1] if len(groups) == 1 else None
    if alone is None or not alone.code:
        return rows
    exact = _exactly(index, "code", formats.strip(alone.code))
    first = index.rows(_but(exact, outside), 1, ranked=False)
    return (first + [row for row in rows if row not in first])[:limit]


def _group(index: OpenIndex, words: list[str], synonym: search_words.Synonym | None, *, last: bool) -> Query | None:
    """What was typed, or what it means: the better of the two counts."""
    if synonym is None:
        return _word(index, words[0], partial=last)
    meant = _all_words(index, search_words.content_words(synonym.means))
    return Query.disjunction_max_query([_all_words(index, words), meant])


def _all_words(index: OpenIndex, words: list[str]) -> Query:
    return Query.boolean_query([(Occur.Must, _stem(index, search_words.stem(word), 1.0)) for word in words])


def _word(index: OpenIndex, word: str, *, partial: bool) -> Query | None:
    """The word; what it may become while it is typed; only an unknown word is read as a misspelling."""
    stem = search_words.stem(word)
    known = any(index.searcher.doc_freq(field, stem) for field in WEIGHTS)
    readings = {stem: 1.0} if known else {}
    if (partial or not known) and len(word) > 1:
        completed = index.searcher.terms_with_prefix("words", word, limit=COMPLETIONS)
        readings = {search_words.stem(each): COMPLETED for each, _ in completed} | readings
    if not readings:
        near = search_words.corrections(word.removesuffix("s"), index.vocabulary)
        readings = {search_words.stem(each): MISSPELT / (1 + place) for place, each in enumerate(near)}
    if not readings:
        return None
    return Query.disjunction_max_query([_stem(index, each, weight) for each, weight in readings.items()])


def _stem(index: OpenIndex, stem: str, weight: float) -> Query:
    fields = ((field, weight * share) for field, share in WEIGHTS.items())
    return Query.disjunction_max_query(
        [Query.boost_query(Query.term_query(index.schema, field, stem, "freq"), boost) for field, boost in fields]
    )


def _exactly(index: OpenIndex, field: str, text: str) -> Query:
    return Query.term_query(index.schema, field, text, "basic")


def _but(wanted: Query, unwanted: list[Query]) -> Query:
    return Query.boolean_query([(Occur.Must, wanted), *((Occur.MustNot, each) for each in unwanted)])


def _unasked(index: OpenIndex, groups: list[Group]) -> list[Query]:
    """Codes of pregnancy, newborns and later visits stay out unless a word belongs mostly to them: "trimester" asks
    for the first kind, "anemia" for none."""
    typed = [search_words.stem(word) for group in groups for word in _meant(*group)]
    return [
        _exactly(index, "only_if_asked", kind)
        for kind in search_index.ASKED_FOR
        if not any(_belongs(index, kind, stem) for stem in typed)
    ]


def _meant(words: list[str], found: search_words.Synonym | None) -> list[str]:
    return search_words.content_words(found.means) if found else words


def _belongs(index: OpenIndex, field: str, stem: str) -> bool:
    inside = index.searcher.doc_freq(field, stem)
    return inside > 0 and 2 * inside > index.searcher.doc_freq("title", stem)
