"""What the selectors and pointers of ITS's rules lead to on a page.

    finder = Finder(document)
    finder.select(rule)                    -> (Part(7), Part(9, "alt"))
    finder.texts(rule, pointer, Part(7))   -> ("what the pointer leads to from there",)

XPath expressions with prefixes are meant for the page as browsers see it: its elements in the
namespaces of XHTML, SVG and MathML, and with the parts of tables that have no tags. A tree of that
kind is made when first needed. Other expressions, and CSS selectors, are for the page's own tree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from functools import cached_property
from typing import Final, NamedTuple, Protocol

from lxml import etree

from polypage.html.selectors import matching
from polypage.html.tree import Element
from polypage.rules.its_rules import Expression, Rule, compiled


class Tree(Protocol):
    """What is asked of a document."""

    @property
    def elements(self) -> Sequence[Element]: ...
    @property
    def nodes(self) -> Sequence[etree._Element]: ...


class Part(NamedTuple):
    """An element of the page, by its place, or an attribute of it."""

    place: int
    """Negative for a part of a table that has no tags."""
    attribute: str | None = None


class Finder:
    """A page in which rules can find their parts."""

    def __init__(self, page: Tree) -> None:
        self._page = page

    def select(self, rule: Rule) -> tuple[Part, ...]:
        """Return the parts of the page that a rule selects, in document order.

        Raises:
            PolypageError: Its selector does not lead to elements or attributes.
        """
        tree = self._tree(rule.selector)
        found = _evaluated(rule, rule.selector, tree.nodes[0])
        parts = [tree.part(each) for each in found] if isinstance(found, list) else [None]
        if None in parts:
            raise _error(rule, rule.selector, "selects neither elements nor attributes")
        return tuple(filter(None, parts))

    def texts(self, rule: Rule, pointer: Expression, part: Part) -> tuple[str, ...]:
        """Return the texts that a pointer leads to from a part of the page.

        Raises:
            PolypageError: The pointer leads nowhere, on any page.
        """
        found = self._pointed(rule, pointer, part)
        return tuple(map(_text, found)) if isinstance(found, list) else (_text(found),)

    def parts(self, rule: Rule, pointer: Expression, part: Part) -> tuple[Part, ...]:
        """Return the parts of the page that a pointer leads to from a part.

        Raises:
            PolypageError: The pointer leads nowhere, on any page.
        """
        tree, found = self._tree(pointer), self._pointed(rule, pointer, part)
        nodes = found if isinstance(found, list) else ()
        return tuple(each for node in nodes if (each := tree.part(node)))

    def _tree(self, expression: Expression) -> _Nodes:
        return self._as_in_browsers if expression.is_prefixed else self._as_written

    @cached_property
    def _as_written(self) -> _Nodes:
        return _Nodes(self._page.nodes)

    @cached_property
    def _as_in_browsers(self) -> _Nodes:
        nodes = tuple(deepcopy(self._page.nodes[0]).iter())
        _put_into_namespaces(self._page.elements, nodes)
        return _Nodes(nodes, _imply(self._page.elements, nodes))

    def _pointed(self, rule: Rule, pointer: Expression, part: Part) -> object:
        tree = self._tree(pointer) if part.place >= 0 else self._as_in_browsers
        node = tree.nodes[part.place]
        if part.attribute is None or pointer.css or pointer.text.startswith("/"):
            return _evaluated(rule, pointer, node)
        # lxml evaluates expressions at elements only. A path goes on from the attribute; a
        # function has to be called at an element that looks like it.
        if "(" not in pointer.text:
            path = f"{_ATTRIBUTE}/{pointer.text}"
            return _evaluated(rule, pointer, node, path, attribute=part.attribute)
        double = etree.SubElement(node, "attribute")
        value = _evaluated(rule, pointer, node, f"string({_ATTRIBUTE})", attribute=part.attribute)
        double.text = str(value)
        try:
            return _evaluated(rule, pointer, double)
        finally:
            node.remove(double)

    @property
    def implied(self) -> dict[int, tuple[int, ...]]:
        """The parts of tables that have no tags, by place, and the places of what they hold."""
        tree = self._as_in_browsers
        return {
            place: tuple(tree.places[child] for child in node)
            for node, place in tree.places.items()
            if place < 0
        }


class _Nodes:
    """A tree's nodes, by the places of their elements."""

    def __init__(
        self, nodes: Sequence[etree._Element], implied: Sequence[etree._Element] = ()
    ) -> None:
        self.nodes = (*nodes, *implied[::-1])
        """The implied ones come last, so that their places count down from -1."""
        self.places = {node: place for place, node in enumerate(nodes)}
        self.places |= {node: -1 - index for index, node in enumerate(implied)}

    def part(self, found: object) -> Part | None:
        """Return the part of the page that an expression has led to; None for text."""
        if isinstance(found, etree._Element):  # noqa: SLF001 - the one name of the type
            return Part(self.places[found]) if found in self.places else None
        parent = found.getparent() if hasattr(found, "getparent") else None
        if parent in self.places and getattr(found, "is_attribute", False):
            name = str(getattr(found, "attrname", ""))
            return Part(self.places[parent], _NAMESPACED.sub(_prefixed, name))
        return None


