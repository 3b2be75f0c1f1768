"""SVG and MathML in HTML: which rules hold where a tag stands (HTML §13.2.6.5).

A `title` in SVG is no raw text, `<![CDATA[` begins a section in MathML only, and a `<div>` ends
both: a tokenizer must know what is open. This follows the elements from an `svg` or `math` on:

    foreign = ForeignContent()
    foreign.open("svg", {}, self_closing=False)        # False: the rules for HTML do not hold
    foreign.open("title", {}, self_closing=False)      # False: this is SVG's title
    foreign.open("textarea", {}, self_closing=False)   # True: SVG's title holds HTML
"""

from collections import defaultdict
from collections.abc import Mapping
from enum import Enum, auto
from typing import NamedTuple

from polypage.html.vocabulary import VOID


class _Kind(Enum):
    """What an open element is to the rules."""

    HTML = auto()
    SVG = auto()
    MATHML = auto()
    HTML_POINT = auto()
    """An HTML integration point: what begins in it is HTML."""
    TEXT_POINT = auto()
    """A MathML text integration point: what begins in it is HTML, but for two elements."""
    ANNOTATION = auto()
    """An annotation-xml: an svg in it begins as in HTML."""


class _Element(NamedTuple):
    name: str
    kind: _Kind
    base: int
    """Where the unbroken run of HTML's, or of foreign elements begins that it belongs to."""
    floor: int
    """Down to where an end tag in it is heard; `_OUTSIDE` where elements around hear it too."""


_OUTSIDE = -1
_AROUND = _Element("", _Kind.HTML, _OUTSIDE, _OUTSIDE)


class ForeignContent:
    """The open elements from an svg or math on."""

    def __init__(self) -> None:
        self.elements: list[_Element] = []
        """Innermost last; empty outside of foreign content."""
        self._depths: defaultdict[str, list[int]] = defaultdict(list)
        """Where each name is among them: a search would take longer the more are open."""

    @property
    def allows_cdata(self) -> bool:
        """Whether the current element is none of HTML's."""
        return self._innermost.kind is not _Kind.HTML

    def open(self, name: str, attributes: Mapping[str, str], *, self_closing: bool) -> bool:
        """Note a start tag; tell whether it opens an element of HTML."""
        html = self._holds_html(name)
        if not html and _breaks_out(name, attributes):
            self._break_out()
            html = True
        kind = _ROOTS.get(name, _Kind.HTML) if html else self._foreign_kind(name, attributes)
        closed = name in VOID if kind is _Kind.HTML else self_closing
        if not closed and (self.elements or kind is not _Kind.HTML):
            self._push(name, kind)
        return kind is _Kind.HTML

    def close(self, name: str) -> bool:
        """Note an end tag; tell whether it has no effect on the elements around."""
        if self.allows_cdata and name in {"br", "p"}:
            self._break_out()
            return True
        depths = self._depths[name]
        if depths and depths[-1] >= self._innermost.floor:
            self._pop(depths[-1])
            return True
        return self._innermost.floor > _OUTSIDE or name in _CLOSING_NOTHING_AROUND

    def leave(self) -> None:
        """Note that an element around all of it was closed."""
        self._pop(0)

    @property
    def _innermost(self) -> _Element:
        return self.elements[-1] if self.elements else _AROUND

    def _push(self, name: str, kind: _Kind) -> None:
        depth = len(self.elements)
        around = self._innermost
        same_run = (kind is _Kind.HTML) == (around.kind is _Kind.HTML)
        base = around.base if same_run else depth
        floor = around.floor if kind in _TRANSPARENT else base
        self.elements.append(_Element(name, kind, base, floor))
        self._depths[name].append(depth)

    def _pop(self, depth: int) -> None:
        while len(self.elements) > depth:
            self._depths[self.elements.pop().name].pop()

    def _break_out(self) -> None:
        while self._innermost.kind in _PLAIN:
            self._pop(len(self.elements) - 1)

    def _holds_html(self, name: str) -> bool:
        match self._innermost.kind:
            case _Kind.HTML | _Kind.HTML_POINT:
                return True
            case _Kind.TEXT_POINT:
                return name not in {"mglyph", "malignmark"}
            case _Kind.ANNOTATION:
                return name == "svg"
            case _:
                return False

    def _foreign_kind(self, name: str, attributes: Mapping[str, str]) -> _Kind:
        if self._innermost.kind is _Kind.SVG:
            return _Kind.HTML_POINT if name in _SVG_POINTS else _Kind.SVG
        if name == "annotation-xml":
            is_html = attributes.get("encoding", "").lower() in _HTML_TYPES
            return _Kind.HTML_POINT if is_html else _Kind.ANNOTATION
        return _Kind.TEXT_POINT if name in _TEXT_POINTS else _Kind.MATHML


def _breaks_out(name: str, attributes: Mapping[str, str]) -> bool:
    if name == "font":
        return not attributes.keys().isdisjoint({"color", "face", "size"})
    return name in _BREAKOUT


_ROOTS = {"svg": _Kind.SVG, "math": _Kind.MATHML}
_PLAIN = {_Kind.SVG, _Kind.MATHML, _Kind.ANNOTATION}
_SVG_POINTS = {"foreignobject", "desc", "title"}
_TEXT_POINTS = {"mi", "mo", "mn", "ms", "mtext"}
_HTML_TYPES = {"text/html", "application/xhtml+xml"}
_TRANSPARENT = {_Kind.SVG, _Kind.MATHML}
_CLOSING_NOTHING_AROUND = {"svg", "math", "html", "head", "body", "form"}
"""No svg or math is open around; the end tags of the others leave open what is open in them."""
_BREAKOUT = frozenset(
    "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li"
    " listing menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul"
    " var".split()
)
