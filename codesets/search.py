"""Find codes the way coders ask for them: by prefix, by words, abbreviations and misspellings.

Without a date the newest loaded release answers and is named; with one, the release in force on it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tantivy import Occur, Query

from codesets import formats, search_index, search_meanings, search_words, wording
from codesets.models import NoRelease, Release
from codesets.search_index import OpenIndex, Row
from codesets.systems import CODE_SETS, System

Group = tuple[list[str], search_meanings.Synonym | None]
Clause = tuple[Occur, Query]
Level = tuple[list[Query], int]  # so many of these
MAX_QUERY = 200
WEIGHTS = {"title": 3.0, "terms": 2.4, "above": 0.8}
SAME = 0.85  # another word for the same thing counts less than the word itself
BEGUN = 2.0  # a word that may become the one that was begun
REST = 0.5  # a word that only tells the side, the encounter or the default
COMPLETIONS = 12
ENOUGH = 3  # rows; fewer are followed by what the looser readings find
# A title, an inclusion term or a term of the resource that says just what was asked for: the default of a bare term.
LIFTS = {"said": 60.0, "led": 50.0, "bare": 45.0, "bare_terms": 35.0}
UNFINISHED = 0.8  # of this, while the last word is still being typed
RARER = 0.03  # less for each commoner word that begins so
NEARBY = 4.0  # for each character that a code shares with the default code of a term in the query, from the third
ENDINGS = frozenset(["s", "es", "ed", "ing", "ly", "al", "er"])
SHORTEST_JOINED, SHORTEST_BEGUN = 7, 4  # letters
SIDED = 3.0  # the side that was asked for, where the other side is all there is beside


@dataclass(frozen=True)
class Hit:
    """One line of an answer. `needs` is empty when the code is billable; `path` leads from the chapter down to it."""

    system: str
    release: str
    code: str
    title: str
    billable: bool
    needs: str
    path: str

    @property
    def code_set(self) -> str:
        return System(self.system).label


@dataclass(frozen=True)
class Found:
    """The answer, the label of each release that was asked, and what must be settled before any of it is coded."""

    releases: dict[str, str]  # by code set
    results: list[Hit]
    warning: str = ""

    @property
    def asked(self) -> str:
        """The code sets that were asked, each with its release."""
        return " · ".join(f"{System(system).label} {label}" for system, label in self.releases.items())

    @property
    def release(self) -> str:
        """Of the first code set that was asked: the diagnoses, unless others were meant."""
        return next(iter(self.releases.values()), "")


def find(
    query: str,
    *,
    on: date | None = None,
    systems: tuple[str, ...] = (),
    limit: int = 8,
    waits: bool = True,
) -> Found:
    """Every loaded code set, or those of `systems`. Raises NoRelease, whose message is the sentence to show, when no
    loaded release covers `on`; without `systems` only the diagnoses must be covered, the others join where they are.

    Code sets under licence are asked apart (codesets.cpt). Whoever does not wait gets BeingBuilt, with its sentence,
    while a large index is built.
    """
    ready = searched()
    chosen = chosen_releases(ready, on, systems)
    index = search_index.open_index(ready) if waits else search_index.open_for_page(ready)
    rows = search_rows(index, query, chosen, limit)
    warning = search_meanings.warning_for(search_words.content_words(query[:MAX_QUERY]))
    labels = {release.system: release.label for release in chosen}
    return Found(labels, [_hit(row, labels) for row in rows], str(warning or ""))


def build_index(coming: Sequence[Release] = ()) -> None:
    """Write the index now, so that nobody's first search waits for it: of the ready releases, with those that are
    about to be shown in the place of what they retire."""
    retired = {(each.system, each.effective_from, each.effective_to) for each in coming}
    kept = [each for each in searched() if (each.system, each.effective_from, each.effective_to) not in retired]
    search_index.open_index([*kept, *coming])


def searched() -> list[Release]:
    """The shared code sets, and the indexes that tell what leads to their codes."""
    systems = [*CODE_SETS, *search_index.INDEX_OF.values()]
    return list(Release.objects.filter(state=Release.State.READY, institution=None, system__in=systems))


def chosen_releases(ready: Sequence[Release], on: date | None, systems: Sequence[str]) -> list[Release]:
    """One release of each code set that is asked."""
    asked = systems or (search_index.DIAGNOSES,)
    chosen = [_chosen(system, on, ready) for system in asked]
    others = () if systems else (system for system in CODE_SETS if system not in asked)
    return chosen + [held[-1] for system in others if (held := _covering(system, on, ready))]


def search_rows(index: OpenIndex, query: str, chosen: Sequence[Release], limit: int) -> list[Row]:
    """The engine alone: no statement, no wording. What a release lacks is little, so leaving it out is cheap."""
    typed = query[:MAX_QUERY]
    outside = [_exactly(index, "lacked_by", str(release.pk)) for release in chosen]
    asked = {release.system for release in chosen}
    outside += [_exactly(index, "system", system) for system in CODE_SETS if system not in asked]
    return _by_code(index, typed, outside, limit) or _by_name(index, typed, outside, limit)


def _chosen(system: str, on: date | None, ready: Sequence[Release]) -> Release:
    if covering := _covering(system, on, ready):
        return covering[-1]
    raise NoRelease(wording.no_release(system, on, [each for each in ready if each.system == system]))


def _covering(system: str, on: date | None, ready: Sequence[Release]) -> list[Release]:
    held = sorted((each for each in ready if each.system == system), key=lambda each: each.effective_from)
    return [each for each in held if on is None or each.effective_from <= on <= each.effective_to]


def _hit(row: Row, labels: Mapping[str, str]) -> Hit:
    missing = formats.missing_characters(row.code, row.billable_length)
    code = formats.written(row.system, row.code)
    needs = wording.needs(missing) or ("" if row.billable else wording.MODIFIER)
    return Hit(row.system, labels[row.system], code, row.title, row.billable, needs, row.path)


def _by_code(index: OpenIndex, typed: str, outside: list[Query], limit: int) -> list[Row]:
    """The code itself, then what stands below it, in the order of the book; look-alikes only when nothing begins so."""
    for spelling in formats.beginnings(typed):
        begins = (Occur.Must, Query.const_score_query(_exactly(index, "prefixes", spelling), 1.0))
        if rows := index.rows(_but([begins], outside), limit, ranked=False):
            return rows
    return []


def _by_name(index: OpenIndex, typed: str, outside: list[Query], limit: int) -> list[Row]:
    """Two letters may be a modifier: LT stands first, RA behind what rheumatoid arthritis finds first."""
    found = _by_words(index, typed, outside, limit)
    modifier = formats.strip(typed)
    if len(modifier) == formats.MODIFIER:
        named = index.rows(_but([(Occur.Must, _exactly(index, "code", modifier))], outside), 1, ranked=False)
        before = int(search_words.bag(search_words.content_words(typed)) in search_meanings.by_bag())
        found = list(dict.fromkeys([*found[:before], *named, *found]))
    return found[:limit]


def _by_words(index: OpenIndex, typed: str, outside: list[Query], limit: int) -> list[Row]:
    """All words first, then all but one, then any; pregnancy and newborn codes only when asked for."""
    asked = _asked(typed)
    words = _known(index, asked.words)
    groups = search_meanings.split_phrases(words)
    clauses = _clauses(index, groups)
    whole = search_meanings.by_bag().get(search_words.bag(words))
    unasked = [] if not clauses else _unasked(index, groups, whole)
    lifts = _lifts(index, words, asked, whole) + _nearby(index, groups)
    meant = [_all_words(index, search_words.content_words(whole.means))] if whole else []
    found: dict[Row, None] = {}
    for some, needed, narrowed, without in _attempts(index, words, clauses, asked=asked, unasked=unasked):
        if found and not without:  # what nobody asks for is better than nothing only
            continue
        wanted = _at_least(needed, some, meant) + [(Occur.Must, each) for each in narrowed]
        lifted = [(Occur.Should, each) for each in lifts]
        found |= dict.fromkeys(index.rows(_but(wanted + lifted, outside + without), limit))
        if len(found) >= min(limit, ENOUGH):
            break
    return list(found)[:limit]


def _clauses(index: OpenIndex, groups: list[Group]) -> list[Query]:
    readings = [_group(index, *group, last=group is groups[-1]) for group in groups]
    return [clause for clause in readings if clause is not None]


def _at_least(needed: int, clauses: list[Query], meant: list[Query]) -> list[Clause]:
    """An intersection is found by skipping ahead; only fewer than all must be counted. What the whole query means
    does as well as all its words."""
    if needed < len(clauses):
        some = [(Occur.Should, each) for each in clauses]
        return [(Occur.Must, Query.boolean_query(some, minimum_number_should_match=needed))]
    every = [(Occur.Must, each) for each in clauses]
    return [(Occur.Must, Query.disjunction_max_query([Query.boolean_query(every), *meant]))] if meant else every


def _asked(typed: str) -> search_words.Asked:
    """A term of the resource is taken whole: "sequela of stroke" asks for no later visit, "left heart failure" for no
    side."""
    words = search_words.content_words(typed)
    if search_words.bag(words) in search_meanings.by_bag():
        return search_words.Asked(tuple(words))
    return search_words.asked(typed)


def _attempts(
    index: OpenIndex, words: list[str], clauses: list[Query], *, asked: search_words.Asked, unasked: list[Query]
) -> Iterator[tuple[list[Query], int, list[Query], list[Query]]]:
    """Of which clauses how many must match, what else must hold, and what must not: strict first, then ever looser."""
    side = [_sided(index, asked.side)] if asked.side else []
    # One exclusion for every kind is quicker than three.
    everything = len(unasked) == len(search_index.ASKED_FOR)
    plain = [_exactly(index, "only_if_asked", search_index.ANY_KIND if everything else "later")]
    plain += [] if everything else unasked
    visit = [Query.const_score_query(_exactly(index, "encounter", asked.encounter), 1.0)] if asked.encounter else []
    for some, needed in _levels(index, words, clauses):
        if visit:
            yield some, needed, side + visit, unasked
        yield some, needed, side, plain
        if side:
            yield some, needed, [], plain
        yield some, needed, [], []
    if len(clauses) > 2:
        yield clauses, 1, [], plain


def _levels(index: OpenIndex, words: list[str], clauses: list[Query]) -> Iterator[Level]:
    """All; then all words but one, those of known phrases too ("dog bite" and a hand); then all phrases but one."""
    if not clauses:
        return
    yield clauses, len(clauses)
    single = _clauses(index, search_meanings.split_phrases(words, 1))
    if len(single) > max(len(clauses), 2):
        yield single, len(single) - 1
    if len(clauses) > 1:
        yield clauses, len(clauses) - 1


def _sided(index: OpenIndex, side: str) -> Query:
    return Query.const_score_query(_exactly(index, "side", side), SIDED)


def _known(index: OpenIndex, typed: Sequence[str]) -> list[str]:
    """The words as they should have been typed: split words joined, misspelt ones corrected. The last word may be
    unfinished and is left alone while something begins with it."""
    joined = _joined(index, list(typed))
    return [_spelt(index, word, last=place == len(joined) - 1) for place, word in enumerate(joined)]


def _joined(index: OpenIndex, typed: list[str]) -> list[str]:
    """ "gall bladder" is written "gallbladder" in the book."""
    found: list[str] = []
    for word in typed:
        before = found[-1] if found else ""
        together = before + word
        if before and len(together) >= SHORTEST_JOINED and index.has_word(together):
            found[-1] = together
        else:
            found.append(word)
    return found


def _spelt(index: OpenIndex, word: str, *, last: bool) -> str:
    if len(word) < 3 or not word.isalpha() or _is_known(index, word):
        return word
    if (last or len(word) >= SHORTEST_BEGUN) and index.completions(word, COMPLETIONS):
        return word
    near = index.vocabulary.corrections(word) or index.vocabulary.corrections(word.removesuffix("s"))
    return near[0] if near else word


def _is_known(index: OpenIndex, word: str) -> bool:
    """Itself, or with another ending than the book's: "fractured". A stem alone proves little: "migrane", "migrans"."""
    stem = search_words.stem(word)
    return index.has_word(word) or (word.removeprefix(stem) in ENDINGS and _indexed(index, stem))


