"""Words as the index and the query both see them: folded spelling, stems, misspellings, abbreviations. Plain Python."""

import csv
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

SYNONYMS = Path(__file__).resolve().parents[1] / "fixtures/codesets/synonyms.csv"
WORD = re.compile(r"[a-z0-9]+")
FILLERS = frozenset({"of", "the", "and", "in", "to", "a", "an", "or", "for", "by", "at", "on", "with", "due"})
SILENT = FILLERS | {"mellitus"}  # said or left out, the code is the same
PARENTHESIS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
# What follows does not change the bare condition: "Pneumonia, unspecified organism", "… without complications".
TAIL = re.compile(r",|\bwithout\b")
DEFAULTS = frozenset({"unspecified", "nos"})
STEMMER = TextAnalyzerBuilder(Tokenizer.raw()).filter(Filter.stemmer("english")).build()
LONGEST_PHRASE = 5


@dataclass(frozen=True)
class Synonym:
    """What coders mean by an abbreviation or a ward word; `code` is the code that it stands for when said alone."""

    term: str
    means: str
    code: str
    reason: str


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """American spelling of the classical vowels: anaemia, oedema and haemorrhage read like the book's titles."""
    return word.replace("ae", "e").replace("oe", "e").replace("isation", "ization").replace("our", "or")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    found = STEMMER.analyze(word)
    return found[0] if found else word


@lru_cache(maxsize=4_096)
def words(text: str) -> tuple[str, ...]:
    """Lower-case words without accents, possessives and punctuation, in American spelling; fillers left in."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower().replace("'s", "")
    return tuple(fold(word) for word in WORD.findall(plain))


def content_words(text: str) -> list[str]:
    return [word for word in words(text) if word not in SILENT]


def stems(text: str) -> list[str]:
    return [stem(word) for word in content_words(text)]


def bare(text: str) -> str:
    """A title or query as one term: the condition without its default, so that "asthma" meets "Unspecified asthma"."""
    condition = TAIL.split(PARENTHESIS.sub(" ", text))[0]
    return "_".join(sorted({stem for stem in stems(condition) if stem not in _default_stems()}))


@lru_cache(maxsize=1)
def _default_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in DEFAULTS)


@lru_cache(maxsize=1)
def synonyms() -> dict[tuple[str, ...], Synonym]:
    """Every row of the fixture by the words of its term."""
    with SYNONYMS.open(encoding="utf-8", newline="") as lines:
        rows = [Synonym(**row) for row in csv.DictReader(lines)]
    return {tuple(content_words(row.term)): row for row in rows}


def split_phrases(typed: list[str]) -> list[tuple[list[str], Synonym | None]]:
    """The words in groups: each longest known phrase with its synonym, every other word alone."""
    groups: list[tuple[list[str], Synonym | None]] = []
    start = 0
    while start < len(typed):
        taken, found = _longest_phrase(typed[start : start + LONGEST_PHRASE])
        groups.append((taken, found))
        start += len(taken)
    return groups


def corrections(word: str, vocabulary: Iterable[tuple[str, int, int]], limit: int = 4) -> list[str]:
    """The known words nearest to a misspelt one: fewest edits (right letters in the wrong order count one), same
    first letter, then the commoner word."""
    allowed = 1 if len(word) < 5 else 2
    letters, sorted_letters = letter_mask(word), sorted(word)
    near = (
        (distance, known[0] != word[0], -count, known)
        for known, count, mask in vocabulary
        if abs(len(known) - len(word)) <= allowed and (mask ^ letters).bit_count() <= 2 * allowed
        if (distance := 1 if sorted(known) == sorted_letters else edits(word, known)) <= allowed
    )
    return [known for *_, known in sorted(near)[:limit]]


def letter_mask(word: str) -> int:
    """Which letters a word holds, as bits: two edits can change at most four of them."""
    mask = 0
    for letter in word:
        mask |= 1 << (ord(letter) & 63)
    return mask


def edits(left: str, right: str) -> int:
    """Insertions, deletions, exchanges and swaps of neighbours between two words."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, start=1):
        older, before, row = before, row, [i]
        for j, b in enumerate(right, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _longest_phrase(ahead: list[str]) -> tuple[list[str], Synonym | None]:
    for length in range(len(ahead), 0, -1):
        if found := synonyms().get(tuple(ahead[:length])):
            return ahead[:length], found
    return ahead[:1], None
