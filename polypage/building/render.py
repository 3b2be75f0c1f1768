"""A page in another language: the source's own characters, with other texts in their places.

    <p>Read <a href="x">this</a></p>  +  Lies <a1>dies</a1>  =  <p>Lies <a href="x">dies</a></p>

Nothing is parsed here, and nothing serialised anew. A page is its source with changes: filled
slots, edits, translated segments, marks around those that are not. All between is copied. What a
translation brings is text, and is escaped; tags, attributes and URLs are copied from the source
by their spans, so that none comes in through a catalog.

Changes lie in each other: an image text in a paragraph, a link in a table that is left out. The
outer one decides: an edit leaves nothing of what it covers; a translated segment leaves what its
inline codes cover, changes included. To replace the text of a link wherever a translation has it,
an edit has the span of all that stands between the link's tags.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import IntEnum, auto
from typing import NamedTuple, TypeAlias
from urllib.parse import urljoin

from polypage.html.insets import Wrapping, json_string
from polypage.html.references import escape_anywhere, escape_attribute, escape_text
from polypage.html.styles import written
from polypage.language import values
from polypage.language.sentences import refilled
from polypage.limits import admits
from polypage.model import (
    Article,
    Content,
    Direction,
    Edit,
    Holder,
    Paired,
    Segment,
    Skeleton,
    Slot,
    SlotKind,
    Span,
    Standalone,
    Syntax,
    Target,
)
from polypage.reading.inline import Close, Open, Step, plain_text, steps


def render(
    article: Article,
    translations: Sequence[Content | None],
    target: Target,
    *,
    edits: Sequence[Edit] = (),
) -> str:
    """Write the page for a target, with a translation, or None, for each of the segments.

    A page in the source's own language differs from the source in URLs and encoding alone.
    """
    skeleton = article.skeleton
    filled = [*edits, *_filled(skeleton, target)]
    dropped = [slot.span for slot in skeleton.slots if slot.leaves_out(target.tag)]
    covered = _Cover.of([*dropped, *(edit.span for edit in edits)])
    passages = [
        (segment, content)
        for segment, content in zip(article.segments, translations, strict=True)
        if admits(segment.locales, target.tag) and not covered.holds(segment.span)
    ]
    filled += _gaps(skeleton, passages, target)
    changes = [
        *map(_edited, filled),
        *_translated(passages),
        *_marked(skeleton.text, passages, target),
    ]
    page = _Page.of(skeleton, changes, edits)
    return "".join(page.whole())


class _Cover(NamedTuple):
    """Spans of the source of which nothing is left; none of them lies in another."""

    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def of(cls, spans: Iterable[Span]) -> _Cover:
        starts, ends = [], [0]
        for span in sorted(spans, key=_outer_first):
            if span.start < span.end and span.end > ends[-1]:
                starts.append(span.start)
                ends.append(span.end)
        return cls(starts, ends[1:])

    def holds(self, span: Span) -> bool:
        last = bisect_right(self.starts, span.start) - 1
        return last >= 0 and span.end <= self.ends[last]


def _outer_first(span: Span) -> tuple[int, int]:
    return span.start, -span.end


# --- changes ----------------------------------------------------------------------------------


class _Rank(IntEnum):
    """What comes first of changes that begin at the same place."""

    END = auto()
    """Written after what ends here."""
    INSERTION = auto()
    BEGINNING = auto()
    """Written before what begins here."""
    REPLACEMENT = auto()


class _Change(NamedTuple):
    """What the page has instead of a span of the source."""

    span: Span
    rank: _Rank
    text: str = ""
    passage: tuple[Segment, Content] | None = None
    """A segment and its translation, which say more than text can."""

    @property
    def order(self) -> tuple[int, int, int]:
        return self.span.start, self.rank, -self.span.end


def _edited(edit: Edit) -> _Change:
    is_insertion = edit.span.start == edit.span.end
    return _Change(edit.span, _Rank.INSERTION if is_insertion else _Rank.REPLACEMENT, edit.text)


def _translated(passages: Iterable[tuple[Segment, Content | None]]) -> Iterator[_Change]:
    for segment, content in passages:
        # What says the same keeps the source's spelling: its blanks, its escapes.
        if content is not None and content != segment.content:
            yield _Change(segment.span, _Rank.REPLACEMENT, passage=(segment, content))


def _gaps(
    skeleton: Skeleton, passages: Sequence[tuple[Segment, Content | None]], target: Target
) -> Iterator[Edit]:
    """Put between translated sentences what the language puts there."""
    gaps = [slot for slot in skeleton.slots if slot.kind is SlotKind.GAP]
    if not gaps or target.tag == target.source_tag:
        return
    translated = [(segment.span, content) for segment, content in passages if content is not None]
    starts = {span.start for span, _ in translated}
    before = {span.end: content for span, content in translated}
    for gap in gaps:
        if gap.span.start in before and gap.span.end in starts:
            sentence = plain_text(before[gap.span.start])
            yield from _edit(gap, refilled(gap.value, sentence, target.tag))


_Passage: TypeAlias = "tuple[Segment, Content | None]"


def _marked(page: str, passages: Sequence[_Passage], target: Target) -> Iterator[_Change]:
    """Say of each passage in the source language that it is, and of translated ones within it."""
    if not target.mark_fallback or target.tag == target.source_tag:
        return
    held = _held(passages)
    for holder in held:
        attributes = _added(page, holder.carrier, target.source_tag, target.source_direction)
        yield _Change(_place(holder.carrier), _Rank.INSERTION, attributes)
    covered = _Cover.of([holder.span for holder in held])
    marked_up_to = 0
    for segment, content in passages:
        is_within = segment.span.start < marked_up_to
        if content is not None and is_within:
            yield from _marks(page, segment, target.tag, target.direction)
        elif content is None and not is_within and not covered.holds(segment.span):
            marks = tuple(_marks(page, segment, target.source_tag, target.source_direction))
            marked_up_to = segment.span.end if marks else marked_up_to
            yield from marks


def _held(passages: Sequence[_Passage]) -> Sequence[Holder]:
    """Return the elements in which nothing is translated, of passages that only they can mark."""
    wanted = [segment.holder for segment, content in passages if content is None and segment.holder]
    if not wanted:
        return ()
    starts = [segment.span.start for segment, content in passages if content is not None]
    return [
        holder
        for holder in dict.fromkeys(wanted)
        if bisect_left(starts, holder.span.start) == bisect_left(starts, holder.span.end)
    ]


def _marks(page: str, segment: Segment, tag: str, direction: Direction) -> Iterator[_Change]:
    if segment.carrier is not None:
        attributes = _added(page, segment.carrier, tag, direction)
        yield _Change(_place(segment.carrier), _Rank.INSERTION, attributes)
    elif segment.syntax is Syntax.MARKUP and segment.markable:
        attributes = _attributes(tag, direction)
        yield _Change(_place(segment.span.start), _Rank.BEGINNING, f"<span{attributes}>")
        yield _Change(_place(segment.span.end), _Rank.END, "</span>")


def _added(page: str, carrier: int, tag: str, direction: Direction) -> str:
    """Write the attributes for a start tag; in SVG a language has no `dir` (SVG 2 §5.10)."""
    name = page[page.rfind("<", 0, carrier) + 1 : carrier].lower()
    return f' lang="{tag}"' if name in _OF_GRAPHICS else _attributes(tag, direction)


_OF_GRAPHICS = frozenset("desc text title".split())
"""Elements of graphics that hold texts; HTML's title says no language."""


