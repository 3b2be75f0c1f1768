"""A page's tokens as a tree of elements.

Each element is one start tag of the page, so that what is known of an element is known of its
place, to the character:

    <p>Take <b>5 mg<p>now      html > body > p > b, html > body > p

The tree is built by the HTML standard's rules for tags that may be left out or are wrong
(§13.1.2.4, §13.2.6), as for a page in standards mode. Elements that the standard makes without any
tag are there only if they are html, head or body; others are not invented, and none is moved.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar, Final, NamedTuple, TypeAlias

from polypage.errors import SourceError
from polypage.html import vocabulary as html
from polypage.html.markup import Attribute, EndTag, Lines, StartTag, Text, Token
from polypage.model import Span

MAX_DEPTH = 2_000
"""Elements within elements; browsers stop at 512."""


class Element(NamedTuple):
    """One element of the page."""

    place: int
    """Its place among the page's elements, which are in document order."""
    name: str
    parent: int
    """The place of the element around it; -1 for the root."""
    tag: StartTag | None
    """None for html, head or body without a tag in the page."""
    first: int
    """The place of the token after its start tag."""
    start: int
    foreign: bool
    """Whether it belongs to SVG or MathML."""
    last: int
    """The place of the token that ends it: its end tag, or the one that implies its end."""
    closed: bool
    """Whether the token at `last` is its own end tag."""
    close: Span
    """The end tag; empty where there is none."""

    @property
    def open(self) -> Span:
        """The start tag; empty where there is none, or it stands after some of the content."""
        if self.tag is None or self.tag.start != self.start:
            return Span(self.start, self.start)
        return Span(self.start, self.tag.end)

    @property
    def content(self) -> Span:
        start = self.open.end
        return Span(start, max(start, self.close.start))

    @property
    def span(self) -> Span:
        return Span(self.start, max(self.open.end, self.close.end))

    def attribute(self, name: str) -> str | None:
        """Return the attribute's value, references resolved; None where there is none."""
        attribute = self.tag.get(name) if self.tag else None
        return attribute.value if attribute else None


Bearer: TypeAlias = tuple[Element, Attribute]
"""An element, and one of its attributes."""


class Tree(NamedTuple):
    """The elements, and which tag is whose."""

    elements: tuple[Element, ...]
    """In document order; the first is the root, html."""
    owners: tuple[int, ...]
    """For each token that begins or ends an element the element's place; -1 for all others."""


def build(text: str, tokens: Sequence[Token], *, path: str) -> Tree:
    """Build the tree of a page.

    Raises:
        SourceError: It nests too deeply.
    """
    builder = _Builder(text, tokens, path)
    builder.build()
    return Tree(tuple(builder.elements), tuple(builder.owners))


_Begun: TypeAlias = tuple[int, str, int, StartTag | None, int, int, bool]
"""What is known of an element at its start: the first fields of `Element`.

A plain tuple is made in a fifth of the time of a named one.
"""
_NAME: Final = 1
_FOREIGN: Final = 6


