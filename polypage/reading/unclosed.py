"""Emphasis and links that a page forgets to end: all that follows is in them.

    <p>Call us <b>after 3 p.m.<p>Rest.    <b> is not closed: all that follows is bold, to the end …

Browsers end such an element with its block, and take it up again in each that follows, until a tag
ends it (HTML, §13.2.4.3). Where that brings no text into it nobody sees a difference, and nothing is
said; nor of an end tag that only comes late.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from polypage.html import vocabulary as html
from polypage.html.document import Document
from polypage.html.lines import LineCounter
from polypage.html.markup import EndTag, StartTag, Text, TextKind, Token
from polypage.html.tree import Element
from polypage.model import Finding, Severity


def find_unclosed(document: Document) -> tuple[Finding, ...]:
    """Name the elements that go on over text which is not theirs, each with its line."""
    unclosed = {element.first - 1: element for element in _unclosed(document)}
    if not unclosed:  # as in nearly all pages
        return ()
    found = _Reading(document, unclosed).read()
    lines = LineCounter(document.text)
    return tuple(
        Finding(
            "markup-unclosed",
            Severity.WARNING,
            f"<{element.name}> is not closed: {_SHOWN.get(element.name, _ELSE)}, {until};"
            f" write </{element.name}> where it is to end",
            document.path,
            lines.at(element.start),
        )
        for element, until in sorted(found, key=lambda each: each[0].place)
    )


_SHOWN = {
    **dict.fromkeys(("b", "strong"), "all that follows is bold"),
    **dict.fromkeys(("i", "em"), "all that follows is in italics"),
    **dict.fromkeys(("s", "strike"), "all that follows is struck through"),
    **dict.fromkeys(("code", "tt"), "all that follows is shown as code"),
    "a": "all that follows is part of the link",
    "u": "all that follows is underlined",
    "small": "all that follows is smaller",
    "big": "all that follows is larger",
}
_ELSE = "it holds for all that follows"


def _unclosed(document: Document) -> Iterator[Element]:
    for name in html.FORMATTING:
        for element in document.named.get(name, ()):
            if not (element.closed or element.foreign) and _is_seen(document, element):
                yield element


def _is_seen(document: Document, element: Element) -> bool:
    """Whether it shows: not so a mere anchor, or what only browsers without scripts read."""
    if element.name == "a" and element.attribute("href") is None:
        return False
    while element.parent >= 0:
        element = document.elements[element.parent]
        if element.name == "noscript":
            return False
    return True


@dataclass(slots=True)
class _Active:
    """An element that nothing has ended yet."""

    element: Element
    depth: int
    """How many fences were around it."""
    is_past: bool = False
    """Whether a block has begun or ended since."""
    reaches: bool = False
    """Whether there was text since then that it goes on over."""


_FENCES = frozenset("applet caption marquee object td template th".split())
"""Elements that what is open before them is not taken up in, nor what is open in them afterwards."""


class _Reading:
    """One pass over the tokens with those that are active."""

    def __init__(self, document: Document, unclosed: Mapping[int, Element]) -> None:
        self._document = document
        self._unclosed = unclosed
        """By the place of their start tags among the tokens."""
        self._active: list[_Active] = []
        self._fences: list[Element] = []
        self._found: list[tuple[Element, str]] = []

    def read(self) -> list[tuple[Element, str]]:
        for at, token in enumerate(self._document.tokens):
            while self._fences and self._fences[-1].last <= at:
                self._leave_fence()
            if isinstance(token, StartTag):
                self._start(at, token)
            elif self._active:
                self._within(at, token)
        while self._active:
            self._end(self._active[-1], "to the end of the page")
        return self._found

    def _start(self, at: int, tag: StartTag) -> None:
        self._pass(tag.name)
        if tag.name == "a":
            for active in [each for each in self._active if each.element.name == "a"]:
                if active.depth == len(self._fences):
                    self._end(active, "to the next link")
        if at in self._unclosed:
            self._active.append(_Active(self._unclosed[at], len(self._fences)))
        elif tag.name in _FENCES and self._document.owners[at] >= 0:
            self._fences.append(self._document.elements[self._document.owners[at]])

    def _within(self, at: int, token: Token) -> None:
        if isinstance(token, EndTag):
            self._pass(token.name)
            if token.name in html.FORMATTING and self._document.owners[at] < 0:
                self._close_late(token.name)
        elif isinstance(token, Text) and token.kind is TextKind.DATA:
            text = self._document.text[token.start : token.end]
            if text.strip(html.BLANKS):
                self._reach(at)

    def _pass(self, name: str) -> None:
        if name in html.BLOCK:
            for active in self._active:
                active.is_past = True

    def _reach(self, at: int) -> None:
        for active in self._active:
            if active.depth == len(self._fences) or at < active.element.last:
                active.reaches |= active.is_past

    def _close_late(self, name: str) -> None:
        """Forget the last one that an end tag ends in another block."""
        for active in reversed(self._active):
            if active.element.name == name and active.depth == len(self._fences):
                self._active.remove(active)
                return

    def _leave_fence(self) -> None:
        fence = self._fences.pop()
        inside = [each for each in self._active if each.depth > len(self._fences)]
        for active in inside:
            self._end(active, f"to the end of the <{fence.name}>")

    def _end(self, active: _Active, until: str) -> None:
        self._active.remove(active)
        if active.reaches:
            self._found.append((active.element, until))
