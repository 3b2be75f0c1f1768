"""From a run of text and tags between two block boundaries to segments.

A run is what stands between the start or end of paragraphs, cells, list items. It becomes one
segment, or several where two or more line breaks in a row part it or it is a row of buttons, or
none where it holds no text. White space, line breaks, comments and empty elements at its ends, and pairs of tags around
the whole of it, stay in the skeleton:

    <p> <b><br>Take <a href="dose.html">5 mg</a> daily.</b> </p>

is the one piece `Take <a1>5 mg</a1> daily.`
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple, TypeAlias

from polypage.html import vocabulary as html
from polypage.html.blanks import squeezed
from polypage.html.legends import legend_of
from polypage.html.markup import StartTag
from polypage.html.references import resolve
from polypage.language.sentences import CODE, Slice, Unit, gaps_between, without
from polypage.model import Content, Inline, Paired, Span, Standalone

_new = tuple.__new__  # half the cost of a named tuple's own
_MAX_NESTING = 100
"""Pairs within pairs that a translator is shown as such; no text needs more."""


# --- what a run is made of: there are hundreds of thousands of these, so named tuples ----------


class TextItem(NamedTuple):
    """Text, as written and as meant."""

    start: int
    end: int
    raw: str
    value: str
    """References resolved."""
    blank: bool
    """Whether it is white space."""


class OpenItem(NamedTuple):
    """The start tag of an inline element."""

    start: int
    end: int
    tag: StartTag
    element: int
    implied_end: int = -1
    """Where it ends if its end tag is left out; -1 where that makes it no pair."""

    @property
    def name(self) -> str:
        return self.tag.name


class CloseItem(NamedTuple):
    """The end tag of an inline element."""

    start: int
    end: int
    name: str
    element: int


class CodeItem(NamedTuple):
    """Anything that is one inline code: an image, a comment, an element read on its own."""

    start: int
    end: int
    name: str
    bare: bool = False
    """Nothing but its name matters: `<br>`."""
    edge: bool = False
    """At the end of a run it belongs to the skeleton."""
    fixed: bool = False
    says: StartTag | str = ""
    """The legend, or the tag that has it."""
    element: int = -1
    """The element that it is; -1 where it is none, or one that no rule speaks of."""


Item: TypeAlias = TextItem | OpenItem | CloseItem | CodeItem


class Piece(NamedTuple):
    """The content of one segment, and the span that it replaces."""

    content: Content
    span: Span
    around: tuple[int, ...]
    """The elements whose tags stand around the whole piece, the outermost first."""
    has_fixed: bool = False
    """Whether a code in it keeps its place, since it lacks its partner."""


Cut: TypeAlias = Callable[[tuple[int, ...], str], Sequence[Span]]
"""Finds the gaps between sentences, given the elements around a text and the text."""


def pieces(
    items: Sequence[Item],
    *,
    implied_to: int | None = None,
    preserve_space: bool = False,
    cut: Cut | None = None,
) -> tuple[Piece, ...]:
    """Return what a run offers for translation, in document order.

    With `cut`, each sentence is a piece of its own. Where elements within the run lack their end
    tags, `implied_to` says where the run ends.
    """
    # What is at the end may stand in an element without an end tag.
    is_bare = len(items) == 1 or implied_to is not None
    core, around = (items, ()) if is_bare else _unwrapped(items)
    if cut is None and len(core) == 1 and type(text := core[0]) is TextItem:
        return (_plain(text, around, preserve_space=preserve_space),)  # as in four runs of five
    parts = _parted(_paired(core, implied_to), around)
    return tuple(
        _piece(part, within, preserve_space=preserve_space)
        for part, within in (parts if cut is None else _sentences(parts, cut))
    )


def _plain(item: TextItem, around: tuple[int, ...], *, preserve_space: bool) -> Piece:
    """Make a piece of a text without codes."""
    start, end, raw, meant, _ = item
    if meant is raw:
        meant = raw.strip(html.BLANKS)
        if len(meant) < len(raw):
            start += len(raw) - len(raw.lstrip(html.BLANKS))
            end = start + len(meant)
    else:
        start, end, _, meant, _ = _without_blanks(item)
    content = (meant if preserve_space else squeezed(meant),)
    return _new(Piece, (content, _new(Span, (start, end)), around, False))


def _unwrapped(items: Sequence[Item]) -> tuple[Sequence[Item], tuple[int, ...]]:
    """Take off what stands at the ends and around the whole; say which elements that were."""
    first, last = 0, len(items)
    around: list[int] = []
    while first < last:
        start, end = items[first], items[last - 1]
        if type(start) is OpenItem and type(end) is CloseItem and start.element == end.element:
            around.append(start.element)
            first += 1
            last -= 1
        elif _is_marginal(start):
            first += 1
        elif _is_marginal(end):
            last -= 1
        else:
            break
    if last - first == len(items):
        return items, ()
    return items[first:last], tuple(around)


def _is_marginal(item: Item) -> bool:
    if type(item) is TextItem:
        return item.blank
    return type(item) is CodeItem and item.edge


# --- pairing tags -----------------------------------------------------------------------------


class _Pair(NamedTuple):
    open: OpenItem
    close: Span
    children: tuple[_Node, ...]

    @property
    def name(self) -> str:
        return self.open.tag.name

    @property
    def start(self) -> int:
        return self.open.start

    @property
    def end(self) -> int:
        return self.close.end


_Node: TypeAlias = "TextItem | CodeItem | _Pair"


def _paired(items: Sequence[Item], implied_to: int | None) -> list[_Node]:
    """Nest the items; a tag whose partner is elsewhere becomes a code that keeps its place."""
    stack: list[tuple[OpenItem | None, list[_Node]]] = [(None, [])]
    partners = {item.element for item in items if type(item) is CloseItem}
    for item in items:
        if implied_to is not None:
            _end_implied(stack, item.start)
        if type(item) is TextItem or type(item) is CodeItem:
            stack[-1][1].append(item)
        elif type(item) is CloseItem:
            _close(stack, item)
        elif type(item) is OpenItem:
            is_pair = item.element in partners or _is_implied(item, implied_to)
            if is_pair and len(stack) <= _MAX_NESTING:
                stack.append((item, []))
            else:
                stack[-1][1].append(_lone(item))
    while len(stack) > 1:
        _end(stack)
    return stack[0][1]


def _is_implied(item: OpenItem, implied_to: int | None) -> bool:
    """Say whether an element ends within the run, if without an end tag."""
    return implied_to is not None and 0 <= item.implied_end <= implied_to


def _close(stack: list[tuple[OpenItem | None, list[_Node]]], item: CloseItem) -> None:
    top = stack[-1][0]
    if top is None or top.element != item.element:
        if not any(opened and opened.element == item.element for opened, _ in stack):
            stack[-1][1].append(_lone(item))
            return
        while (top := stack[-1][0]) and top.element != item.element:
            _end(stack)
    opened, children = stack.pop()
    if opened:
        close = _new(Span, (item.start, item.end))
        stack[-1][1].append(_new(_Pair, (opened, close, tuple(children))))


def _end_implied(stack: list[tuple[OpenItem | None, list[_Node]]], at: int) -> None:
    """End the elements whose end tags are left out here."""
    while (top := stack[-1][0]) and 0 <= top.implied_end <= at:
        _end(stack)


def _end(stack: list[tuple[OpenItem | None, list[_Node]]]) -> None:
    """End the innermost open pair without an end tag of its own."""
    opened, children = stack.pop()
    if opened is None:
        return
    if opened.implied_end >= 0:
        close = Span(opened.implied_end, opened.implied_end)
        stack[-1][1].append(_Pair(opened, close, tuple(children)))
    else:
        stack[-1][1].extend((_lone(opened), *children))


def _lone(item: OpenItem | CloseItem) -> CodeItem:
    says = item.tag if isinstance(item, OpenItem) else ""
    return CodeItem(
        item.start, item.end, item.name, edge=True, fixed=True, says=says, element=item.element
    )


# --- parting and trimming ---------------------------------------------------------------------


def _parted(
    nodes: Sequence[_Node], around: tuple[int, ...]
) -> Iterator[tuple[list[_Node], tuple[int, ...]]]:
    """Yield the parts of a sequence of nodes: trimmed, unwrapped, parted at line breaks."""
    trimmed = _trimmed(nodes)
    while len(trimmed) == 1 and type(pair := trimmed[0]) is _Pair:
        around = (*around, pair.open.element)
        trimmed = _trimmed(pair.children)
    parts = _parts(trimmed)
    if len(parts) > 1:
        for part in parts:
            yield from _parted(part, around)
    elif any(map(_has_text, trimmed)):
        yield trimmed, around


def _trimmed(nodes: Sequence[_Node]) -> list[_Node]:
    first, last = 0, len(nodes)
    while first < last and _is_edge(nodes[first]):
        first += 1
    while first < last and _is_edge(nodes[last - 1]):
        last -= 1
    return list(nodes[first:last])


def _is_edge(node: _Node) -> bool:
    if isinstance(node, TextItem):
        return node.blank
    if isinstance(node, CodeItem):
        return node.edge
    return all(map(_is_edge, node.children))


def _has_text(node: _Node) -> bool:
    if isinstance(node, _Pair):
        return any(map(_has_text, node.children))
    return isinstance(node, TextItem) and not node.blank


def _parts(nodes: list[_Node]) -> list[list[_Node]]:
    """Part nodes where two or more line breaks stand in a row, and a row of buttons."""
    names = [node.name for node in nodes if not isinstance(node, TextItem)]
    if "button" in names and _is_row_of_buttons(nodes):
        return [[node] for node in nodes]
    if names.count("br") < _PARTING:
        return [nodes]
    parts: list[list[_Node]] = [[]]
    gap: list[_Node] = []
    for node in nodes:
        if _is_break(node) or (gap and _is_blank(node)):
            gap.append(node)
            continue
        if sum(map(_is_break, gap)) >= _PARTING:
            parts.append([])
        else:
            parts[-1].extend(gap)
        gap = []
        parts[-1].append(node)
    return parts


_PARTING = 2


def _is_row_of_buttons(nodes: Sequence[_Node]) -> bool:
    """Say whether buttons stand beside each other, or beside links, without words around them."""
    if not any(isinstance(node, _Pair) and node.name == "button" for node in nodes):
        return False
    return len(nodes) > 1 and all(isinstance(node, _Pair) or _is_edge(node) for node in nodes)


def _is_break(node: _Node) -> bool:
    return isinstance(node, CodeItem) and node.name == "br"


def _is_blank(node: _Node) -> bool:
    if isinstance(node, TextItem):
        return node.blank
    return isinstance(node, CodeItem) and node.name == "comment"


# --- sentences --------------------------------------------------------------------------------


def _sentences(
    parts: Iterator[tuple[list[_Node], tuple[int, ...]]], cut: Cut
) -> Iterator[tuple[list[_Node], tuple[int, ...]]]:
    """Part what was parted once more, between sentences; a pair of tags stays whole."""
    for nodes, around in parts:
        units = [*map(_unit, nodes)]
        gaps = gaps_between(units, partial(cut, around))
        if not gaps:
            yield nodes, around
            continue
        cutter = _Cutter(nodes)
        for slices in without(gaps, units):
            yield from _parted([*map(cutter.cut, slices)], around)


def _unit(node: _Node) -> Unit:
    if isinstance(node, TextItem):
        return Unit(node.value, is_code=_written(node, 0, len(node.value)) != len(node.raw))
    if isinstance(node, CodeItem):
        shown = "" if node.edge else CODE
        return Unit(" " if node.name == "br" else shown, is_code=True)
    return Unit("".join(_unit(child).text for child in node.children), is_code=True)


class _Cutter:
    """Cuts texts, from the first to the last."""

    def __init__(self, nodes: Sequence[_Node]) -> None:
        self._nodes = nodes
        self._at = Slice(0, 0, 0)
        """How far the last text cut is read, in what is meant and in what is written."""

    def cut(self, wanted: Slice) -> _Node:
        node = self._nodes[wanted.unit]
        if not isinstance(node, TextItem) or wanted[1:] == (0, len(node.value)):
            return node
        if self._at.unit != wanted.unit:
            self._at = Slice(wanted.unit, 0, 0)
        start, end = self._reach(node, wanted.start), self._reach(node, wanted.end)
        meant = node.value[wanted.start : wanted.end]
        blank = not meant.strip(html.BLANKS)
        return TextItem(node.start + start, node.start + end, node.raw[start:end], meant, blank)

    def _reach(self, item: TextItem, place: int) -> int:
        """Return where in the written text a character of the meant one is."""
        _, meant, written = self._at
        written += _written(item, written, place - meant)
        self._at = self._at._replace(start=place, end=written)
        return written


_UNEVEN = re.compile(r"&#?\w+;?|\r\n")
"""What is longer as it is written than as it is meant."""


def _written(item: TextItem, start: int, length: int) -> int:
    """Return how much is written, from a place on, for so many characters that are meant."""
    more = 0
    if len(item.raw) != len(item.value):
        for match in _UNEVEN.finditer(item.raw, start):
            if match.start() - start - more >= length:
                break
            more += len(match[0]) - len(resolve(match[0].replace("\r", "")))
    return length + more


# --- content ----------------------------------------------------------------------------------


def _piece(nodes: list[_Node], around: tuple[int, ...], *, preserve_space: bool) -> Piece:
    if isinstance(last := nodes[-1], TextItem):
        nodes[-1] = _without_blanks(last, before=False)
    if isinstance(first := nodes[0], TextItem):
        nodes[0] = _without_blanks(first, after=False)
    naming = _Naming(preserve_space=preserve_space)
    content = naming.content(nodes)
    span = _new(Span, (nodes[0].start, nodes[-1].end))
    return _new(Piece, (content, span, around, naming.has_fixed))


def _without_blanks(item: TextItem, *, before: bool = True, after: bool = True) -> TextItem:
    """Take off the blanks at a text's ends."""
    start, end, raw, meant, blank = item
    before = before and raw[:1] in html.BLANKS
    after = after and raw[-1:] in html.BLANKS
    if not before and not after:  # as most
        return item
    rest = raw.lstrip(html.BLANKS) if before else raw
    if taken := len(raw) - len(rest):
        meant = meant[_length(raw[:taken]) :]
        start += taken
    if after:
        raw, rest = rest, rest.rstrip(html.BLANKS)
        if taken := len(raw) - len(rest):
            meant = meant[: -_length(raw[-taken:])]
            end -= taken
    return _new(TextItem, (start, end, rest, meant, blank))


