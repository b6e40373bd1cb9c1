"""Plain facts about the codes of one release, for `grading`, which knows no database."""

from collections.abc import Container, Iterable
from dataclasses import dataclass

from codesets import formats
from codesets.models import Code, Release


@dataclass(frozen=True)
class CodeFacts:
    """What a release says about one code. `code` and `ancestors` are dotted, category first."""

    code: str
    title: str
    billable: bool
    ancestors: tuple[str, ...]
    chapter: str
    poa_exempt: bool


def relations_for(codes: Iterable[str], release: Release) -> dict[str, CodeFacts]:
    """Facts by dotted code, in one statement. A code that the release does not hold is absent."""
    wanted = {formats.strip(code) for code in codes}
    above = {prefix for code in wanted for prefix in formats.prefixes(code)}
    rows = (
        Code.objects.in_release(release)
        .filter(code__in=wanted | above)
        .values_list("code", "title", "billable", "block__chapter__name", "poa_exempt")
    )
    held = {code: others for code, *others in rows}
    return {formats.dotted(code): _facts(code, *held[code], known=held) for code in wanted & held.keys()}


def _facts(
    code: str, title: str, billable: bool, chapter: str, poa_exempt: bool, *, known: Container[str]
) -> CodeFacts:
    # Not every prefix is a header: between T07 and T07.XXXA the release holds nothing.
    ancestors = tuple(formats.dotted(prefix) for prefix in formats.prefixes(code) if prefix in known)
    return CodeFacts(formats.dotted(code), title, billable, ancestors, chapter, poa_exempt)
