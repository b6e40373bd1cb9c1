"""What payment hangs on a code: CC or MCC and beside what it does not count, and its payment HCCs."""

from dataclasses import dataclass

from django.db.models import QuerySet

from codesets.models import CcExclusion, Code, HccMapping, ListedCode, System
from coursework.book.shelf import Shelf

LISTS = {System.MCC_LIST: "MCC", System.CC_LIST: "CC"}
NAMED = 6


@dataclass(frozen=True)
class Severity:
    """As secondary diagnosis: MCC, CC or neither (an empty word), and the principal diagnoses that take it away."""

    word: str
    list_label: str
    excluded_by: int = 0
    categories: tuple[Code, ...] = ()
    further_categories: int = 0


def severity(code: Code, shelf: Shelf) -> Severity | None:
    """None: no CC and MCC list of that year is loaded."""
    lists = {word: shelf.beside(system, code.release) for system, word in LISTS.items()}
    if not all(lists.values()):
        return None
    exclusions = shelf.beside(System.CC_EXCLUSIONS, code.release)
    used = [found[0] for found in (*lists.values(), exclusions) if found]
    rows = ListedCode.objects.filter(release__in=used, code=code.code)
    listed = dict(rows.values_list("release", "exclusion"))
    word = next((word for word, found in lists.items() if found[0].pk in listed), "")
    number = next((exclusion for exclusion in listed.values() if exclusion), "")
    collections = CcExclusion.objects.filter(release__in=exclusions, number=number)
    return _with_exclusion(Severity(word, used[0].label), code, collections)


def _with_exclusion(found: Severity, code: Code, collections: QuerySet[CcExclusion]) -> Severity:
    collection = collections.first()
    if collection is None:
        return found
    principals = collection.codes.split()
    categories = sorted({each[:3] for each in principals})
    named = Code.objects.filter(release_id=code.release_id, code__in=categories[:NAMED])
    further = max(len(categories) - NAMED, 0)
    return Severity(found.word, found.list_label, len(principals), tuple(named), further)


def payment_hccs(code: Code, shelf: Shelf) -> list[HccMapping] | None:
    """By model and payment year. None: no mapping that covers this year is loaded."""
    releases = shelf.beside(System.CMS_HCC, code.release)
    if not releases:
        return None
    found = HccMapping.objects.filter(release__in=releases, code=code.code).select_related("release")
    return list(found.order_by("-release__effective_from", "model", "hcc"))
