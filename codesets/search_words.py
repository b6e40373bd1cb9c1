"""Words as the index and the query both see them: folded spelling, stems, bags, sides and encounters. Plain Python."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

WORD = re.compile(r"[a-z0-9]+|[,;:]")
FILLERS = frozenset([
    "of", "the", "and", "in", "to", "a", "an", "or", "for", "by", "at", "on", "with", "due", "from", "after",
    "following",
])  # fmt: skip
# Said or left out, the code is the same.
SILENT = FILLERS | {"mellitus", "has", "have", "my", "is", "was", "side", "patient"}
# After these words "a" is a name, not an article: hepatitis A, vitamin A, group A streptococcus.
LETTERED = frozenset(
    ["hepatitis", "hep", "vitamin", "vit", "group", "type", "influenza", "flu", "hemophilia", "factor"]
)
SHORTEST_FOLDED = 5  # HAE and FOE are no classical vowels
# American spelling, and one ending for the Latin plurals: "metastases" is "metastasis".
BRITISH = tuple(
    (re.compile(pattern), american)
    for pattern, american in (
        (r"ae|oe", "e"),
        (r"our", "or"),
        (r"isation", "ization"),
        (r"yse(?=d|s|r|$)", "yze"),
        (r"^sulph", "sulf"),
        (r"(?<=[tb])re$", "er"),
        (r"(?<=[aeo]s)es$", "is"),
    )
)
# One writing for numbers: stage II and stage 2, 2nd and second.
NUMBERS = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "one": "1", "two": "2"}
NUMBERS |= {"three": "3", "four": "4", "1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth"}
COUNTED = frozenset(["type", "stage", "class", "grade", "bipolar", "category"])  # before these "i" and "v" are numbers
# What they are written as, and how many words after it they deny.
DENIALS = {"without": ("without", 2), "no": ("without", 2), "not": ("not", 2), "non": ("non", 1)}
PARENTHESIS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
DEFAULTS = frozenset({"unspecified", "nos", "uncomplicated"})
# What follows a comma does not change the bare condition when it only says that nothing more is known.
DEFAULT_PART = re.compile(
    r"\s*(unspecified|not |nos\b|uncomplicated|without|initial|subsequent|sequela|organism|stage unspecified)"
)
WITHOUT = re.compile(r"\b(without|not specified as)\b.*")
ENCOUNTER = re.compile(r",\s*(initial encounter|subsequent encounter|sequela)\b.*")
SIDES = {"left": "left", "lt": "left", "l": "left", "right": "right", "rt": "right", "r": "right"}
SIDES |= {"bilateral": "bilateral", "bilat": "bilateral", "bilaterally": "bilateral", "both": "bilateral"}
ENCOUNTERS = {
    "initial encounter": "initial", "initial visit": "initial", "first visit": "initial", "first encounter": "initial",
    "initial": "initial", "subsequent encounter": "subsequent", "subsequent visit": "subsequent",
    "subsequent": "subsequent", "follow up": "subsequent", "followup": "subsequent", "recheck": "subsequent",
    "routine healing": "subsequent", "late effect": "sequela", "late effects": "sequela", "sequela": "sequela",
    "sequelae": "sequela",
}  # fmt: skip
STEMMER = TextAnalyzerBuilder(Tokenizer.raw()).filter(Filter.stemmer("english")).build()


@dataclass(frozen=True)
class Asked:
    """A query apart: what is asked for, on which side of the body, at which encounter."""

    words: tuple[str, ...]
    side: str = ""
    encounter: str = ""


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """American spelling of the classical vowels: anaemia, oedema and haemorrhage read like the book's titles."""
    if len(word) >= SHORTEST_FOLDED:
        for british, american in BRITISH:
            word = british.sub(american, word)
    return NUMBERS.get(word, word)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    found = STEMMER.analyze(word)
    return found[0] if found else word


@lru_cache(maxsize=4_096)
def words(text: str) -> tuple[str, ...]:
    """Lower-case words without accents, possessives and punctuation, in American spelling; fillers left in."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    plain = plain.replace("b/l", "bilateral").replace("'s", "").replace("'", "")
    found = [fold(word) for word in WORD.findall(plain)]
    return tuple(_denied([_number(before, word) for before, word in pairwise(("", *found))]))


@lru_cache(maxsize=4_096)
def content_words(text: str) -> tuple[str, ...]:
    return tuple(word for before, word in pairwise(("", *words(text))) if _speaks(before, word))


def stems(text: str) -> list[str]:
    return [stem(word) for word in content_words(text)]


def bag(found: list[str] | tuple[str, ...]) -> str:
    """Words in one writing, whatever their order and their endings."""
    return "_".join(sorted({stem(word) for word in found}))


def bare(text: str) -> str:
    """A title as one term: the condition without its default, so that "asthma" meets "Unspecified asthma"."""
    condition = WITHOUT.sub(" ", PARENTHESIS.sub(" ", text))
    first, *parts = condition.split(",")
    kept = " ".join([first, *(part for part in parts if not DEFAULT_PART.match(part.lower()))])
    return bag([word for word in content_words(kept) if word not in DEFAULTS and word not in SIDES])


def core(title: str) -> tuple[list[str], list[str]]:
    """The stems that name the condition, and those that only tell its side, encounter or default."""
    condition = ENCOUNTER.sub("", title)
    kept = [word for word in content_words(condition) if word not in DEFAULTS and word not in SIDES]
    rest = [word for word in content_words(title) if word not in kept]
    return [stem(word) for word in kept], [stem(word) for word in rest]


def encounter(title: str) -> str:
    found = ENCOUNTER.search(title)
    return found[1].split()[0] if found else ""


def side(title: str) -> str:
    """The side a title names; two sides or none are no side."""
    found = {SIDES[word] for word in words(title) if word in ("left", "right", "bilateral")}
    return found.pop() if len(found) == 1 else ""


def asked(text: str) -> Asked:
    typed = content_words(text)
    kept, when = _take_encounter(typed)
    lone = len(kept) == 1
    sides = [SIDES[word] for word in kept if word in SIDES and (len(word) > 1 or not lone)]
    named = sides[0] if len(set(sides)) == 1 and len(kept) > len(sides) else ""
    return Asked(tuple(word for word in kept if not named or word not in SIDES), named, when)


def _take_encounter(typed: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """Only beside other words: "sequela" alone is asked for as a word."""
    for phrase, when in ENCOUNTERS.items():
        parts = tuple(phrase.split())
        for start in range(len(typed) - len(parts) + 1):
            if typed[start : start + len(parts)] == parts and len(typed) > len(parts):
                return typed[:start] + typed[start + len(parts) :], when
    return typed, ""


def _number(before: str, word: str) -> str:
    if before in COUNTED:
        return {"i": "1", "v": "5"}.get(word, word)
    return word


def _denied(found: list[str]) -> Iterator[str]:
    """ "without ascites" and "not intractable" are words of their own: who asks for ascites does not mean them."""
    denial, left = "", 0
    for word in found:
        if not word.isalnum():
            left = 0
        elif word in DENIALS:
            denial, left = DENIALS[word]
        elif not left:
            yield word
        elif word not in FILLERS:
            yield denial + word
            left -= 1


def _speaks(before: str, word: str) -> bool:
    return word not in SILENT or (word == "a" and before in LETTERED)
