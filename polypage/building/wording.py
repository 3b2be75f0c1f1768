"""What a passage of a page says, in the source language or with translations in place.

Markup falls away as it does before a reader's eyes: words on both sides of `<br>` stand apart,
those on both sides of `<b>` do not, hidden ones are not heard:

    <p>Take <b>5</b> mg.<br>Ask<span hidden> me</span>.</p>     ->  Take 5 mg. Ask.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from polypage.html import vocabulary as html
from polypage.html.blanks import collapsed
from polypage.html.markup import EndTag, StartTag, Text, TextKind, tokenize, value
from polypage.language.sentences import refilled
from polypage.limits import admits
from polypage.model import Article, Content, Paired, Segment, SlotKind, Span, Standalone, Syntax


@dataclass(frozen=True, slots=True)
class Wording:
    """A passage's words."""

    text: str
    """White space as browsers show it."""
    translated: frozenset[bool]
    """Whether the segments in it are translated: both if some are, neither if there are none."""


def wording(
    article: Article,
    span: Span,
    translations: Sequence[Content | None] | None = None,
    *,
    tag: str = "",
) -> Wording:
    """Say what a span of the page's content says.

    `translations` are parallel to its segments, and in the language of the tag.
    """
    return wordings(article, (span,), translations, tag=tag)[0]


def wordings(
    article: Article,
    spans: Iterable[Span],
    translations: Sequence[Content | None] | None = None,
    *,
    tag: str = "",
) -> tuple[Wording, ...]:
    """Say what each of several spans says, as `wording` does of one."""
    slots = article.skeleton.slots if tag else ()
    left_out = tuple(slot.span for slot in slots if slot.leaves_out(tag))
    gaps = frozenset(slot.span for slot in slots if slot.kind is SlotKind.GAP)
    said = translations or (None,) * len(article.segments)
    heard = (_Listener(article, said, tag, left_out, gaps).heard(span) for span in spans)
    return tuple(heard)


_UNSEEN = (
    html.RAW_TEXT
    | html.OPAQUE
    | frozenset(
        "audio canvas datalist head noscript object select template textarea title video".split()
    )
)
"""Elements whose content is not shown, or only where something better cannot be."""
_HIDING_STYLE = re.compile(
    r"""(?:^|;)\s*(?: display\s*:\s*none | (?:content-)?visibility\s*:\s*(?:hidden|collapse)
      | (?:opacity|font-size)\s*:\s*0*\.?0+[a-z%]*\s*(?:!|;|$) )""",
    re.IGNORECASE | re.VERBOSE,
)


class _Listener:
    """Goes through a span in the order of the built page."""

    def __init__(
        self,
        article: Article,
        translations: Sequence[Content | None],
        tag: str,
        left_out: Collection[Span],
        gaps: Collection[Span],
    ) -> None:
        self.pieces: list[str] = []
        self.translated: set[bool] = set()
        self._page = article.skeleton.text
        self._segments = article.segments
        self._translations = translations
        self._tag = tag
        self._left_out = left_out
        self._gaps = gaps
        self._hiding: list[str] = []
        """The names of the open elements from the outermost hidden one on."""

    def heard(self, span: Span) -> Wording:
        self.span(span)
        return Wording(collapsed("".join(self.pieces)), frozenset(self.translated))

    def span(self, span: Span) -> None:
        at = span.start
        sentence: int | None = None
        for place in self._outermost(span):
            gap = Span(at, self._segments[place].span.start)
            is_translated = self._translations[place] is not None
            if sentence is None or not is_translated or not self._refills(gap, sentence):
                self._markup(gap)
            sentence = len(self.pieces) if is_translated else None
            self._segment(place)
            at = self._segments[place].span.end
        self._markup(Span(at, span.end))

    def _refills(self, gap: Span, sentence: int) -> bool:
        """Take in a gap behind a translated sentence, unless it is as in the source."""
        if gap not in self._gaps:
            return False
        said = "".join(self.pieces[sentence:])
        filling = refilled(self._page[gap.start : gap.end], said, self._tag)
        self._text(filling or "")
        return filling is not None

    def _outermost(self, span: Span) -> Iterator[int]:
        at = span.start
        first = bisect_left(self._segments, at, key=lambda segment: segment.span.start)
        for place in range(first, len(self._segments)):
            segment = self._segments[place]
            if segment.span.start >= span.end:
                return
            shown = segment.syntax in {Syntax.MARKUP, Syntax.RCDATA} and self._stays(segment)
            if shown and at <= segment.span.start and segment.span.end <= span.end:
                at = segment.span.end
                yield place

    def _stays(self, segment: Segment) -> bool:
        """Say whether the page in this language has a segment."""
        if self._tag and not admits(segment.locales, self._tag):
            return False
        inner = segment.span
        return not any(s.start <= inner.start and inner.end <= s.end for s in self._left_out)

    def _segment(self, place: int) -> None:
        translation = self._translations[place]
        if not self._hiding:
            self.translated.add(translation is not None)
        self._content(self._segments[place].content if translation is None else translation)

    def _content(self, content: Content) -> None:
        for part in content:
            match part:
                case str():
                    self._text(part)
                case Standalone():
                    self.span(part.span)
                case Paired():
                    self._markup(part.open)
                    self._content(part.children)
                    self._markup(part.close)

    def _markup(self, span: Span) -> None:
        for gone in self._left_out:
            if span.start <= gone.start < span.end:
                self._tags(Span(span.start, gone.start))
                span = Span(min(gone.end, span.end), span.end)
        self._tags(span)

    def _tags(self, span: Span) -> None:
        page = self._page[span.start : span.end]
        for token in tokenize(page):
            match token:
                case StartTag():
                    self._open(token)
                case EndTag():
                    self._close(token.name)
                case Text(kind=TextKind.DATA | TextKind.CDATA):
                    self._text(value(page, token))
                case _:
                    pass

    def _open(self, tag: StartTag) -> None:
        self._part(tag.name)
        if tag.name not in html.VOID and (self._hiding or _hides(tag)):
            self._hiding.append(tag.name)

    def _close(self, name: str) -> None:
        self._part(name)
        if name in self._hiding:
            while self._hiding.pop() != name:
                pass

    def _part(self, name: str) -> None:
        if name == "br" or name in html.BLOCK:
            self._text(" ")

    def _text(self, text: str) -> None:
        if not self._hiding:
            self.pieces.append(text)


def _hides(tag: StartTag) -> bool:
    if tag.name in _UNSEEN or tag.get("hidden") or (tag.name == "dialog" and not tag.get("open")):
        return True
    style = tag.get("style")
    return style is not None and _HIDING_STYLE.search(style.value) is not None