def _length(blanks: str) -> int:
    """Return how long written blanks are when read: CRLF is one line feed."""
    return len(blanks) - blanks.count("\r\n")


class _Naming:
    """Names the codes of a segment as they appear."""

    def __init__(self, *, preserve_space: bool) -> None:
        self.has_fixed = False
        """Whether a code that was named keeps its place."""
        self._preserve_space = preserve_space
        self._counts: defaultdict[str, int] = defaultdict(int)

    def content(self, nodes: Sequence[_Node]) -> Content:
        if len(nodes) == 1 and isinstance(node := nodes[0], TextItem) and node.value:  # as in most
            return (self._text(node.value),)
        found: list[Inline] = []
        text = ""
        for node in nodes:
            if isinstance(node, TextItem):
                text = text + node.value if text else node.value
                continue
            if text:
                found.append(self._text(text))
                text = ""
            found.append(self._pair(node) if isinstance(node, _Pair) else self._code(node))
        if text:
            found.append(self._text(text))
        return tuple(found)

    def _text(self, text: str) -> str:
        return text if self._preserve_space else squeezed(text)

    def _code(self, node: CodeItem) -> Inline:
        start, end, name, bare, _, fixed, says, _ = node
        if fixed:
            self.has_fixed = True
        legend = says if isinstance(says, str) else legend_of(says)
        return _new(
            Standalone, (self._name(name, bare=bare), _new(Span, (start, end)), legend, fixed)
        )

    def _pair(self, node: _Pair) -> Inline:
        (start, end, tag, _, _), close, nodes = node
        name = self._name(tag.name, bare=not tag.attributes)
        children = self.content(nodes)
        return _new(Paired, (name, _new(Span, (start, end)), close, children, legend_of(tag)))

    def _name(self, name: str, *, bare: bool) -> str:
        base = name if name.isalpha() and name.isascii() else _NO_NAME.sub("-", name)
        if bare:
            return base
        if base[-1].isdigit():
            base += "-"
        self._counts[base] += 1
        return f"{base}{self._counts[base]}"


_NO_NAME = re.compile("[^a-z0-9.-]")
