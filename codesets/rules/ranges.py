"""Which codes a phrase of the guidelines or of a note means: "I11-I13", "T36-T50 with fifth or sixth character 5".

A phrase is a code or the beginning of one (a dash at its end changes nothing), or a range in the order of the book,
both ends with everything below them; "with …" narrows it. Nothing here knows which codes exist.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from codesets import formats
from codesets.loaders.edition import facts_in

BEGINNING = r"[A-Z](?:[0-9A](?:[0-9A-Z](?:\.?[0-9A-Z]{1,4})?)?)?"
PHRASE = re.compile(rf"({BEGINNING})\.?-?(?:-({BEGINNING})\.?-?)?(?:,? with (.+))?")
ORDINALS = {"fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "4th": 4, "5th": 5, "6th": 6, "7th": 7}
CHARACTER = re.compile(rf"(fifth or six(?:th)?|{'|'.join(ORDINALS)})[ -]characters? (.+)")
FINAL = re.compile(r"final characters (-.+)")
CHOICES = re.compile(r",? or |,? and |, ?")
# Sorts after everything below a code, and before what follows its category out of the alphabet.
BELOW, FOLLOWING = "}", "~"
Part = Callable[[str], str]


class NoRange(ValueError):
    """The phrase is no code, range or beginning of a code."""


@dataclass(frozen=True, slots=True)
class Range:
    """Everything from `low` up to, not including, `end`, both as places; with a tail only where it agrees."""

    low: str
    end: str
    tail: Callable[[str], bool] | None = None

    def holds(self, code: str) -> bool:
        return self.holds_at(place(code), code)

    def holds_at(self, where: str, code: str) -> bool:
        """For one code asked of many ranges: its place is looked up once."""
        return self.low <= where < self.end and (self.tail is None or self.tail(code))

    def overlaps(self, prefix: str) -> bool:
        return self.low < place(prefix) + BELOW and place(prefix) < self.end


@dataclass(frozen=True, slots=True, eq=False)
class CodeList:
    """Some phrases together. The same phrases are the same list, so that a list can be a key: ask `code_list`."""

    phrases: tuple[str, ...]
    ranges: tuple[Range, ...]

    def holds(self, code: str) -> bool:
        """Is this code, with or without dot, one of them?"""
        plain = formats.strip(code)
        return any(each.holds(plain) for each in self.ranges)

    def overlaps(self, prefix: str) -> bool:
        """Could a code with this beginning be one of them?"""
        return any(each.overlaps(prefix) for each in self.ranges)


@cache
def code_list(*phrases: str) -> CodeList:
    return CodeList(phrases, tuple(map(read, phrases)))


def read(phrase: str) -> Range:
    """ "E08-E13 with .51-.52", "F10-F19 with 5th character 2", "I69.- with final characters -23", "O80", "Z3A.-"."""
    found = PHRASE.fullmatch(phrase.strip().replace("–", "-"))
    if found is None:
        raise NoRange(f"“{phrase}” is no code, beginning of a code or range of codes.")
    low, high, tail = formats.strip(found[1]), formats.strip(found[2] or found[1]), found[3]
    if place(low) > place(high):
        raise NoRange(f"“{phrase}” runs backwards: {low} stands after {high} in the book.")
    return Range(place(low), place(high) + BELOW, _tail(tail, phrase) if tail else None)


@lru_cache(maxsize=131_072)
def place(code: str) -> str:
    """Sorts codes without dot as the book does: M1A after M08, U after Z."""
    following = next((after for prefix, after in out_of_alphabet() if code.startswith(prefix)), None)
    return code if following is None else following + FOLLOWING + code


@cache
def out_of_alphabet() -> tuple[tuple[str, str], ...]:
    return tuple((row["prefix"], row["follows"]) for row in facts_in("icd10cm-order.csv"))


def _tail(words: str, phrase: str) -> Callable[[str], bool]:
    part, choices = _part(words, phrase)
    limits = tuple(_limits(choices))
    if not limits or not all(low for low, _ in limits):
        raise NoRange(f"“{phrase}” does not say which characters.")
    return lambda code: any(low <= part(code) < high + BELOW for low, high in limits)


def _part(words: str, phrase: str) -> tuple[Part, str]:
    """Which characters of a code are compared, and what they are compared with."""
    if found := CHARACTER.fullmatch(words):
        ordinal = ORDINALS.get(found[1])
        return (circumstance if ordinal is None else lambda code: code[ordinal - 1 : ordinal]), found[2]
    if found := FINAL.fullmatch(words):
        length = len(found[1].split(",")[0].split(" ")[0].strip("-"))
        return lambda code: code[-length:], found[1]
    if words.startswith("."):
        return lambda code: code[formats.CATEGORY :], words
    raise NoRange(f"“{phrase}”: what follows “with” is not understood.")


def _limits(choices: str) -> Iterator[tuple[str, str]]:
    for choice in filter(None, CHOICES.split(choices)):
        low, _, high = choice.strip("-").replace(".", "").partition("-")
        yield low, high or low


def circumstance(code: str) -> str:
    """How a poisoning came about: the sixth character, or the fifth where an X fills the sixth place."""
    return code[4:6].rstrip("X")[-1:]
