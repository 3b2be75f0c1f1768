r"""Insets: pages within a page, whose every character is written in another way.

What a browser shows of `<iframe srcdoc="&lt;p&gt;Rest&lt;/p&gt;">` is a page of its own, and the
text of an answer in structured data is one too:

    <p>Rest</p>    in an attribute    &lt;p&gt;Rest&lt;/p&gt;
                   in JSON            \u003cp>Rest<\/p>

Such a page is unwrapped, read as any other, and what was found in it is moved to where it stands
in the page around it. A build copies what it leaves alone, as it does anywhere, and wraps what it
writes.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from polypage.html.references import escape_attribute
from polypage.html.references import pieces as references
from polypage.model import (
    Article,
    Content,
    Holder,
    Inline,
    Inset,
    Paired,
    Quoting,
    Segment,
    Slot,
    Span,
    Standalone,
)


class Unwrapped(NamedTuple):
    """What an inset says, and where each character of it stands in the page around it."""

    text: str
    inset: Inset
    starts: Sequence[int]
    """The places in the text behind which it is not as long as it is written."""
    written: Sequence[int]
    """Where these stand in the page around it."""

    def outer(self, place: int) -> int:
        """Return where a place of the text is in the page around it."""
        nearest = bisect_right(self.starts, place) - 1
        return self.written[nearest] + place - self.starts[nearest]

    def span(self, inner: Span) -> Span:
        return Span(self.outer(inner.start), self.outer(inner.end))


def unwrap(page: str, inset: Inset) -> Unwrapped:
    """Read an inset of a page."""
    first = inset.span.start
    raw = page[first : inset.span.end]
    starts, written = [0], [first]
    text: list[str] = []
    at = length = 0
    for start, piece, meant in _PIECES[inset.quoting](raw):
        text += raw[at:start], meant
        length += start - at + len(meant)
        at = start + len(piece)
        starts += range(length - len(meant) + 1, length + 1)
        written += [first + at] * len(meant)
    return Unwrapped("".join((*text, raw[at:])), inset, starts, written)


def wrap(text: str, quoting: Quoting) -> str:
    """Write text so that it says this within an inset."""
    match quoting:
        case Quoting.JSON:
            return json_string(text)[1:-1]
        case Quoting.BARE:
            return _UNFIT.sub(lambda match: f"&#{ord(match[0])};", text)
        case _:
            return escape_attribute(text, quoting.value)


def json_string(text: str) -> str:
    """Write a JSON string that cannot end its script, nor begin a comment or a script in it."""
    return json.dumps(text, ensure_ascii=False).replace("<", "\\u003c")


_UNFIT = re.compile("[\t\n\f\r \"&'<=>`]")
"""What an attribute's value without quotes does not hold (HTML §13.1.2.3)."""


# --- how each character is written ------------------------------------------------------------

_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)"
)


def _escapes(raw: str) -> Iterator[tuple[int, str, str]]:
    """Yield the escapes of a JSON string, as `references.pieces` does those of an attribute."""
    for match in _ESCAPE.finditer(raw):
        yield match.start(), match[0], json.loads(f'"{match[0]}"')


_PIECES: dict[Quoting, Callable[[str], Iterator[tuple[int, str, str]]]] = {
    Quoting.DOUBLE: references,
    Quoting.SINGLE: references,
    Quoting.BARE: references,
    Quoting.JSON: _escapes,
}


# --- from the inner page to the outer one -----------------------------------------------------


def segments_of(inner: Article, unwrapped: Unwrapped) -> Iterator[Segment]:
    """Yield the segments of an inset where they stand in the page around it."""
    for segment in inner.segments:
        carrier, holder = segment.carrier, segment.holder
        yield segment._replace(
            content=_moved(segment.content, unwrapped),
            span=unwrapped.span(segment.span),
            carrier=carrier if carrier is None else unwrapped.outer(carrier),
            holder=holder and Holder(unwrapped.span(holder.span), unwrapped.outer(holder.carrier)),
        )


def slots_of(slots: Iterable[Slot], unwrapped: Unwrapped) -> Iterator[Slot]:
    """Yield slots of an inset where they stand in the page around it."""
    for slot in slots:
        hreflang = slot.hreflang and unwrapped.span(slot.hreflang)
        yield slot._replace(span=unwrapped.span(slot.span), hreflang=hreflang)


def insets_of(inner: Article, unwrapped: Unwrapped) -> Iterator[Inset]:
    """Yield an inset and those in it, in document order."""
    yield unwrapped.inset
    for inset in inner.skeleton.insets:
        yield inset._replace(span=unwrapped.span(inset.span))


def _moved(content: Content, unwrapped: Unwrapped) -> Content:
    return tuple(_moved_part(part, unwrapped) for part in content)


def _moved_part(part: Inline, unwrapped: Unwrapped) -> Inline:
    match part:
        case str():
            return part
        case Standalone():
            return part._replace(span=unwrapped.span(part.span))
        case Paired():
            return part._replace(
                open=unwrapped.span(part.open),
                close=unwrapped.span(part.close),
                children=_moved(part.children, unwrapped),
            )


# --- what a build writes ----------------------------------------------------------------------


class Wrapping:
    """Wraps what is written into a page."""

    def __init__(self, insets: Sequence[Inset]) -> None:
        self._insets = insets
        self._starts = [inset.span.start for inset in insets]
        self._around: list[int] = []
        """For each inset the place of the one around it, or -1."""
        for place, inset in enumerate(insets):
            self._around.append(self._innermost(place - 1, inset.span.end))

    def __call__(self, text: str, place: int) -> str:
        """Write text at a place of the page: as it is, or wrapped in the insets around there."""
        if not self._insets or not text:
            return text
        at = self._innermost(bisect_right(self._starts, place) - 1, place)
        while at >= 0:
            text = wrap(text, self._insets[at].quoting)
            at = self._around[at]
        return text

    def _innermost(self, at: int, end: int) -> int:
        """Return the first of an inset and those around it that goes on up to a place."""
        while at >= 0 and self._insets[at].span.end < end:
            at = self._around[at]
        return at
