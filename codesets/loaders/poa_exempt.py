"""Which ICD-10-CM codes are exempt from POA reporting: the CMS list of the year, or the rules derived from it."""

from collections.abc import Callable
from pathlib import Path

from codesets import formats
from codesets.loaders.edition import FACTS, fact_rows
from codesets.models import Code, ListedCode, Release, System

Rules = frozenset[tuple[str, str]]
# (code, is it billable) → exempt; None when no list of that year is known.
Exemption = Callable[[str, bool], bool | None]


def facts_file(label: str) -> Path:
    """Of the year: an update of April has no list of its own."""
    return FACTS / f"poa-exempt-{label.lower().partition(' ')[0]}.csv"


def read_rules(path: Path) -> Rules:
    """One rule per row; an empty 7th character means every code below the prefix. The first line names the source."""
    return frozenset((formats.strip(row["prefix"]), row["seventh_character"]) for row in fact_rows(path.read_bytes()))


def is_exempt(code: str, rules: Rules) -> bool:
    heads = (code[:length] for length in range(1, len(code) + 1))
    return any((head, "") in rules or (head, code[6:]) in rules for head in heads)


def mark(exempt: Release, batch: int) -> None:
    """A list that comes after its codes: in batches, so that nobody waits for the lock."""
    listed = frozenset(ListedCode.objects.filter(release=exempt).values_list("code", flat=True))
    days = (exempt.effective_from, exempt.effective_to)
    loaded = Release.objects.ready(System.ICD10CM).filter(effective_from__range=days)
    codes = list(Code.objects.filter(release__in=loaded).order_by("pk").values_list("pk", "code"))
    for first in range(0, len(codes), batch):
        some = codes[first : first + batch]
        for is_listed in (True, False):
            keys = [key for key, code in some if (code in listed) == is_listed]
            Code.objects.filter(pk__in=keys).exclude(poa_exempt=is_listed).update(poa_exempt=is_listed)


def exemption(release: Release) -> Exemption:
    """By the list in force on its first day, else by our rules for the year, else unknown. Other systems have none."""
    if release.system != System.ICD10CM:
        return lambda code, billable: None
    if held := Release.objects.covering(System.POA_EXEMPT, release.effective_from).first():
        listed = frozenset(ListedCode.objects.filter(release=held).values_list("code", flat=True))
        return lambda code, billable: code in listed
    if facts_file(release.label).exists():
        rules = read_rules(facts_file(release.label))
        return lambda code, billable: billable and is_exempt(code, rules)
    return lambda code, billable: None