def _indexed(index: OpenIndex, stem: str) -> bool:
    return any(index.knows(field, stem) for field in (*WEIGHTS, "rest"))


def _lifts(
    index: OpenIndex, words: list[str], asked: search_words.Asked, whole: search_meanings.Synonym | None
) -> list[Query]:
    """What lifts the codes that are named just so; a last word still being typed may become several names."""
    bags = dict.fromkeys(_bags(words, asked, whole), 1.0)
    if whole is None and words:
        for place, each in enumerate(index.completions(words[-1], COMPLETIONS)):
            bags.setdefault(search_words.bag([*words[:-1], each]), UNFINISHED - place * RARER)
    lifts = [
        Query.const_score_query(_exactly(index, field, text), weight * share)
        for field, weight in LIFTS.items()
        for text, share in bags.items()
        if index.knows(field, text)
    ]
    return [Query.disjunction_max_query(lifts)] if lifts else []


def _bags(words: list[str], asked: search_words.Asked, whole: search_meanings.Synonym | None) -> Iterator[str]:
    yield search_words.bag(words)
    if asked.side:
        yield search_words.bag([*words, asked.side])
    if whole is not None and not any(word in search_words.SIDES for word in words):
        yield search_words.bare(whole.means)


def _nearby(index: OpenIndex, groups: list[Group]) -> list[Query]:
    """The neighbours of the default code of each term: "diabetes with foot ulcer" stays near E11.9."""
    codes = {formats.strip(row.code) for _, row in groups if row and row.system == search_index.DIAGNOSES}
    return [
        Query.const_score_query(_exactly(index, "prefixes", code[:length]), NEARBY)
        for code in sorted(codes)
        for length in range(formats.CATEGORY, min(len(code), 5) + 1)
    ]


