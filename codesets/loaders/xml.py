"""Parse official XML: entities are refused, a file that is cut off is named."""

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from codesets.loaders.archive import Member, Refused


def parse(member: Member, content: bytes) -> Element:
    try:
        return fromstring(content)
    except (ParseError, DefusedXmlException) as problem:
        raise Refused(f"{member.shown} cannot be read as XML: it is cut off, damaged or unsafe.") from problem


def root_is(name: str) -> Callable[[Member, bytes], bool]:
    """Told by the first tag, whatever the file is called."""
    return lambda member, head: f"<{name}".encode() in head


def text(node: Element, tag: str) -> str:
    return " ".join((node.findtext(tag) or "").split())


def whole_text(node: Element | None) -> str:
    """With the text of what stands inline."""
    return " ".join("".join(node.itertext()).split()) if node is not None else ""


def version(member: Member, root: Element) -> int:
    found = text(root, "version")
    if not re.fullmatch("20[0-9]{2}", found):
        raise Refused(f"{member.shown} states no year: it is not an official file.")
    return int(found)
