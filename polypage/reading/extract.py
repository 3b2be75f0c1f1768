"""From a document to an article: what there is to translate, and where it stands.

    document = read(data, path="source_articles/dose.html")
    article = extract(document, Rules(), slug="dose", source_tag="en")
    [segment.msgid for segment in article.segments]
        -> ["Dose", "Take <a1>5 mg</a1> daily."]

Every character of the page is either inside the span of a segment or stays as it is. Elements
that a rule protects, and passages in another language, are inline codes within text and are left
out where they stand alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from operator import attrgetter
from typing import NamedTuple

from polypage.errors import SourceError
from polypage.html import vocabulary as html
from polypage.html.decoding import STRAY
from polypage.html.document import Document, select, text_of
from polypage.html.legends import legend_of, shortened
from polypage.html.markup import Comment, Doctype, EndTag, StartTag, Text, TextKind, Token, value
from polypage.html.tree import Element
from polypage.model import Article, Inset, Segmentation, Skeleton, Span
from polypage.reading.addresses import find_addresses
from polypage.reading.attributes import Attributes
from polypage.reading.layout import Layout, Part
from polypage.reading.passages import Passages, Run
from polypage.reading.segmenter import CloseItem, CodeItem, OpenItem, TextItem
from polypage.reading.slots import find_slots
from polypage.reading.unclosed import find_unclosed
from polypage.reading.within import Within
from polypage.rules.filtering import filtered, locales_of
from polypage.rules.its import NOTHING, Its, read_beside_html
from polypage.rules.judging import Rules, Verdict, judge, language

_NOTE = re.compile(r"\s*TRANSLATORS:\s*(.*\S)\s*", re.DOTALL)
_SWITCH = re.compile(r"\s*translate:(on|off)\s*")
"""What translate toolkit's authors put around parts that are not translated."""
_new = tuple.__new__  # half the cost of a named tuple's own
# What is asked of each tag and text: to look a member up takes ten times as long as to compare it.
_BOUNDARY, _INLINE, _NESTED, _DROPPED = Part.BOUNDARY, Part.INLINE, Part.NESTED, Part.DROPPED
_DATA, _RAW, _CDATA = TextKind.DATA, TextKind.RAW, TextKind.CDATA


def extract(
    document: Document,
    rules: Rules,
    *,
    slug: str,
    source_tag: str,
    segmentation: Segmentation = "block",
    localize_values: bool = False,
    its: Its | None = None,
) -> Article:
    """Read an article: its segments in document order, and the skeleton they stand in.

    By sentences, headings and links stay whole: they are titles of something. With
    `localize_values` numbers and dates that stand alone are slots, not for translators. Without
    `its` the page's own word is taken, save for what it links to.

    Raises:
        SettingsError: A selector cannot be understood.
        SourceError: A page within the page, or rules of ITS in it, cannot be read.
    """
    way = _Way(rules, slug, source_tag, segmentation, localize_values)
    return _read(document, read_beside_html(document) if its is None else its, way)


class _Way(NamedTuple):
    """How a page is read, and the pages within it."""

    rules: Rules
    slug: str
    source_tag: str
    segmentation: Segmentation
    localize_values: bool


def _read(
    document: Document, its: Its, way: _Way, *, around: Verdict | None = None, depth: int = 0
) -> Article:
    """Read a page; one within a page has the verdict on the element around it, and a depth."""
    find, tag = partial(select, document), way.source_tag
    verdicts = judge(document, way.rules, find, source_tag=tag, around=around, its=its)
    source, speaks = language(tag), its is not NOTHING or around is not None
    passages = Passages(
        document,
        verdicts,
        language=source,
        segmentation=way.segmentation,
        its=speaks,
        values_in=tag if way.localize_values else None,
    )
    inner = Within(document, verdicts, passages, source, partial(_read_inner, way, depth + 1))
    reader = _Reader(document, verdicts, passages, its, inner)
    reader.read()
    passages.findings += (*its.findings, *find_unclosed(document))
    found = find_addresses(document)
    slots = [
        *find_slots(document, verdicts, source_tag=tag),
        *(filtered(document, verdicts, around=around) if speaks else ()),
        *found.slots,
        *passages.slots,
        *inner.slots,
        *reader.attributes.slots,
    ]
    skeleton = Skeleton(
        document.text,
        tuple(sorted(slots, key=attrgetter("span"))),
        document.bom,
        tuple(sorted((*inner.insets, *found.insets), key=_outer_first)),
    )
    return Article(
        way.slug,
        document.path,
        skeleton,
        tuple(sorted(passages.segments, key=attrgetter("span"))),
        passages.title,
        tuple(passages.findings),
        locales_of(document.elements, verdicts) if speaks else None,
    )