def _attributes(tag: str, direction: Direction) -> str:
    return f' lang="{tag}" dir="{direction}"'


def _place(offset: int) -> Span:
    return Span(offset, offset)


# --- slots ------------------------------------------------------------------------------------

_KINDS = {kind: position for position, kind in enumerate(SlotKind)}
"""Slots at the same place are filled in this order: the encoding before long lists of links."""

_OF_LANGUAGE = frozenset(
    {
        SlotKind.ROOT,
        SlotKind.ROOT_LANG,
        SlotKind.ROOT_DIR,
        SlotKind.BODY_DIR,
        SlotKind.LANG,
        SlotKind.OG_LOCALE,
        SlotKind.JSON_LANGUAGE,
        SlotKind.NUMBER,
        SlotKind.DATE,
    }
)
"""They are right as they are on a page in the source's own language."""

_UTF_8 = frozenset(
    ["utf-8", "utf8", "unicode-1-1-utf-8", "unicode11utf8", "unicode20utf8", "x-unicode20utf8"]
)
"""The labels of the one encoding that pages are written in (Encoding standard §4.2)."""


def _filled(skeleton: Skeleton, target: Target) -> Iterator[Edit]:
    has_canonical = any(slot.kind is SlotKind.CANONICAL for slot in skeleton.slots)
    for slot in sorted(skeleton.slots, key=lambda slot: _KINDS[slot.kind]):
        if slot.kind is SlotKind.HEAD_END:
            yield Edit(slot.span, _head_links(target, with_canonical=not has_canonical))
        elif slot.kind is SlotKind.OG_ALTERNATES:
            yield Edit(slot.span, _og_alternates(target, written=slot.value))
        elif slot.kind not in _OF_LANGUAGE:
            yield from _edit(slot, _filling(slot, skeleton.text, target))
            if slot.hreflang is not None and slot.value in target.link_tags:
                yield from _hreflang(slot.hreflang, target.link_tags[slot.value], skeleton, target)
        elif target.tag != target.source_tag:
            yield from _edit(slot, _language(slot, skeleton.text, target))


