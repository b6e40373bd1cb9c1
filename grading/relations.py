"""How does an entered ICD-10-CM code stand to the code of the key? Computed from titles and hierarchy (rule R5).

Without titles only the codes themselves speak: exact, header, more specific, wrong 7th character, same category.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from grading.answers import (
    ICD10CM,
    ICD10PCS,
    CodedLine,
    Facts,
    KeyLine,
    Relations,
    Sections,
    normal_code,
)


class Relation(StrEnum):
    """The values are the names of the weights of the learning score."""

    EXACT = "exact"
    LESS_SPECIFIC = "less_specific"  # the unspecified choice on the same axis
    WRONG_SIDE = "wrong_side"
    WRONG_SEVENTH_CHARACTER = "wrong_7th_character"
    HEADER = "header"  # the key's own line cut short, or the unspecified branch's: invalid for claims
    MORE_SPECIFIC = "more_specific_than_documented"
    SIBLING_CONDITION = "sibling_condition"
    UNRELATED = "unrelated"


CATEGORY = 3  # characters
FULL_LENGTH = 7
SIDES = frozenset({"right", "left", "bilateral", "unilateral", "both"})
# Words that join, and words that name an axis without choosing on it ("unspecified site").
EMPTY_WORDS = frozenset(
    {"of", "the", "a", "an", "and", "or", "in", "to", "for", "as", "side", "site", "part", "type", "form", "level"}
    | {"cause", "organism", "stage", "degree", "severity", "location", "nature", "trimester", "use", "disorder"}
    | {"not", "elsewhere", "classified"}
)
# Organs that a title names beside one side and leaves out beside both: "right eye", "bilateral".
ORGANS = frozenset({"eye", "orbit", "ear", "brain", "hand", "leg", "foot"})
_OTHER_SIDE = re.compile(r",? with unrestricted hearing on the contralateral side")
_UNSAID = (
    r"(?:(?:not )?\w+ or |with (?=\w+ severity))?unspecified"
    r"(?: (?:whether|as|number of) [^,;]*| with or without [^,;]*{open})?|not (?:otherwise )?specified|\bnos\b"
)
_NOT_SAID = re.compile(_UNSAID.format(open=""))
# The axis goes, too: "unspecified eye", "organ involvement unspecified"; not what a title begins with.
_AXIS = (
    r"(?<=[^d] unspecified)(?! multiple| other| left| right)[^,;]*?(?=[,;]|$| (?:of|in|with|without|not|due|by|to) )"
)
_OPEN = re.compile(r"(?<=, )[^,;]+ unspecified(?=,|$)|" + _UNSAID.format(open="|" + _AXIS))
_DENIED = re.compile(r"\b(?:without|not)(?! elsewhere) (.*?)(?=[,;]|$| (?:with|without|of)\b)")
_PLURAL = re.compile(r"ies$|s$|i(?:on|ve)s?$")
_WORD = re.compile(r"[a-z0-9]+")


def relate(entered: str, wanted: str, relations: Relations | None = None) -> Relation:
    mine, theirs = normal_code(entered), normal_code(wanted)
    if mine == theirs:
        return Relation.EXACT
    if mine[:CATEGORY] != theirs[:CATEGORY]:
        return Relation.UNRELATED
    if theirs.startswith(mine) or mine == theirs[:CATEGORY] + theirs[CATEGORY:].replace("X", ""):  # W19.A for W19.XXXA
        return Relation.HEADER
    if mine.startswith(theirs) and not is_no_code(mine, theirs, relations or {}):
        return Relation.MORE_SPECIFIC
    return _by_title(mine, theirs, relations or {}) or _by_characters(mine, theirs)


def is_no_code(mine: str, theirs: str, relations: Relations) -> bool:
    """The code set is at hand when it knows the key's code; then a code that it lacks does not exist."""
    return facts_of(theirs, relations) is not None and facts_of(mine, relations) is None


def facts_of(code: str, relations: Relations) -> Facts | None:
    """The mapping may be keyed with or without the dot."""
    found = relations.get(code)
    if found is None:
        plain = normal_code(code)
        found = relations.get(plain) or relations.get(f"{plain[:CATEGORY]}.{plain[CATEGORY:]}")
    return found


def _by_title(mine: str, theirs: str, relations: Relations) -> Relation | None:
    entered, wanted = facts_of(mine, relations), facts_of(theirs, relations)
    if entered is None or wanted is None:
        return None
    if _is_less_specific(entered, wanted, relations):
        return Relation.LESS_SPECIFIC if entered.billable else Relation.HEADER
    if _is_less_specific(wanted, entered, relations):
        return Relation.MORE_SPECIFIC
    if _differs_by_side_alone(entered.title, wanted.title):
        return Relation.WRONG_SIDE
    return None


def _by_characters(mine: str, theirs: str) -> Relation:
    if len(mine) == len(theirs) == FULL_LENGTH and mine[:-1] == theirs[:-1]:
        return Relation.WRONG_SEVENTH_CHARACTER
    return Relation.SIBLING_CONDITION


