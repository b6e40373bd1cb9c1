"""The known words nearest to a misspelt one. Plain Python; knows nothing of codes."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from itertools import product

# Letters that sound alike, in the order in which they are read.
SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^(pn|kn|gn)", "n"), (r"^ps", "s"), (r"^wr", "r"), (r"ph", "f"), (r"x|cc(?=[ei])", "ks"),
        (r"c(?=[eiy])", "s"),
        (r"ch|c|q", "k"), (r"z", "s"), (r"gh|h", ""), (r"(?<=.)[aeiouyw]", ""), (r"^y", "i"), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip
SHORT = 5  # a word of fewer letters is corrected by one edit only
ALLOWED, ALLOWED_ALIKE = 2, 4  # edits; more when the word sounds the same
SHORTEST = 3
ALPHABET = "abcdefghijklmnopqrstuvwxyz"


class Vocabulary:
    """Every known word with its frequency, found by its letters or by its sound."""

    def __init__(self, counted: Iterable[tuple[str, int]]) -> None:
        self.counts: dict[str, int] = {}
        self._by_length: dict[tuple[str, int], list[tuple[str, int]]] = defaultdict(list)
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        for word, count in counted:
            self.counts[word] = self.counts.get(word, 0) + count
        for word in self.counts:
            if len(word) >= SHORTEST and word.isalpha():
                self._by_length[word[0], len(word)].append((word, letter_mask(word)))
                self._by_sound[sound(word)].append(word)

    def __contains__(self, word: str) -> bool:
        return word in self.counts

    def corrections(self, word: str, limit: int = 3) -> list[str]:
        """Fewest edits first (right letters in the wrong order count one), a word that sounds the same before one
        that does not, then the same first letter, then the commoner word."""
        alike = self._by_sound.get(sound(word), []) if len(word) >= SHORT else []
        begins, most = word[0], 1 if len(word) < SHORT else ALLOWED
        # The first letter is seldom wrong, and most words begin with another one: those are looked at last.
        for letters, allowed in [(begins, 1), (begins, most), (ALPHABET, 1), (ALPHABET, most)]:
            near = self._ranked(word, self._near(word, letters, allowed), allowed)
            if near or alike:
                near |= self._ranked(word, alike, ALLOWED_ALIKE)
            if near:
                return sorted(near, key=near.__getitem__)[:limit]
        return []

    def _ranked(self, word: str, candidates: Iterable[str], allowed: int) -> dict[str, tuple[float, bool, int, str]]:
        heard, letters = sound(word), sorted(word)
        ranked = {}
        for known in candidates:
            distance = 1 if sorted(known) == letters else edits(word, known, allowed)
            if distance <= allowed:
                cost = distance - 1.5 * (sound(known) == heard)
                ranked[known] = (cost, known[0] != word[0], -self.counts[known], known)
        return ranked

    def _near(self, word: str, begins: str, allowed: int) -> Iterable[str]:
        """Words of about this length with about these letters: one edit changes at most two letters of the set."""
        typed = letter_mask(word)
        for place in product(begins, range(len(word) - allowed, len(word) + allowed + 1)):
            for known, mask in self._by_length.get(place, ()):
                if (mask ^ typed).bit_count() <= 2 * allowed:
                    yield known


@lru_cache(maxsize=100_000)
def sound(word: str) -> str:
    """What stays of a word when it is spelt by ear: "newmonia" and "pneumonia" are both "nmn"."""
    for pattern, heard in SOUNDS:
        word = pattern.sub(heard, word)
    return word


def letter_mask(word: str) -> int:
    """Which letters a word holds, as bits: two edits can change at most four of them."""
    mask = 0
    for letter in word:
        mask |= 1 << (ord(letter) & 63)
    return mask


def edits(left: str, right: str, most: int = 99) -> int:
    """Insertions, deletions, exchanges and swaps of neighbours between two words; counting stops above `most`."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, start=1):
        older, before, row = before, row, [i]
        for j, b in enumerate(right, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