class _Builder:
    """One pass over the tokens with a stack of open elements."""

    def __init__(self, text: str, tokens: Sequence[Token], path: str) -> None:
        self.owners = [-1] * len(tokens)
        self.elements: list[Element] = []
        """In document order; what is not over yet has its place kept by `_OPEN`."""
        self._text = text
        self._tokens = tokens
        self._path = path
        self._begun: list[_Begun] = []
        """The elements in document order, open or not."""
        self._has_foreign = False
        """Whether any of them belongs to SVG or MathML."""
        self._stack: list[int] = []
        self._open: list[str] = []
        """The names on the stack, with a blank before those of SVG and MathML; empty for what ended
        before the blocks that cut through it."""
        self._counts: defaultdict[str, int] = defaultdict(int)
        """How often each name is on the stack: most searches need not begin."""
        self._head: int | None = None
        self._body: int | None = None
        self._in_form = False
        self._ends_of_page: dict[int, Span] = {}
        """The end tags of html and body, after which the page may go on."""

    def build(self) -> None:
        self._implied("html", 0)
        start, end, open_ = self._start, self._end, self._open
        for at, token in enumerate(self._tokens):
            kind = type(token)  # half the cost of `match`, for each of a million tokens
            if kind is StartTag:
                start(at, token)  # type: ignore[arg-type]
            elif kind is EndTag:
                name = token.name  # type: ignore[union-attr]
                if open_[-1] == name and name not in _ENDING_LATER:  # as for most
                    self._pop(at, own=True)
                else:
                    end(at, name, token)  # type: ignore[arg-type]
            elif kind is Text and self._body is None:
                self._early_text(at, token)  # type: ignore[arg-type]
        self._finish()

    def _early_text(self, at: int, token: Text) -> None:
        """Begin the body at the first text that is not in an element of the head."""
        if self._open[-1] in _BEFORE_BODY and not self._is_blank(token):
            self._begin_body(at)

    def _is_blank(self, token: Text) -> bool:
        return not self._text[token.start : token.end].strip(html.BLANKS)

    # -- start tags

    def _start(self, at: int, tag: StartTag) -> None:
        name = tag.name
        if self._has_foreign and self._is_in_foreign() and self._stays_foreign(at, tag):
            self._push(at, tag, foreign=True)
            return
        if name in _FRAME:
            self._frame(at, tag)
            return
        if self._body is None and self._open[-1] in _BEFORE_BODY:
            self._before_body(at, name)
        makes_room = self._MAKING_ROOM.get(name)
        if makes_room is None or makes_room(self, at, name):
            self._push(at, tag, foreign=name in html.FOREIGN)

    def _is_in_foreign(self) -> bool:
        return self._begun[self._stack[-1]][_FOREIGN]

    def _stays_foreign(self, at: int, tag: StartTag) -> bool:
        """Say whether a tag is SVG's or MathML's; end them where HTML breaks out (§13.2.6.5)."""
        if self._open[-1] in html.HTML_IN_FOREIGN:
            return False
        is_html = tag.name in html.BREAKOUT or (
            tag.name == "font" and any(tag.get(name) for name in ("color", "face", "size"))
        )
        if is_html:
            self._break_out(at)
        return not is_html

    def _break_out(self, at: int) -> None:
        """End what is open of SVG or MathML, up to where HTML is allowed in it."""
        while self._is_in_foreign() and self._open[-1] not in html.HTML_IN_FOREIGN:
            self._pop(at)

    def _frame(self, at: int, tag: StartTag) -> None:
        """Place the tag of html, head or body, of which a page has one each."""
        if tag.name == "html":
            self._adopt(at, tag, 0, is_first=len(self._begun) == 1)
        elif tag.name == "body":
            is_first = self._body is None
            if self._body is None:
                self._body = self._begin_body(at)
            self._adopt(at, tag, self._body, is_first=is_first)
        elif self._head is None and self._body is None:
            self._head = self._push(at, tag, foreign=False)

    def _adopt(self, at: int, tag: StartTag, place: int, *, is_first: bool) -> None:
        """Give an element that stands already its tag; of several the first counts."""
        _, name, parent, own, first, start, foreign = self._begun[place]
        if own is not None:
            return
        self.owners[at] = place
        if is_first:
            first, start = at + 1, tag.start
        self._begun[place] = place, name, parent, tag, first, start, foreign

    def _before_body(self, at: int, name: str) -> None:
        if name not in html.IN_HEAD and name != "frameset":
            self._begin_body(at)
        elif self._head is None:
            self._head = self._implied("head", at)

    def _begin_body(self, at: int) -> int:
        while len(self._stack) > 1:
            self._pop(at)
        self._body = self._implied("body", at)
        return self._body

    def _implied(self, name: str, at: int) -> int:
        start = self._tokens[at].start if at < len(self._tokens) else len(self._text)
        place = len(self._begun)
        parent = self._stack[-1] if place else -1
        self._begun.append((place, name, parent, None, at, start, False))
        self.elements.append(_OPEN)
        self._stack.append(place)
        self._open.append(name)
        self._counts[name] += 1
        return place

    def _push(self, at: int, tag: StartTag, *, foreign: bool) -> int:
        start, end, name, _, is_closed = tag
        place = len(self._begun)
        self._begun.append((place, name, self._stack[-1], tag, at + 1, start, foreign))
        self.elements.append(_OPEN)
        self.owners[at] = place
        if foreign:
            self._has_foreign = True
        if is_closed if foreign else name in html.VOID:
            self._finished(place, at + 1, _new(Span, (end, end)), own=False)
        elif len(self._stack) > MAX_DEPTH:
            raise SourceError(
                self._path,
                f"nests elements more than {MAX_DEPTH} deep",
                line=Lines(self._text).at(tag.start),
                remedy="browsers stop at 512: mend the page's unclosed elements",
            )
        else:
            # HTML's rules look for names of HTML.
            if foreign and name not in html.HTML_IN_FOREIGN:
                name = f" {name}"
            self._stack.append(place)
            self._open.append(name)
            self._counts[name] += 1
        return place

    # -- what a start tag ends; each says whether it becomes an element at all

    def _past_paragraph(self, at: int, _name: str) -> bool:
        if self._counts["p"]:
            self._pop_to(self._find("p", html.BUTTON_SCOPE), at)
        return True

    def _past_heading(self, at: int, name: str) -> bool:
        self._past_paragraph(at, name)
        if self._open[-1] in html.HEADINGS:
            self._pop(at)
        return True

    def _past_item(self, at: int, name: str) -> bool:
        """End the open item of a list before the next (§13.2.6.4.7, "li", "dd")."""
        names = ("li",) if name == "li" else ("dd", "dt")
        if self._counts[names[0]] or self._counts[names[-1]]:
            depth = len(self._open) - 1
            while self._open[depth] not in names and self._open[depth] not in _AROUND_ITEMS:
                depth -= 1
            if self._open[depth] in names:
                self._pop_to(depth, at)
        return self._past_paragraph(at, name)

    def _past_form(self, at: int, name: str) -> bool:
        if self._in_form:
            return False
        self._in_form = True
        return self._past_paragraph(at, name)

    def _into_table(self, at: int, name: str) -> bool:
        if not self._counts["table"] and not self._counts["template"]:
            return False
        while self._open[-1] not in html.TABLE_PARENTS[name]:
            self._pop(at)
        return True

    def _past_formatting(self, at: int, name: str) -> bool:
        self._end_formatting(name, at, at_end_tag=False)
        return True

    def _past_button(self, at: int, name: str) -> bool:
        self._pop_to(self._find(name, html.SCOPE), at)
        return True

    def _past_select(self, at: int, name: str) -> bool:
        """End the open select: in it another one's start tag is its end, and an input comes after."""
        depth = self._find("select", html.SCOPE - {"select"})
        self._pop_to(depth, at)
        return depth < 0 or name != "select"

    def _past_option(self, at: int, name: str) -> bool:
        while self._open[-1] in ("option", name):
            self._pop(at)
        return True

    def _past_annotation(self, at: int, name: str) -> bool:
        if self._find("ruby", html.SCOPE) >= 0:
            kept = "rtc" if name in ("rp", "rt") else None
            while self._open[-1] in html.OPTIONAL_END and self._open[-1] != kept:
                self._pop(at)
        return True

    _MAKING_ROOM: ClassVar[Mapping[str, Callable[[_Builder, int, str], bool]]] = {
        **dict.fromkeys(html.CLOSES_P, _past_paragraph),
        **dict.fromkeys(html.HEADINGS, _past_heading),
        **dict.fromkeys(("li", "dd", "dt"), _past_item),
        "form": _past_form,
        **dict.fromkeys(("a", "nobr"), _past_formatting),
        "button": _past_button,
        **dict.fromkeys(("input", "select"), _past_select),
        **dict.fromkeys(("option", "optgroup"), _past_option),
        **dict.fromkeys(html.OPTIONAL_END_INLINE, _past_annotation),
        **dict.fromkeys(html.TABLE_PARENTS, _into_table),
    }

    # -- end tags

    def _end(self, at: int, name: str, tag: EndTag) -> None:
        """Take in an end tag that is not simply the innermost element's."""
        if name in _ENDING_THE_PAGE:
            self._end_page(tag)
        elif self._has_foreign and self._is_in_foreign() and self._end_foreign(at, name):
            return
        elif name in html.HEADINGS:
            self._end_heading(at)
        elif name == "form":
            self._end_form(at)
        elif name in html.FORMATTING:
            self._end_formatting(name, at, at_end_tag=True)
        else:
            self._close(self._find(name, _scope(name)), at)

    def _end_page(self, tag: EndTag) -> None:
        """Note the end tag of body or html: what follows still belongs to the body (§13.2.6.4.19)."""
        place = 0 if tag.name == "html" else self._body
        if place is not None and not self._is_in_foreign():
            self._ends_of_page[place] = Span(tag.start, tag.end)

    def _end_foreign(self, at: int, name: str) -> bool:
        """End an element of SVG or MathML; say whether that was meant (§13.2.6.5)."""
        if name in ("br", "p"):
            self._break_out(at)
            return False
        depth = len(self._open) - 1
        while (begun := self._begun[self._stack[depth]])[_FOREIGN] and begun[_NAME] != name:
            depth -= 1
        if begun[_FOREIGN]:
            self._close(depth, at)
            return True
        return False

    def _end_heading(self, at: int) -> None:
        """End whichever heading is open: any level's end tag does (§13.2.6.4.7)."""
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth] in html.HEADINGS:
                self._close(depth, at)
                return
            if self._open[depth] in html.SCOPE:
                return

    def _end_form(self, at: int) -> None:
        """End a form; what is open in it stays open (§13.2.6.4.7)."""
        self._in_form = False
        depth = self._find("form", html.SCOPE)
        if depth < 0:
            return
        while self._open[-1] in html.OPTIONAL_END:
            self._pop(at)
        if depth == len(self._open) - 1:
            self._close(depth, at)
        else:
            self._end_early(depth, at, own=True)

    def _end_formatting(self, name: str, at: int, *, at_end_tag: bool) -> None:
        """End a formatting element; one that blocks cut through ends without ending them."""
        if not self._counts[name]:
            return
        is_cut = False
        for depth in range(len(self._open) - 1, 0, -1):
            each = self._open[depth]
            if each == name:
                if is_cut:
                    while self._open[-1] not in html.SPECIAL:
                        self._pop(at)
                    self._end_early(depth, at, own=at_end_tag)
                elif at_end_tag:
                    self._close(depth, at)
                else:
                    self._pop_to(depth, at)
                return
            if each in html.SCOPE:
                return
            is_cut = is_cut or each in html.SPECIAL

    def _end_early(self, depth: int, at: int, *, own: bool) -> None:
        """End an element while others within it are still open."""
        self._mark_end(self._stack[depth], at, own=own)
        self._counts[self._open[depth]] -= 1
        self._open[depth] = ""

    def _find(self, name: str, scope: frozenset[str]) -> int:
        """Return where a name is on the stack, unless something of the scope is above; else -1."""
        if self._counts[name]:
            for depth in range(len(self._open) - 1, -1, -1):
                if self._open[depth] == name:
                    return depth
                if self._open[depth] in scope:
                    break
        return -1

    def _close(self, depth: int, at: int) -> None:
        """End an element at its end tag, and all that is open within it."""
        if depth < 0:
            return
        if depth + 1 < len(self._stack):
            self._pop_to(depth + 1, at)
        self._pop(at, own=True)

    def _pop_to(self, depth: int, at: int) -> None:
        while 0 <= depth < len(self._stack):
            self._pop(at)

    def _pop(self, at: int, *, own: bool = False) -> None:
        """End the innermost element before the token at this place, or with it as its own."""
        stack, names = self._stack, self._open
        self._counts[names.pop()] -= 1
        self._mark_end(stack.pop(), at, own=own)
        while not names[-1]:
            names.pop()
            stack.pop()

    def _mark_end(self, place: int, at: int, *, own: bool) -> None:
        token = self._tokens[at]
        start = end = token.start
        if own:
            self.owners[at] = place
            end = token.end
        ended = (at, own, _new(Span, (start, end)))
        self.elements[place] = _new(Element, self._begun[place] + ended)

    def _finished(self, place: int, last: int, close: Span, *, own: bool) -> None:
        self.elements[place] = _new(Element, self._begun[place] + (last, own, close))

    def _finish(self) -> None:
        """End what is open when the page ends."""
        end = Span(len(self._text), len(self._text))
        for place, name in zip(self._stack, self._open, strict=True):
            if name:
                close = self._ends_of_page.get(place, end)
                self._finished(place, len(self._tokens), close, own=False)


_new = tuple.__new__  # half the cost of a named tuple's own
_OPEN = Element(0, "", -1, None, 0, 0, foreign=False, last=0, closed=False, close=Span(0, 0))
_FRAME = frozenset(("html", "head", "body"))
_BEFORE_BODY = frozenset(("html", "head"))
_ENDING_THE_PAGE = frozenset(("html", "body"))
_ENDING_LATER = _ENDING_THE_PAGE | {"form"}
"""What is not over at its end tag, even where nothing else is open in it."""
_AROUND_ITEMS = html.SPECIAL - {"address", "div", "p"}


def _scope(name: str) -> frozenset[str]:
    """Return what an end tag does not reach through (§13.2.4.2)."""
    return _SCOPES.get(name, html.SPECIAL)


_SCOPES = {
    **dict.fromkeys(html.CLOSES_P, html.SCOPE),
    **dict.fromkeys(("applet", "button", "marquee", "object", "select"), html.SCOPE),
    "p": html.BUTTON_SCOPE,
    "li": html.LIST_SCOPE,
    "template": frozenset(("html",)),
    **dict.fromkeys(("table", *html.TABLE_PARTS), html.TABLE_SCOPE),
}
