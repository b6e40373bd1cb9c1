"""What coders mean by an abbreviation, a lay term or a word of the ward: the resource in fixtures/codesets."""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from codesets import formats, search_words
from codesets.systems import System

FOLDER = Path(__file__).resolve().parents[1] / "fixtures/codesets"
SYNONYMS, WARNINGS = FOLDER / "synonyms.csv", FOLDER / "warnings.csv"
SAME = FOLDER / "same-words.csv"  # names of one thing in every title: whoever types one finds the others
LONGEST_PHRASE = 6
ABBREVIATION = 4  # letters; a shorter term is known by its letters, not by its stem: "cries" is no CRI
ORDINARY = frozenset(["all", "add", "he", "hit", "pat", "ie"])  # abbreviations only when nothing else is typed
ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()  # noqa: SIM905
)
VERTEBRAE = {"c": ("cervical", 7), "t": ("thoracic", 12), "l": ("lumbar", 5)}


@dataclass(frozen=True)
class Synonym:
    """One row of the resource: said alone, the term stands for `code`; beside other words it stands for `means`."""

    term: str
    means: str
    code: str
    reason: str

    @property
    def system(self) -> str:
        """By the written form: only a diagnosis has a dot or three characters, only a procedure has seven."""
        if "." in self.code or len(self.code) == formats.CATEGORY:
            return System.ICD10CM
        return System.ICD10PCS if formats.PCS_SHAPE.fullmatch(self.code) else System.HCPCS


@dataclass(frozen=True)
class Warned:
    """A term that has no code of its own: what to do instead, and the rule that says so."""

    term: str
    # "alone" when the term is only ambiguous without further words: a breast mass is none. "exact" when its stem is
    # another word: a likely flu is no flu-like illness.
    only: str
    sentence: str
    citation: str

    def __str__(self) -> str:
        return f"{self.sentence} ({self.citation})"


_off = False


@contextmanager
def switched_off() -> Iterator[None]:
    """Without the resource: shows what it is worth. For measuring in a process of its own only."""
    global _off
    _off = True
    _forget()
    try:
        yield
    finally:
        _off = False
        _forget()


def _forget() -> None:
    for cached in (synonyms, by_bag, terms_by_code, known_words):
        cached.cache_clear()


@lru_cache(maxsize=1)
def synonyms() -> dict[tuple[str, ...], Synonym]:
    """Every row by the stems of its term."""
    if _off:
        return {}
    with SYNONYMS.open(encoding="utf-8", newline="") as lines:
        return {tuple(search_words.stems(row["term"])): Synonym(**row) for row in csv.DictReader(lines)}


@lru_cache(maxsize=1)
def by_bag() -> dict[str, Synonym]:
    """The same rows whatever the order of the words: "fracture hip" is "hip fracture"."""
    return {"_".join(sorted(set(stems))): row for stems, row in synonyms().items()}


@lru_cache(maxsize=1)
def terms_by_code() -> dict[tuple[str, str], list[str]]:
    """The terms that stand for each code (without dot) of each code set."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in synonyms().values():
        found[row.system, formats.strip(row.code)].append(row.term)
    return found


@lru_cache(maxsize=1)
def warnings() -> dict[tuple[str, ...], Warned]:
    with WARNINGS.open(encoding="utf-8", newline="") as lines:
        return {tuple(search_words.stems(row["term"])): Warned(**row) for row in csv.DictReader(lines)}


def warning_for(words: list[str] | tuple[str, ...]) -> Warned | None:
    """The warning whose term stands in the query; the longest when there are several."""
    stems = [search_words.stem(word) for word in words]
    for length in range(min(len(stems), LONGEST_PHRASE), 0, -1):
        for start in range(len(stems) - length + 1):
            found = warnings().get(tuple(stems[start : start + length]))
            if found and {"alone": length == len(stems), "exact": found.term in words}.get(found.only, True):
                return found
    return None


def split_phrases(
    typed: list[str] | tuple[str, ...], longest: int = LONGEST_PHRASE
) -> list[tuple[list[str], Synonym | None]]:
    """The words in groups: each longest known phrase with its row, every other word alone."""
    groups: list[tuple[list[str], Synonym | None]] = []
    start = 0
    while start < len(typed):
        taken, found = _longest_phrase(list(typed[start : start + longest]))
        if found and len(taken) == 1 and not _is_meant(found.term, taken[0], alone=len(typed) == 1):
            found = None
        groups.append((taken, found))
        start += len(taken)
    return groups


def _is_meant(term: str, typed: str, *, alone: bool) -> bool:
    if not alone and typed in ORDINARY:
        return False
    return len(term) > ABBREVIATION or typed in (term, f"{term}s")


@lru_cache(maxsize=1)
def same_words() -> dict[str, tuple[tuple[str, ...], ...]]:
    """By stem: the other words for the same thing, each as its stems."""
    found: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for group in (*SAME.read_text(encoding="utf-8").splitlines()[1:], *_vertebrae()):
        names = {tuple(search_words.stem(word) for word in name.split()) for name in group.split("|")}
        for name in names:
            if len(name) == 1:
                found[name[0]] |= names - {name}
    return {word: tuple(sorted(others)) for word, others in found.items()}


def _vertebrae() -> list[str]:
    """ "l2" is the second lumbar vertebra."""
    return [
        f"{letter}{number}|{ORDINALS[number - 1]} {region}"
        for letter, (region, count) in VERTEBRAE.items()
        for number in range(1, count + 1)
    ]


@lru_cache(maxsize=1)
def known_words() -> Counter[str]:
    """Every word of the resource and how often it stands there, so that none is taken for a misspelling."""
    terms = [row.term for row in synonyms().values()] + [row.term for row in warnings().values()]
    return Counter(word for term in terms for word in search_words.content_words(term))


def _longest_phrase(ahead: list[str]) -> tuple[list[str], Synonym | None]:
    stems = [search_words.stem(word) for word in ahead]
    for length in range(len(ahead), 0, -1):
        if found := synonyms().get(tuple(stems[:length])):
            return ahead[:length], found
    return ahead[:1], None
