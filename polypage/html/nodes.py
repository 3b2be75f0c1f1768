"""A page's elements as lxml's, for what lxml is good at: CSS selectors and XPath.

    nodes = as_nodes(text, tokens, elements)
    nodes[element.place].xpath("ancestor::article")

The elements are written as XML and parsed; that is many times faster than making each of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from polypage.html.markup import Attribute, Text, TextKind, Token, value
from polypage.html.references import escape_attribute, escape_text
from polypage.html.tree import Element


def as_nodes(
    text: str, tokens: Sequence[Token], elements: Sequence[Element]
) -> tuple[etree._Element, ...]:
    """Return a node for each element of a page, all of one tree."""
    xml = "".join(_written(text, tokens, elements)).encode("utf-8", "replace")
    for character in _NONCHARACTERS:
        xml = xml.replace(character, b"")
    parser = etree.XMLParser(
        encoding="utf-8", recover=True, huge_tree=True, resolve_entities=False, no_network=True
    )
    return tuple(etree.fromstring(xml.translate(None, _CONTROLS), parser).iter())


# What XML does not allow.
_CONTROLS = bytes(code for code in range(0x20) if code not in b"\t\n\r")
_NONCHARACTERS = ("\ufffe".encode(), "\uffff".encode())


def _written(text: str, tokens: Sequence[Token], elements: Sequence[Element]) -> list[str]:
    """Write the elements as XML, in pieces."""
    names = _Names()
    xml = [_start(elements[0], names)]
    around = [elements[0]]
    coming = iter(elements[1:])
    element = next(coming, None)
    for at, token in enumerate(tokens):
        while around[-1].last <= at and len(around) > 1:
            xml.append(f"</{names[around.pop().name]}>")
        while element is not None and element.first <= at + _has_tag(element):
            xml.append(_start(element, names))
            around.append(element)
            element = next(coming, None)
        if type(token) is Text and token.kind is not TextKind.RAW:
            xml.append(_escaped(text, token))
    xml += (f"</{names[each.name]}>" for each in reversed(around))
    return xml


def _has_tag(element: Element) -> bool:
    return element.tag is not None and element.tag.start == element.start


def _escaped(text: str, token: Text) -> str:
    raw = text[token.start : token.end]
    if "&" in raw or "<" in raw or ">" in raw or token.kind is TextKind.CDATA:
        return escape_text(value(text, token))
    return raw


class _Names(dict[str, str]):
    """Names as XML allows them: HTML's parser takes almost anything for one."""

    def __missing__(self, name: str) -> str:
        sound = _NO_NAME.sub("_", name)
        if not _NAME.fullmatch(sound):
            sound = "_" + sound.replace(":", "_")
        self[name] = sound
        return sound


_NO_NAME = re.compile(r"[^A-Za-z0-9_.:-]")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*(?::[A-Za-z_][A-Za-z0-9_.-]*)?")


def _start(element: Element, names: _Names) -> str:
    tag = element.tag
    if tag is None or not tag.attributes:
        return f"<{names[element.name]}>"
    # A declared namespace would change the names of elements.
    found = [_attribute(each, names) for each in tag.attributes if each.name[:5] != "xmlns"]
    return f"<{names[element.name]}{''.join(found)}>"


def _attribute(attribute: Attribute, names: _Names) -> str:
    text = attribute.value
    if "&" in text or "<" in text or '"' in text:
        text = escape_attribute(text, '"')
    return f' {names[attribute.name]}="{text}"'