def _group(index: OpenIndex, words: list[str], synonym: search_meanings.Synonym | None, *, last: bool) -> Query | None:
    """What was typed, or what it means: the better of the two counts."""
    if synonym is None:
        return _word(index, words[0], partial=last)
    return index.kept_as(" ".join(words), lambda: _meant(index, words, synonym))


def _meant(index: OpenIndex, words: list[str], synonym: search_meanings.Synonym) -> Query:
    readings = [_all_words(index, words), _all_words(index, search_words.content_words(synonym.means))]
    if len(words) > 1:
        parts = [_group(index, *part, last=False) for part in search_meanings.split_phrases(words, len(words) - 1)]
        readings.append(Query.boolean_query([(Occur.Must, part) for part in parts if part is not None]))
    return Query.disjunction_max_query(readings)


def _all_words(index: OpenIndex, words: Sequence[str]) -> Query:
    return Query.boolean_query([(Occur.Must, _same(index, search_words.stem(word))) for word in words])


def _word(index: OpenIndex, word: str, *, partial: bool) -> Query | None:
    """The word, its equals, and what it may become while it is typed."""
    stem = search_words.stem(word)
    readings = []
    begun = partial or (len(word) >= SHORTEST_BEGUN and not _is_known(index, word))
    if begun and len(word) > 1:
        completed = {search_words.stem(each) for each in index.completions(word, COMPLETIONS)} - {stem}
        readings = [query for each in sorted(completed) for query in _begun(index, each)]
    if _indexed(index, stem) or stem in search_meanings.same_words():
        readings.append(_same(index, stem))
    return _best(readings) if readings else None