def _is_less_specific(broad: Facts, narrow: Facts, relations: Relations) -> bool:
    """The broad title leaves a choice open, and says nothing that the narrow one or a header above that does not."""
    more, said, wanted = _unsaid(broad.title) - _unsaid(narrow.title), _words(broad.title), _words(narrow.title)
    if not _unsaid(broad.title) or (more > 0 and said <= wanted):
        return more > 0
    above, beside = _headers(broad, like=narrow), _headers(narrow, like=broad)
    if above <= beside:  # I63.9 beside I63.411: the unspecified child of a header that both stand under
        is_choice = more > 0 or (above < beside and _words(broad.title, _OPEN) < wanted)
    else:  # S52.501A beside S52.511A: the header S52.50 is the unspecified one, and what is added to it agrees
        branch = facts_of(min(above - beside, key=len), relations)
        shared = _words(branch.title) if branch and _unsaid(branch.title) and more >= 0 else None
        is_choice = shared is not None and (shared <= said and said - shared <= wanted if more else said < wanted)
    return is_choice and _is_covered(_all_words(broad, relations, _OPEN), _all_words(narrow, relations))


def _all_words(facts: Facts, relations: Relations, left_out: re.Pattern[str] = _NOT_SAID) -> frozenset[str]:
    """Of the title and of all headers above it."""
    above = (facts_of(header, relations) for header in facts.ancestors)
    return _words(facts.title, left_out).union(*(_words(header.title, left_out) for header in above if header))


def _is_covered(said: frozenset[str], granted: frozenset[str]) -> bool:
    """A polyneuropathy is a neuropathy."""
    return all(any(other[4:].endswith(word) for other in granted) for word in said - granted)


def _headers(facts: Facts, *, like: Facts) -> frozenset[str]:
    """Headers above a code; between two codes with the same 7th character, above their first six characters."""
    code, other = normal_code(facts.code), normal_code(like.code)
    above = {normal_code(header) for header in facts.ancestors}
    above = above or {code[:length] for length in range(CATEGORY, len(code))}
    if len(code) == len(other) == FULL_LENGTH and code[-1] == other[-1]:
        above.discard(max(above, key=len))
    return frozenset(above)


def _differs_by_side_alone(entered: str, wanted: str) -> bool:
    mine, theirs = _words(_OTHER_SIDE.sub("", entered.lower())), _words(_OTHER_SIDE.sub("", wanted.lower()))
    if not mine & SIDES or not theirs & SIDES or mine & SIDES == theirs & SIDES or _unsaid(entered) != _unsaid(wanted):
        return False
    added, left_out = mine - theirs - SIDES, theirs - mine - SIDES
    # One title may say the organ and the other not; two organs are two conditions.
    return added | left_out <= ORGANS and not (added and left_out)


@lru_cache(maxsize=4096)
def _unsaid(title: str) -> int:
    """On how many axes the title leaves the choice open."""
    return len(_NOT_SAID.findall(title.lower()))


@lru_cache(maxsize=8192)
def _words(title: str, left_out: re.Pattern[str] = _NOT_SAID) -> frozenset[str]:
    """In the singular, since beside both sides a title has legs and arteries. What is denied is marked."""
    said = left_out.sub(" ", title.lower())
    denied = frozenset(f"{word} denied" for word in _singular(" ".join(_DENIED.findall(said))))
    return _singular(_DENIED.sub(" ", said)) - EMPTY_WORDS | denied


def _singular(text: str) -> frozenset[str]:
    words = (_PLURAL.sub(lambda end: "y" if end[0] == "ies" else "", word) for word in _WORD.findall(text))
    return frozenset(words) - {""}


def ancestry(
    lines: Iterable[KeyLine | CodedLine], relations: Relations | None = None, sections: Sections | None = None
) -> set[str]:
    """Codes and everything above them: chapter and block where they are known, the headers, every PCS beginning."""
    found: set[str] = set()
    for line in lines:
        system, plain = line.name
        if system != ICD10CM:
            found.update(_beginnings(system, plain))
            continue
        facts = (relations.get(line.code) or facts_of(plain, relations)) if relations else None
        above = sections.get(plain[:CATEGORY], ()) if sections else ()
        found.update(_way_down(above, facts.ancestors if facts else (), plain))
    return found


@lru_cache(maxsize=65_536)
def _way_down(above: tuple[str, ...], headers: tuple[str, ...], plain: str) -> tuple[str, ...]:
    """Without known headers every beginning from the category on is taken for one."""
    known = map(normal_code, headers) if headers else (plain[:end] for end in range(CATEGORY, len(plain)))
    return (*above, *known, plain)


@lru_cache(maxsize=16_384)
def _beginnings(system: str, plain: str) -> tuple[str, ...]:
    """Of an ICD-10-PCS code every beginning and itself; services and decisions have nothing above."""
    first = 1 if system == ICD10PCS else len(plain)
    return tuple(f"{system} {plain[:end]}" for end in range(first, len(plain) + 1))
