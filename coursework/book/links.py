"""Turns what the book prints into links: codes that the release holds, and sections of the Official Guidelines."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from codesets import formats
from codesets.models import Code, Release, System
from coursework.book import wording
from coursework.book.editions import address_of

# "E11.22", and the beginning of a code: "S72.00-", "E11.-". In "T36-T50" the dash belongs to the range.
CODE = re.compile(r"\b[A-Z][0-9A][0-9A-Z](?:\.[0-9A-Z]{1,4})?(?:\.?-(?![0-9A-Z]))?(?![0-9A-Z])")
SECTION = re.compile(r"\b(?:I{1,3}|IV)\.[A-Z](?:\.[A-Za-z0-9]{1,3})*\b")
EITHER = re.compile(f"({CODE.pattern})|({SECTION.pattern})")
# "Resection, Gallbladder 0FT4": a term, what stands below it, and the beginning of a code.
PROCEDURE = re.compile(r"(?:.* )?((?=\w*\d)[0-9A-HJ-NP-Z]{3,7})")


@dataclass(frozen=True)
class Links:
    """The codes that one page names: stripped code → billable, for those that the release holds."""

    label: str = ""
    billable: Mapping[str, bool] = field(default_factory=dict)

    def code(self, printed: str) -> SafeString:
        """A code of an index: a link, and in words what a dash or a header means."""
        plain = formats.strip(printed)
        if plain not in self.billable:
            return format_html('<span class="code">{}</span> <small>{}</small>', printed, wording.not_held(self.label))
        needs = "" if self.billable[plain] else wording.NEEDS_MORE
        return format_html("{}{}", self._link(printed), format_html(" <small>{}</small>", needs) if needs else "")

    def end_of(self, text: str) -> str:
        """The address of the code in which a reference ends; empty where it names a term alone."""
        return ""

    def short(self, printed: str) -> SafeString:
        """In the narrow columns of a table: the link alone."""
        held = formats.strip(printed) in self.billable
        return self._link(printed) if held else format_html('<span class="code">{}</span>', printed)

    def text(self, text: str) -> SafeString:
        """Prose with every code and section in it that can be followed."""
        return mark_safe(EITHER.sub(self._found, escape(text)))  # noqa: S308  escaped, then links of our own

    def _found(self, match: re.Match[str]) -> str:
        if match[2]:
            return citation(match[2])
        return self._link(match[1]) if formats.strip(match[1]) in self.billable else match[1]

    def _link(self, printed: str) -> SafeString:
        url = reverse("code_in_release", args=[self.label, formats.dotted(printed)])
        return format_html('<a class="code" href="{}">{}</a>', url, printed)


class ProcedureLinks(Links):
    """Codes of ICD-10-PCS: a whole one has its page, the beginning of one goes on in the builder."""

    def end_of(self, text: str) -> str:
        found = PROCEDURE.fullmatch(text)
        return address_of(System.ICD10PCS, self.label, found[1]) if found and self.label else ""

    def code(self, printed: str) -> SafeString:
        shown = '<a class="code" href="{}">{}</a>' if self.label else '<span class="code">{1}</span>'
        return format_html_join(" ", shown, ((self.end_of(each), each) for each in printed.split("; ")))


def procedure_links(tables: Release | None, texts: Iterable[str]) -> Links:
    return ProcedureLinks(tables.label if tables else "")


def citation(number: str) -> SafeString:
    """The one way to cite a section of the guidelines."""
    return format_html('<a class="citation" href="{}">{}</a>', reverse("guideline", args=[number]), number)


def with_citations(html: str) -> str:
    """Each section that prose names, as a citation."""
    return SECTION.sub(lambda match: citation(match[0]), html)


def links_for(release: Release | None, texts: Iterable[str]) -> Links:
    """One statement, however many codes the texts name."""
    if release is None:
        return Links()
    named = {formats.strip(found) for text in texts for found in CODE.findall(text)}
    rows = Code.objects.in_release(release).filter(code__in=named).order_by()
    return Links(release.label, dict(rows.values_list("code", "billable")))
