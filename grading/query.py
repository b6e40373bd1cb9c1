"""Is a query to the provider needed, and is this one compliant (rule R14)? Ten points, eight of them by machine."""

import re
from dataclasses import dataclass
from enum import StrEnum

ALWAYS_OFFERED = frozenset({"other", "unable_to_determine"})
FEWEST_INDICATORS = 2
MOST_WORDS = 120  # of a brief query
LEADING_CAP = 4
YES_OR_NO = frozenset({"yes", "no"})
# Words of payment, severity or quality; but 300 cc is a volume, and "CC:" the chief complaint.
NEVER_NAMED = re.compile(
    r"\b(?:payments?|pay(?:s|ers?|ors?|ing)?(?! attention)|reimburs\w*|revenues?|bill(?:s|ing|able)?|claims? denials?"
    r"|financial\w*|case mix|CMI|(?:MS-?|APR-?)?DRGs?|MCCs?|HCCs?|RAF|SOI|ROM score|severity|risk of mortality"
    r"|quality (?:score|measure|metric|indicator|rating|report)\w*)\b"
    r"|(?<!\d)(?<!\d[ -])\bCCs?\b(?!\s*[:=–-])",
    re.IGNORECASE,
)


class QueryFault(StrEnum):
    UNNECESSARY = "unnecessary"
    NOT_ASKED = "not_asked"  # a query was needed
    ADDRESSEE = "addressee"
    INDICATORS = "indicators"
    KIND = "kind"
    OPTIONS = "options"
    LEADING = "leading"
    LENGTH = "length"
    UNCONFIRMED = "unconfirmed"  # the wording waits for the instructor or two peers


@dataclass(frozen=True, slots=True)
class QueryKey:
    """`leading` holds the pool's bad options, diagnoses that nobody documented; of the supported `options` the chart
    itself names those that are `documented`."""

    is_needed: bool
    addressees: frozenset[str] = frozenset()
    indicators: frozenset[str] = frozenset()  # true and dated, from this chart
    kinds: frozenset[str] = frozenset()
    options: frozenset[str] = frozenset()
    leading: frozenset[str] = frozenset()
    documented: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Query:
    addressee: str
    indicators: frozenset[str]
    kind: str  # open, multiple_choice or yes_no
    options: frozenset[str]
    stem: str
    title: str = ""
    is_confirmed: bool | None = None  # by the instructor or two peers: the wording leads nowhere


@dataclass(frozen=True, slots=True)
class QueryScore:
    earned: int
    faults: tuple[QueryFault, ...]
    is_compliance_matter: bool = False
    possible: int = 10


def score_query(key: QueryKey, query: Query | None) -> QueryScore:
    """The gate comes first; then each point by itself; leading caps whatever was earned."""
    if query is None:
        return QueryScore(0, (QueryFault.NOT_ASKED,)) if key.is_needed else QueryScore(10, ())
    if not key.is_needed:
        return QueryScore(0, (QueryFault.UNNECESSARY,))
    is_leading = query.is_confirmed is False or bool(query.options & key.leading) or _says_too_much(key, query)
    points = {
        QueryFault.ADDRESSEE: (query.addressee in key.addressees, 1),
        QueryFault.INDICATORS: (_has_indicators(key, query), 3),
        QueryFault.KIND: (query.kind in key.kinds, 1),
        QueryFault.OPTIONS: (_has_fair_options(key, query), 2),
        QueryFault.LEADING: (not is_leading, 2 if query.is_confirmed or is_leading else 0),
        QueryFault.LENGTH: (0 < len(query.stem.split()) <= MOST_WORDS, 1),
    }
    earned = sum(worth for holds, worth in points.values() if holds)
    faults = [fault for fault, (holds, _) in points.items() if not holds]
    if query.is_confirmed is None and not is_leading:
        faults.append(QueryFault.UNCONFIRMED)
    return QueryScore(min(earned, LEADING_CAP) if is_leading else earned, tuple(faults), is_leading)


def _says_too_much(key: QueryKey, query: Query) -> bool:
    """In title or stem a word of payment, or a diagnosis that the chart does not name. What the chart itself says is no
    word of payment: HCC is a carcinoma, too. A yes or no question is about a diagnosis that stands in the chart."""
    said = f"{query.title} {query.stem}".lower()
    of_chart = " ".join(key.indicators | key.options).lower()
    undocumented = key.leading | (frozenset() if query.kind == "yes_no" else key.options - key.documented)
    is_about_payment = any(found.lower() not in of_chart for found in NEVER_NAMED.findall(said))
    return is_about_payment or any(re.search(rf"\b{re.escape(name.lower())}\b", said) for name in undocumented)


def _has_indicators(key: QueryKey, query: Query) -> bool:
    return len(query.indicators) >= FEWEST_INDICATORS and query.indicators <= key.indicators


def _has_fair_options(key: QueryKey, query: Query) -> bool:
    """A choice also offers other and unable to determine; a yes or no question may, and an open one offers nothing."""
    if query.kind != "multiple_choice":
        return query.options <= (ALWAYS_OFFERED | YES_OR_NO if query.kind == "yes_no" else frozenset())
    return (
        query.options >= ALWAYS_OFFERED
        and bool(query.options - ALWAYS_OFFERED)
        and (query.options - ALWAYS_OFFERED <= key.options)
    )
