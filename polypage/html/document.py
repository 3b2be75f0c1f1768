"""A page as text, tokens and tree, tied to each other.

The tokens say where everything stands, to the character; the tree says what encloses what, and CSS
selectors find elements in it:

    document = read(b"<p>Take <b>5 mg</b>.</p>", path="dose.html")
    (bold,) = select(document, "p > b")
    document.text[slice(*bold.content)]     -> "5 mg"
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from polypage.html.decoding import Decoded, decode
from polypage.html.markup import Lines, Text, TextKind, Token, tokenize, value
from polypage.html.nodes import as_nodes
from polypage.html.selectors import matching
from polypage.html.tree import Bearer, Element, build

__all__ = ["Bearer", "Document", "Element", "parse", "read", "select", "text_of"]


@dataclass(frozen=True)
class Document:
    """A page, decoded and parsed."""

    path: str
    text: str
    bom: bool
    """Whether a UTF-8 byte order mark stands before the text."""
    stray: bool
    """Whether bytes that are not UTF-8 stand in it, each as a lone surrogate."""
    tokens: tuple[Token, ...]
    elements: tuple[Element, ...]
    """In document order; the first is the root, html."""
    owners: tuple[int, ...]
    """For each token that begins or ends an element the element's place; -1 for all others."""

    @cached_property
    def lines(self) -> Lines:
        return Lines(self.text)

    @cached_property
    def named(self) -> Mapping[str, Sequence[Element]]:
        """The elements of each name, in document order; none for a name that no element has."""
        named: defaultdict[str, list[Element]] = defaultdict(list)
        for element in self.elements:
            named[element.name].append(element)
        return dict(named)

    @cached_property
    def bearers(self) -> Mapping[str, Sequence[Bearer]]:
        """The elements with an attribute of each name, in document order.

        Whoever is about a few attributes need not look at the others, which are nine in ten.
        """
        bearers: defaultdict[str, list[Bearer]] = defaultdict(list)
        for element in self.elements:
            if (tag := element.tag) is not None:
                for attribute in tag.attributes:
                    bearers[attribute.name].append((element, attribute))
        return dict(bearers)

    @cached_property
    def nodes(self) -> tuple[etree._Element, ...]:
        """The elements as lxml's, for XPath and selectors."""
        return as_nodes(self.text, self.tokens, self.elements)

    @cached_property
    def places(self) -> dict[etree._Element, int]:
        """The place among the elements of each node."""
        return {node: place for place, node in enumerate(self.nodes)}


def read(data: bytes, *, path: str) -> Document:
    """Decode and parse a page.

    Raises:
        SourceError: It is empty, not text, cannot be decoded, or nests too deeply.
    """
    return parse(decode(data, path=path), path=path)


def parse(decoded: Decoded, *, path: str) -> Document:
    """Cut the text of a page into tokens, and build its elements of them.

    Raises:
        SourceError: It nests too deeply.
    """
    tokens = tokenize(decoded.text)
    elements, owners = build(decoded.text, tokens, path=path)
    return Document(path, *decoded, tokens, elements, owners)


def select(document: Document, css: str) -> tuple[Element, ...]:
    """Return the elements that a CSS selector matches, in document order.

    Raises:
        SettingsError: The selector cannot be understood.
    """
    places = document.places
    return tuple(document.elements[places[node]] for node in matching(document.nodes[0], css))


def text_of(document: Document, element: Element) -> str:
    """Return the text in an element, references resolved, tags left out."""
    tokens = document.tokens[element.first : element.last]
    return "".join(
        value(document.text, token)
        for token in tokens
        if isinstance(token, Text) and token.kind is not TextKind.RAW
    )