def _hreflang(span: Span, tag: str, skeleton: Skeleton, target: Target) -> Iterator[Edit]:
    """Say of a link in which language it leads on, if that is another, or it says so already."""
    if target.tag != target.source_tag and (tag != target.tag or span.start < span.end):
        yield Edit(span, _attribute("hreflang", tag, skeleton.text, span.start))


def _edit(slot: Slot, text: str | None) -> Iterator[Edit]:
    if text is not None:
        yield Edit(slot.span, text)


def _head_links(target: Target, *, with_canonical: bool) -> str:
    links = [
        f'<link rel="alternate" hreflang="{escape_anywhere(tag)}" href="{escape_anywhere(url)}">\n'
        for tag, url in target.alternates
    ]
    if with_canonical and target.url is not None:
        links.insert(0, f'<link rel="canonical" href="{escape_anywhere(target.url)}">\n')
    return "".join(links)


def _og_alternates(target: Target, *, written: str) -> str:
    """Name the page's other languages; the source's own as it is `written` on the source page."""
    locales = {edition.tag: edition.og_locale for edition in target.editions}
    if target.source_tag in locales and _OG_LOCALE.fullmatch(written):
        locales[target.source_tag] = written
    own = locales.pop(target.tag, target.og_locale)
    others = (locale for locale in dict.fromkeys(locales.values()) if locale != own)
    return "".join(
        f'\n<meta property="og:locale:alternate" content="{locale}">' for locale in others
    )


_OG_LOCALE = re.compile(r"[a-z]{2,3}(_[A-Z0-9]{2,3})?")


def _filling(slot: Slot, page: str, target: Target) -> str | None:
    """Write what a slot comes to hold; None leaves it as it is."""
    text = None
    match slot.kind:
        case SlotKind.LINK:
            text = _url(target.links.get(slot.value), page, slot.span.start)
        case SlotKind.STYLE_LINK if slot.value in target.links:
            text = written(target.links[slot.value])
        case SlotKind.CANONICAL | SlotKind.OG_URL:
            text = _url(target.url, page, slot.span.start)
        case SlotKind.JSON_LINK if slot.value in target.links:
            text = json_string(urljoin(target.url or "", target.links[slot.value]))
        case SlotKind.JSON_URL if target.url is not None:
            text = json_string(target.url)
        case SlotKind.CHARSET if slot.value.lower() not in _UTF_8:
            text = "utf-8"
        case SlotKind.CHARSET_MISSING:
            text = '<meta charset="utf-8">'
        case _ if _goes(slot, target):
            text = ""
    return text


def _goes(slot: Slot, target: Target) -> bool:
    """Say whether a slot comes to hold nothing."""
    match slot.kind:
        case SlotKind.ALTERNATE:
            return bool(target.alternates)
        case SlotKind.OG_ALTERNATE:
            return bool(target.editions)
        case _:
            return slot.leaves_out(target.tag)


def _language(slot: Slot, page: str, target: Target) -> str | None:
    """Write what a slot says of the page's language."""
    text = None
    match slot.kind:
        case SlotKind.ROOT:
            text = f'<html lang="{target.tag}" dir="{target.direction}">'
        case SlotKind.ROOT_LANG:
            text = _attribute("lang", target.tag, page, slot.span.start)
        case SlotKind.ROOT_DIR | SlotKind.BODY_DIR:
            text = _attribute("dir", target.direction, page, slot.span.start)
        case SlotKind.LANG:
            text = target.tag
        case SlotKind.OG_LOCALE:
            text = escape_anywhere(target.og_locale)
        case SlotKind.JSON_LANGUAGE:
            text = json_string(target.tag)
        case SlotKind.NUMBER:
            text = values.localized(slot.value, target.source_tag, target.tag)
        case SlotKind.DATE:
            text = values.written(values.Dated(*slot.value.split()), target.tag)
    return text


