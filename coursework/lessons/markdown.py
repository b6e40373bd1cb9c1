"""Turn a lesson's Markdown into parts: HTML, and the places of its checks. Pure; code titles come in as a mapping."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import nh3
import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from codesets import formats

# A number alone: no title of CPT is ever shown here.
CPT_REFERENCE = re.compile(rf"\{{cpt:({formats.CPT_SHAPE.pattern})\}}")
CODE_REFERENCE = re.compile(r"\{icd10cm:([A-Z0-9.]{3,8})\}")
TEXT_TAGS = {"p", "h2", "h3", "ul", "ol", "li", "strong", "em", "blockquote", "code", "a", "br", "span"}
TAGS = TEXT_TAGS | {"table", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTES = {"a": {"href", "class", "title"}, "span": {"class"}, "th": {"class"}, "td": {"class"}}

markdown = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(frozen=True)
class CodeReference:
    """What a code reference shows: the code, its title, and whether a claim may carry it."""

    code: str
    title: str
    is_billable: bool
    url: str


@dataclass(frozen=True)
class Part:
    """A stretch of HTML, or the slug of the check that stands there."""

    html: str = ""
    check: str = ""


@dataclass(frozen=True)
class CheckText:
    """A check as the author wrote it: its slug and the fields of its block."""

    slug: str
    fields: Mapping[str, Any]


def code_references(body: str) -> set[str]:
    return set(CODE_REFERENCE.findall(body))


def checks(body: str) -> list[CheckText]:
    """The check blocks of a lesson in their order. Raises ValueError where one is not readable."""
    found = []
    for token in markdown.parse(body):
        if slug := check_slug(token):
            try:
                found.append(CheckText(slug, yaml.safe_load(token.content)))
            except yaml.YAMLError as error:
                raise ValueError(f"The check {slug} is not readable YAML: {error}") from error
    return found


def parts(
    body: str, references: Mapping[str, CodeReference], cite: Callable[[str], str] = lambda html: html
) -> list[Part]:
    """The lesson in reading order, a section at a time. A code that `references` lacks is shown as plain text.

    `cite` makes links of the guideline sections that the prose names.
    """
    return list(split_at_checks(markdown.parse(body), lambda tokens: to_html(tokens, references, cite)))


def split_at_checks(tokens: list[Token], render: Callable[[list[Token]], str]) -> Iterator[Part]:
    stretch: list[Token] = []
    for token in tokens:
        if slug := check_slug(token):
            yield Part(html=render(stretch))
            yield Part(check=slug)
            stretch = []
        else:
            stretch.append(token)
    if stretch:
        yield Part(html=render(stretch))


def check_slug(token: Token) -> str:
    return (
        token.info.removeprefix("check ").strip() if token.type == "fence" and token.info.startswith("check ") else ""
    )


def to_html(tokens: list[Token], references: Mapping[str, CodeReference], cite: Callable[[str], str]) -> str:
    rendered = markdown.renderer.render(tokens, markdown.options, {})
    named: set[str] = set()

    def reference_html(match: re.Match[str]) -> str:
        is_first = match[1] not in named
        named.add(match[1])
        return code_html(match[1], references.get(match[1]), with_title=is_first)

    with_codes = CODE_REFERENCE.sub(reference_html, cite(rendered))
    with_codes = CPT_REFERENCE.sub(r'<span class="code">\1</span>', with_codes)
    return nh3.clean(with_codes, tags=TAGS, attributes=ATTRIBUTES, link_rel=None)


def code_html(code: str, reference: CodeReference | None, *, with_title: bool) -> str:
    """The code as a link; at its first mention with its title beside it, later with the title as a hint."""
    if reference is None:
        return f'<span class="code">{escape(code)}</span>'
    title = f' <span class="code-reference__title">{escape(reference.title)}</span>' if with_title else ""
    note = "" if reference.is_billable else ' <span class="tag">not billable</span>'
    return (
        f'<a class="code-reference" href="{escape(reference.url)}" title="{escape(reference.title)}">'
        f'<span class="code">{escape(code)}</span>{title}</a>{note}'
    )