def _begun(index: OpenIndex, stem: str) -> list[Query]:
    """A word that was only begun: a rare one is worth no more than a common one."""
    return [
        Query.const_score_query(_exactly(index, field, stem), BEGUN * share)
        for field, share in WEIGHTS.items()
        if index.knows(field, stem)
    ]


def _same(index: OpenIndex, stem: str) -> Query:
    """The word and its equals, the best of them."""
    return index.kept_as(f"={stem}", lambda: _best([*_stem(index, stem, 1.0), *_equals(index, stem)]))


def _equals(index: OpenIndex, stem: str) -> list[Query]:
    others = search_meanings.same_words().get(stem, ())
    return [query for each in others for query in _said_as(index, each)]


def _said_as(index: OpenIndex, stems: tuple[str, ...]) -> list[Query]:
    if len(stems) == 1:
        return _stem(index, stems[0], SAME)
    return [Query.boolean_query([(Occur.Must, _best(_stem(index, each, SAME))) for each in stems])]


def _stem(index: OpenIndex, stem: str, weight: float) -> list[Query]:
    """One for each field that holds it."""
    fields = [
        Query.boost_query(Query.term_query(index.schema, field, stem, "freq"), weight * share)
        for field, share in WEIGHTS.items()
        if index.knows(field, stem)
    ]
    if index.knows("rest", stem):
        fields.append(Query.const_score_query(_exactly(index, "rest", stem), REST))
    return fields


def _best(readings: list[Query]) -> Query:
    return readings[0] if len(readings) == 1 else Query.disjunction_max_query(readings)


def _exactly(index: OpenIndex, field: str, text: str) -> Query:
    return Query.term_query(index.schema, field, text, "basic")


def _but(wanted: list[Clause], unwanted: list[Query]) -> Query:
    return Query.boolean_query([*wanted, *((Occur.MustNot, each) for each in unwanted)])


def _unasked(index: OpenIndex, groups: list[Group], whole: search_meanings.Synonym | None) -> list[Query]:
    """Codes of pregnancy and newborns stay out unless a word belongs mostly to them: "trimester" asks for the first
    kind, "anemia" for none; so does a term that stands for one of them."""
    rows = [row for row in (whole, *(row for _, row in groups)) if row is not None]
    codes = [formats.strip(row.code) for row in rows]
    typed = {search_words.stem(word) for words, _ in groups for word in words}
    return [
        _exactly(index, "only_if_asked", kind)
        for kind, begins in zip(search_index.ASKED_FOR, (search_index.PREGNANCY, search_index.NEWBORN), strict=True)
        if not any(code.startswith(begins) for code in codes) and not any(_belongs(index, kind, stem) for stem in typed)
    ]


def _belongs(index: OpenIndex, field: str, stem: str) -> bool:
    inside = index.searcher.doc_freq(field, stem)
    return inside > 0 and 2 * inside > index.searcher.doc_freq("title", stem)