def _attribute(name: str, value: str, page: str, start: int) -> str:
    """Write a whole attribute, parted from what it follows."""
    blank = "" if page[start - 1 : start].isspace() else " "
    return f'{blank}{name}="{value}"'


def _url(url: str | None, page: str, start: int) -> str | None:
    """Write a URL as an attribute's value, whose quotes, if there are any, stand around it."""
    if url is None:
        return None
    before = page[max(0, start - _FAR) : start]
    written = escape_anywhere(url.replace(" ", "%20"))
    return f'"{written}"' if before.rstrip().endswith("=") else written


_FAR = 16
"""More blanks than anybody puts between `href=` and its value."""


# --- the page ---------------------------------------------------------------------------------


class _Page(NamedTuple):
    """The source and what changes in it, in order."""

    text: str
    changes: Sequence[_Change]
    starts: Sequence[int]
    """Where each change begins."""
    within_pairs: Mapping[Span, str]
    """Edits that may replace all that stands between the tags of a pair."""
    wrapped: Wrapping

    @classmethod
    def of(cls, skeleton: Skeleton, changes: Iterable[_Change], edits: Iterable[Edit]) -> _Page:
        ordered = sorted(changes, key=lambda change: change.order)
        starts = [change.span.start for change in ordered]
        within_pairs = {edit.span: edit.text for edit in edits}
        return cls(skeleton.text, ordered, starts, within_pairs, Wrapping(skeleton.insets))

    def whole(self) -> Iterator[str]:
        # One past the end takes in what is inserted at the very end.
        return self.copied(Span(0, len(self.text) + 1))

    def copied(self, span: Span, *, after: int = -1) -> Iterator[str]:
        """Copy a span of the source with the changes in it, of those after the one given."""
        position = span.start
        index = bisect_left(self.starts, position, after + 1)
        while index < len(self.changes) and self.starts[index] < span.end:
            yield self.text[position : self.starts[index]]
            yield from self.changed(index)
            position = self.changes[index].span.end
            index = bisect_left(self.starts, position, index + 1)
        yield self.text[position : span.end]

    def changed(self, index: int) -> Iterator[str]:
        change = self.changes[index]
        if change.passage is None:
            yield self.wrapped(change.text, change.span.start)
            return
        segment, content = change.passage
        if segment.syntax is Syntax.MARKUP:
            yield from self.passage(content, index)
        else:
            yield self.wrapped(self.text_alone(segment, content), segment.span.start)

    def text_alone(self, segment: Segment, content: Content) -> str:
        """Write a translation where no tag can stand."""
        text = plain_text(content)
        match segment.syntax:
            case Syntax.ATTRIBUTE:
                quote = "'" if self.text[segment.span.start] == "'" else '"'
                return f"{quote}{escape_attribute(text, quote)}{quote}"
            case Syntax.PLAIN:
                return text
            case _:
                return escape_text(text)

    def passage(self, content: Content, index: int) -> Iterator[str]:
        """Write a translation with the source's tags; `index` is the change's own."""
        way = steps(content)
        start = self.starts[index]
        for step in way:
            match step:
                case str():
                    yield self.wrapped(escape_text(step), start)
                case Standalone():
                    yield from self.copied(step.span, after=index)
                case Open(code):
                    yield from self.copied(code.open, after=index)
                    edited = self.within_pairs.get(Span(code.open.end, code.close.start))
                    if edited is not None:
                        yield self.wrapped(edited, code.open.end)
                        _skip(way, code)
                        yield from self.end(code, index)
                case Close(code):
                    yield from self.end(code, index)

    def end(self, code: Paired, index: int) -> Iterator[str]:
        if code.close.start < code.close.end:
            yield from self.copied(code.close, after=index)
        else:
            # What ends it in the source may be elsewhere in the translation. It is an rt or the
            # like: no other inline element may lack its end tag.
            name = code.name.rstrip("0123456789")
            yield self.wrapped(f"</{name}>", code.open.start)


def _skip(way: Iterator[Step], code: Paired) -> None:
    """Go on past the end of a pair."""
    for step in way:
        if isinstance(step, Close) and step.code is code:
            return
