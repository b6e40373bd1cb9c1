"""Plain facts about the codes of one release, for `grading`, which knows no database."""

from collections.abc import Iterable

from codesets import formats
from codesets.models import Code, Release
from grading.answers import CodeFacts


def relations_for(codes: Iterable[str], release: Release) -> dict[str, CodeFacts]:
    """Facts by dotted code, in one statement. A code that the release does not hold is absent."""
    wanted = {formats.strip(code) for code in codes}
    above = {prefix for code in wanted for prefix in formats.prefixes(code)}
    rows = Code.objects.in_release(release).filter(code__in=wanted | above).values_list("code", "title", "billable")
    held = {code: others for code, *others in rows}
    # Not every prefix is a header: between T07 and T07.XXXA the release holds nothing.
    headers = {code: tuple(map(formats.dotted, filter(held.__contains__, formats.prefixes(code)))) for code in wanted}
    shown = {code: formats.dotted(code) for code in wanted & held.keys()}
    return {dotted: CodeFacts(dotted, *held[code], headers[code]) for code, dotted in shown.items()}
