"""The known words nearest to a misspelt one. Plain Python; knows nothing of codes."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

# Letters that sound alike, in the order in which they are read.
SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^(pn|kn|gn)", "n"), (r"^ps", "s"), (r"^wr", "r"), (r"ph", "f"), (r"x|cc(?=[ei])", "ks"), (r"c(?=[eiy])", "s"),
        (r"ch|c|q", "k"), (r"z", "s"), (r"gh|h", ""), (r"(?<=.)[aeiouyw]", ""), (r"^y", "i"), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip
SHORT = 5  # a word of fewer letters is corrected by one edit only
ALLOWED, ALLOWED_ALIKE = 2, 4  # edits; more when the word sounds the same
SHORTEST = 3


class Vocabulary:
    """Every known word with its frequency, found by its letters or by its sound."""

    def __init__(self, counted: Iterable[tuple[str, int]]) -> None:
        self.counts: dict[str, int] = {}
        self._by_length: dict[int, list[tuple[str, int]]] = defaultdict(list)
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        for word, count in counted:
            self.counts[word] = self.counts.get(word, 0) + count
        for word in self.counts:
            if len(word) >= SHORTEST and word.isalpha():
                self._by_length[len(word)].append((word, letter_mask(word)))
                self._by_sound[sound(word)].append(word)

    def __contains__(self, word: str) -> bool:
        return word in self.counts

    def corrections(self, word: str, limit: int = 3) -> list[str]:
        """Fewest edits first (right letters in the wrong order count one), a word that sounds the same before one
        that does not, then the same first letter, then the commoner word."""
        heard = sound(word)
        alike = [(known, ALLOWED_ALIKE) for known in self._by_sound.get(heard, ()) if len(word) >= SHORT]
        ranked = {}
        for known, allowed in [*self._near(word), *alike]:
            distance = 1 if sorted(known) == sorted(word) else edits(word, known, allowed)
            if distance <= allowed:
                cost = distance - 1.5 * (sound(known) == heard)
                ranked[known] = (cost, known[0] != word[0], -self.counts[known], known)
        return sorted(ranked, key=ranked.__getitem__)[:limit]

    def _near(self, word: str) -> Iterable[tuple[str, int]]:
        allowed = 1 if len(word) < SHORT else ALLOWED
        letters = letter_mask(word)
        for length in range(len(word) - allowed, len(word) + allowed + 1):
            for known, mask in self._by_length.get(length, ()):
                if (mask ^ letters).bit_count() <= 2 * allowed:
                    yield known, allowed


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