def _outer_first(inset: Inset) -> tuple[int, int]:
    return inset.span.start, -inset.span.end


def _read_inner(way: _Way, depth: int, document: Document, its: Its, around: Verdict) -> Article:
    if depth > _DEEPEST:
        problem = f"has pages within pages more than {_DEEPEST} deep"
        raise SourceError(document.path, problem, remedy="take them out of each other")
    return _read(document, its, way, around=around, depth=depth)


_DEEPEST = 8
"""Pages within pages; in each, what is quoted is written longer."""


class _Reader:
    """One pass over the tokens of a page."""

    def __init__(
        self,
        document: Document,
        verdicts: Sequence[Verdict],
        passages: Passages,
        its: Its,
        within: Within,
    ) -> None:
        self._document = document
        self._text = document.text
        self._elements = document.elements
        self._owners = document.owners
        self._verdicts = verdicts
        self._passages = passages
        self.attributes = Attributes(document, verdicts, passages, its, within.frame)
        self._telling = self.attributes.telling
        self._within = within
        self._layout = Layout(document.elements, verdicts)
        self._parts = self._layout.parts
        self._owner_of = self._layout.owners
        self._run = Run(0, len(document.tokens), 0)
        self._is_off = False
        """A comment said that what follows is not translated."""
        self._around: list[Run] = []
        """The runs that the one being read interrupts, the outermost first."""

    def read(self) -> None:
        text, blanks = self._text, html.BLANKS
        tokens, count = self._document.tokens, len(self._document.tokens)
        at = 0
        while at < count:
            if self._around and at >= self._run.end:
                at = self._leave(at)
                continue
            token = tokens[at]
            kind = type(token)  # half the cost of `match`, for each of a million tokens
            if kind is Text:
                raw = text[token.start : token.end]
                # Blanks at the beginning of a run belong to the skeleton; most texts are such.
                if self._run.items or raw.strip(blanks):
                    self._characters(token, raw)  # type: ignore[arg-type]
            elif kind is StartTag:
                at = self._start(at, token)  # type: ignore[arg-type]
                continue
            elif kind is EndTag:
                self._end(at, token)  # type: ignore[arg-type]
            else:
                self._other(at, token)
            at += 1
        while self._around:
            self._leave(at)
        self._flush(at)

    def _other(self, at: int, token: Token) -> None:
        if isinstance(token, Comment):
            self._comment(token)
        elif isinstance(token, Doctype):
            self._flush(at)

    # -- tags

    def _start(self, at: int, tag: StartTag) -> int:
        """Take in a start tag; return the place to go on at."""
        place = self._owners[at]
        if place < 0:
            self._stray(at, tag)
            return at + 1
        element = self._elements[place]
        part, run = self._parts[place], self._run
        if part is _BOUNDARY:
            if run.items:
                self._flush(at)
            run.first = at + 1
            run.owner = place
            if tag.name in html.HEADINGS:
                self._passages.enter_heading(element)
        if place in self._telling and not self._is_off and part is not _DROPPED:
            self.attributes.read(tag, element)
        if part is _INLINE:
            run.items.append(self._inline(tag, element))
        elif part is _NESTED:
            self._around.append(self._run)
            self._run = Run(place, element.last, at + 1)
        elif part is not _BOUNDARY:
            return self._skip(element, at, part)
        return at + 1

    def _skip(self, element: Element, at: int, part: Part) -> int:
        """Pass over an element that is not read; in text it is one inline code."""
        if part is Part.OPAQUE and element.name == "script" and not self._is_off:
            self._within.data(element)
        protect = part is Part.PROTECTED
        if protect:
            self.attributes.read_within(element)
        after = element.last + 1 if element.closed else element.last
        if self._layout.block[element.place]:
            self._flush(at)
            if protect:
                self._passages.enter_heading(element)
            self._run.owner = self._open_owner(self._owner_of[max(0, element.parent)], at)
            self._run.first = max(after, at + 1)
        else:
            text = shortened(text_of(self._document, element)) if protect else ""
            says = f"“{text}”, not translated" if text else ""
            self._code(element.span, element.name, edge=not text, says=says, element=element.place)
        return max(after, at + 1)

    def _end(self, at: int, tag: EndTag) -> None:
        place = self._owners[at]
        if place < 0:
            self._stray(at, tag)
        elif self._parts[place] is _BOUNDARY:
            run = self._run
            if run.items:
                self._flush(at)
            run.first = at + 1
            if run.owner == place or self._elements[run.owner].last <= at:
                run.owner = self._open_owner(run.owner, at)
        else:
            self._run.items.append(_new(CloseItem, (tag.start, tag.end, tag.name, place)))

    def _open_owner(self, place: int, at: int) -> int:
        """Return the innermost owner of text from this one up that a token does not end."""
        elements = self._elements
        while place > 0 and (element := elements[place]).last <= at:
            place = self._owner_of[element.parent]
        return place

    def _stray(self, at: int, tag: StartTag | EndTag) -> None:
        """Take in a tag that makes or ends no element of the tree."""
        if tag.name in html.BLOCK or tag.name in html.NESTED:
            self._flush(at)
        else:
            self._code(Span(tag.start, tag.end), tag.name, edge=True, fixed=True)

    def _leave(self, at: int) -> int:
        """End an element that is read on its own; for the text around it, it is one code."""
        self._flush(at)
        element = self._elements[self._run.nested]
        self._run = self._around.pop()
        says = self._nested_legend(element)
        is_edge = element.name not in ("a", "math")
        self._code(element.span, element.name, edge=is_edge, says=says)
        return at + 1 if element.closed else at

    def _nested_legend(self, element: Element) -> str:
        says = legend_of(element.tag) if element.tag else ""
        if element.name == "a":
            says = f"{says} {shortened(text_of(self._document, element))}".strip()
        elif self._verdicts[element.place].locales != self._verdicts[element.parent].locales:
            says = f"“{shortened(text_of(self._document, element))}”, not for all locales"
        return says

    def _code(
        self,
        span: Span,
        name: str,
        *,
        edge: bool,
        fixed: bool = False,
        says: str = "",
        element: int = -1,
    ) -> None:
        start, end = span
        item = _new(CodeItem, (start, end, name, False, edge, fixed, says, element))
        self._run.items.append(item)

    # -- text

    def _characters(self, token: Text, raw: str) -> None:
        kind = token.kind
        if kind is _DATA and self._document.stray:
            self._with_stray(token)
        elif kind is not _RAW:
            if self._is_off:
                self._protected(token)
            else:
                self._plain(token, raw)

    def _with_stray(self, token: Text) -> None:
        """Make codes of the bytes that could not be decoded, so that they stay where they are."""
        position = token.start
        for match in STRAY.finditer(self._text, token.start, token.end):
            if position < match.start():
                before = Text(position, match.start(), token.kind)
                self._plain(before, self._text[position : match.start()])
            says = "a byte that is not UTF-8"
            self._code(Span(*match.span()), "byte", edge=False, says=says)
            self._passages.report_stray(match.start())
            position = match.end()
        if position < token.end:
            after = Text(position, token.end, token.kind)
            self._plain(after, self._text[position : token.end])

    def _plain(self, token: Text, raw: str) -> None:
        run = self._run
        meant = raw
        if "&" in raw or "\r" in raw or "\0" in raw or token.kind is _CDATA:
            meant = value(self._text, token)
        blank = meant.isspace() and not meant.strip(html.BLANKS)
        if not blank:
            run.has_text = True
        elif not run.items:
            return
        run.items.append(_new(TextItem, (token.start, token.end, raw, meant, blank)))

    def _protected(self, token: Text) -> None:
        """Make a code of a text that comments say is not translated."""
        text = shortened(value(self._text, token))
        if text:
            says = f"“{text}”, not translated"
            self._code(Span(token.start, token.end), "text", edge=True, says=says)

    def _comment(self, token: Comment) -> None:
        said = value(self._text, token)
        if note := _NOTE.fullmatch(said):
            self._passages.notes.append(" ".join(note[1].split()))
        elif switch := _SWITCH.fullmatch(said):
            self._is_off = switch[1] == "off"
        is_code = self._text.startswith("<?", token.start)
        name = "code" if is_code else "comment"
        self._code(Span(token.start, token.end), name, edge=not is_code)

    def _inline(self, tag: StartTag, element: Element) -> OpenItem | CodeItem:
        start, end, name, attributes, _ = tag
        place, implied_end = element.place, -1
        if name in html.VOID and not element.foreign:
            edge = _is_marginal(tag)
            return _new(CodeItem, (start, end, name, not attributes, edge, False, tag, place))
        if not element.closed:
            if element.first == element.last:
                return CodeItem(start, end, name, edge=True, fixed=True, says=tag, element=place)
            if name in html.OPTIONAL_END_INLINE and element.close.start < len(self._text):
                implied_end = element.close.start
                self._run.has_implied_ends = True
        return _new(OpenItem, (start, end, tag, place, implied_end))

    def _flush(self, at: int) -> None:
        """Make segments of the run that ends at a place among the tokens."""
        run = self._run
        if run.items:
            if run.has_text:
                self._passages.text(run, at)
            run.items = []
            run.has_text = run.has_implied_ends = False
        run.first = at + 1


def _is_marginal(tag: StartTag) -> bool:
    """Say whether a void element, at the end of a run, is layout rather than part of a sentence."""
    if tag.name != "img":
        return True
    alt = tag.get("alt")
    return alt is not None and not alt.value.strip()
