"""XML files: bytes to a plain tree and back, and the one door to lxml for what translators send.

    root = parse(data, path="dose.xlf", prefixes={"urn:oasis:…:document:2.0": ""})
    root.first("file").get("original")       "locales/vi/LC_MESSAGES/dose.po"
    serialize(root, namespaces={"": "urn:oasis:…:document:2.0"}, mixed={"source", "target"})

A name is written with its namespace's prefix, whichever the file itself has for it; names of
namespaces that nobody asked for keep their address: `{urn:other}note`. Reading trusts nobody: no
entities, nothing from the network, no other files, and what nests or swells without bound is refused.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from lxml import etree

from polypage.errors import ExchangeError


@dataclass(frozen=True, slots=True)
class Element:
    """An element with all it holds; comments and processing instructions are left out."""

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: tuple[Child, ...] = ()
    """Elements and texts; two texts never follow each other."""
    line: int | None = field(default=None, compare=False)
    """Where its start tag ends in the file it was read from; the first line is 1."""

    def get(self, name: str, default: str = "") -> str:
        return self.attributes.get(name, default)

    def all(self, name: str) -> Iterator[Element]:
        """Yield the elements of a name among its children."""
        for child in self.children:
            if isinstance(child, Element) and child.name == name:
                yield child

    def first(self, name: str) -> Element | None:
        """Return the first element of a name among its children."""
        return next(self.all(name), None)

    @property
    def elements(self) -> tuple[Element, ...]:
        return tuple(child for child in self.children if isinstance(child, Element))

    @property
    def text(self) -> str:
        """All text in it, however deep."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)


Child: TypeAlias = Element | str

_XML = "http://www.w3.org/XML/1998/namespace"


def parse(data: bytes, *, path: str, prefixes: Mapping[str, str]) -> Element:
    """Read an XML file; `prefixes` tells how namespaces are written in names.

    Raises:
        ExchangeError: It is no well-formed XML, or declares entities of its own.
    """
    try:
        root = parse_warily(data)
    except etree.XMLSyntaxError as exc:
        problem = f"is no well-formed XML: {_said(exc)}"
        remedy = "send it through the tool that wrote it once more"
        raise ExchangeError(path, problem, line=exc.lineno or None, remedy=remedy) from exc
    if declares_entities(root):
        remedy = "write the characters themselves and take the declarations out"
        raise ExchangeError(path, "declares entities", remedy=remedy)
    return _element(root, {_XML: "xml", **prefixes}, path)


def parse_warily(data: bytes, *, encoding: str | None = None) -> etree._Element:
    """Parse XML as lxml's tree: comments and processing instructions are left out, entities stay.

    Raises:
        XMLSyntaxError: It is no well-formed XML.
    """
    parser = etree.XMLParser(
        encoding=encoding,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(data, parser)


def declares_entities(root: etree._Element) -> bool:
    """Say whether an XML file has entities of its own, which may swell without bound."""
    declared: Any = root.getroottree().docinfo.internalDTD
    return declared is not None and any(declared.iterentities())


def serialize(
    root: Element, *, namespaces: Mapping[str, str], mixed: Collection[str] = ()
) -> bytes:
    """Write a tree as UTF-8, one element on a line.

    `namespaces` has the address of each prefix. What the elements named in `mixed` hold is
    written as it is, blanks and all.
    """
    declared = {
        f"xmlns:{prefix}" if prefix else "xmlns": address for prefix, address in namespaces.items()
    }
    whole = Element(root.name, {**declared, **root.attributes}, root.children)
    lines = _laid_out(whole, "", frozenset(mixed))
    return "".join(('<?xml version="1.0" encoding="UTF-8"?>\n', *lines)).encode()


# --- characters that XML cannot hold ----------------------------------------------------------

UNFIT = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""The characters that no XML 1.0 file can hold, not even as a reference."""
_MARK = "\N{SYMBOL FOR ESCAPE}"
_SHIELDED = re.compile(rf"{_MARK}\{{([0-9a-f]+)\}}")


def shield(text: str) -> str:
    """Write what XML cannot hold as `␛{7}`; a text without such characters stays as it is."""
    if UNFIT.search(text) is None and f"{_MARK}{{" not in text:
        return text
    return re.sub(rf"{UNFIT.pattern}|{_MARK}", lambda match: f"{_MARK}{{{ord(match[0]):x}}}", text)


def shielded(text: str) -> tuple[str, ...]:
    """Write a text as all that an element holds: an empty one is no child."""
    return (shield(text),) if text else ()


def unshield(text: str) -> str:
    """Read back what `shield` wrote."""
    return _SHIELDED.sub(_character, text) if _MARK in text else text


def _character(match: re.Match[str]) -> str:
    return character(match[1]) or match[0]


def character(code: str) -> str:
    """Return the character with a number, which is hexadecimal; nothing where there is none."""
    try:
        found = chr(int(code, 16))
        found.encode()  # half a character is none
    except (ValueError, OverflowError):
        return ""
    return found.strip("\0")


# --- reading ----------------------------------------------------------------------------------


def _said(error: etree.XMLSyntaxError) -> str:
    """Return what the parser says, without the place, which errors have anyway."""
    return re.sub(r", line \d+, column \d+.*", "", error.msg or "it is empty").strip()


def _element(element: etree._Element, prefixes: Mapping[str, str], path: str) -> Element:
    attributes = {
        _name(str(name), prefixes, attribute=True): str(value)
        for name, value in element.attrib.items()
    }
    children = tuple(_children(element, prefixes, path))
    line: Any = element.sourceline
    return Element(_name(str(element.tag), prefixes), attributes, children, line)


def _children(element: etree._Element, prefixes: Mapping[str, str], path: str) -> Iterator[Child]:
    if element.text:
        yield element.text
    for child in element:
        if not isinstance(child.tag, str):
            remedy = "write the character itself"
            problem = f"has the entity {child.text}, which XML does not know"
            raise ExchangeError(path, problem, line=element.sourceline, remedy=remedy)
        yield _element(child, prefixes, path)
        if child.tail:
            yield child.tail


def _name(written: str, prefixes: Mapping[str, str], *, attribute: bool = False) -> str:
    """Write a name with the prefix of its namespace."""
    if not written.startswith("{"):
        # An element without a namespace, where the format has one, is none of the format's.
        return written if attribute or "" not in prefixes.values() else f"{{}}{written}"
    address, _, name = written[1:].partition("}")
    if address not in prefixes:
        return written
    prefix = prefixes[address]
    return f"{prefix}:{name}" if prefix else name


# --- writing ----------------------------------------------------------------------------------

_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_ATTRIBUTE = _TEXT | str.maketrans({'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})


def _laid_out(element: Element, indent: str, mixed: frozenset[str]) -> Iterator[str]:
    if element.name in mixed or not element.elements:
        yield f"{indent}{_inline(element)}\n"
        return
    yield f"{indent}{_start(element)}>\n"
    for child in element.elements:
        yield from _laid_out(child, f"{indent}  ", mixed)
    yield f"{indent}</{element.name}>\n"


def _inline(child: Child) -> str:
    if isinstance(child, str):
        return child.translate(_TEXT)
    if not child.children:
        return f"{_start(child)}/>"
    return f"{_start(child)}>{''.join(map(_inline, child.children))}</{child.name}>"


def _start(element: Element) -> str:
    attributes = "".join(
        f' {name}="{value.translate(_ATTRIBUTE)}"' for name, value in element.attributes.items()
    )
    return f"<{element.name}{attributes}"
