"""What changed between two releases of one code set, code by code. Pure: dictionaries in, names of codes out."""

import unicodedata
from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import NamedTuple


class Held(NamedTuple):
    title: str
    billable: bool


@dataclass(frozen=True)
class Difference:
    """Codes that a claim takes now and did not before (added, reinstated), no longer (deleted), or names anew."""

    against: str
    added: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    revised: tuple[str, ...] = ()
    reinstated: tuple[str, ...] = ()
    # Of the deleted: still there, as headers above more specific codes.
    became_headers: tuple[str, ...] = ()


def compare(
    old: Mapping[str, Held], new: Mapping[str, Held], *, against: str, earlier: Set[str] = frozenset()
) -> Difference:
    """`earlier` holds the billable codes of releases before the old one: such a code returns, it is not new."""
    before = {code for code, held in old.items() if held.billable}
    now = {code for code, held in new.items() if held.billable}
    fresh, gone = now - before, before - now
    revised = {code for code in before & now if is_revised(old[code].title, new[code].title)}
    told = (fresh - earlier, gone, revised, fresh & earlier, gone & new.keys())
    return Difference(against, *(tuple(sorted(codes)) for codes in told))


def is_revised(old: str, new: str) -> bool:
    """Titles are compared without accents, case and spacing: the XML has accents, the order file has none."""
    return bool(old) and bool(new) and folded(old) != folded(new)


def folded(title: str) -> str:
    plain = title if title.isascii() else unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return "".join(plain.lower().split())