_ATTRIBUTE = "@*[name() = $_attribute]"


def _evaluated(
    rule: Rule,
    expression: Expression,
    node: etree._Element,
    text: str | None = None,
    *,
    attribute: str = "",
) -> object:
    if expression.css:
        return matching(node, expression.text)
    try:
        xpath = compiled(text or expression.text, expression.namespaces)
        return xpath(node, **{**dict(expression.variables), "_attribute": attribute})
    except etree.XPathError as exc:
        raise _error(rule, expression, str(exc)) from exc


def _error(rule: Rule, expression: Expression, problem: str) -> Exception:
    problem = f'"{expression.text}": {problem}'
    return rule.blame(rule.path, problem, line=rule.line, remedy="correct the rule")


def _text(found: object) -> str:
    """Return the string value of what an expression has led to (XPath §4.2)."""
    match found:
        case bool():
            return str(found).lower()
        case float() if found.is_integer():
            return str(int(found))
        case etree._Element():  # noqa: SLF001 - the one name of the type
            return str(found.xpath("string()"))
        case _:
            return str(found)


# --- the page as browsers see it --------------------------------------------------------------

_XHTML: Final = "http://www.w3.org/1999/xhtml"
_ROOTS: Final = {"svg": "http://www.w3.org/2000/svg", "math": "http://www.w3.org/1998/Math/MathML"}
_XML: Final = "http://www.w3.org/XML/1998/namespace"
_NAMESPACED = re.compile(r"\{([^}]*)\}")

_CAMEL_CASE: Final = {
    name.lower(): name
    for name in (
        "altGlyph altGlyphDef altGlyphItem animateColor animateMotion animateTransform clipPath"
        " feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix"
        " feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB"
        " feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset"
        " fePointLight feSpecularLighting feSpotLight feTile feTurbulence foreignObject glyphRef"
        " linearGradient radialGradient textPath"
    ).split()
}
"""Elements of SVG that are not all lower case (HTML §13.2.6.5)."""

_IMPLIED: Final = {
    ("table", "col"): "colgroup",
    ("table", "tr"): "tbody",
    **{("table", cell): "tbody" for cell in ("td", "th")},
    **{(part, cell): "tr" for part in ("tbody", "thead", "tfoot") for cell in ("td", "th")},
}
"""What stands between a part of a table and one that it cannot hold itself (HTML §13.2.6.4.9)."""


def _put_into_namespaces(elements: Sequence[Element], nodes: Sequence[etree._Element]) -> None:
    namespaces: list[str] = []
    for element, node in zip(elements, nodes, strict=True):
        namespace, name = _XHTML, element.name
        if element.foreign:
            namespace = _ROOTS.get(name) or namespaces[element.parent]
            name = _CAMEL_CASE.get(name, name)
        namespaces.append(namespace)
        try:
            node.tag = f"{{{namespace}}}{name}"
        except ValueError:  # HTML takes almost anything for a name, XML does not
            node.tag = f"{{{namespace}}}unknown"


def _imply(
    elements: Sequence[Element], nodes: Sequence[etree._Element]
) -> tuple[etree._Element, ...]:
    """Put in the parts of tables that have no tags, and return them."""
    implied: dict[etree._Element, None] = {}
    for element, node in zip(elements, nodes, strict=True):
        if element.name in ("col", "td", "th", "tr") and not element.foreign:
            _bring_home(node, element.name, implied)
    return tuple(implied)


def _bring_home(node: etree._Element, name: str, implied: dict[etree._Element, None]) -> None:
    parent = home = node.getparent()
    while home is not None and (needed := _IMPLIED.get((etree.QName(home).localname, name))):
        last = (
            node.getprevious() if home is parent else next(home.iterchildren(reversed=True), None)
        )
        if last is None or last not in implied or etree.QName(last).localname != needed:
            last = etree.Element(f"{{{_XHTML}}}{needed}")
            implied[last] = None
            if home is parent:
                node.addprevious(last)
            else:
                home.append(last)
        home = last
    if home is not None and home is not parent:
        home.append(node)


def _prefixed(match: re.Match[str]) -> str:
    return "xml:" if match[1] == _XML else ""
