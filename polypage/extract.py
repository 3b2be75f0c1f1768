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

from polypage import structured
from polypage import vocabulary as html
from polypage.decoding import STRAY
from polypage.document import Document, select, text_of
from polypage.inline import plain_text, to_msgid
from polypage.layout import Layout, Part
from polypage.legends import legend_of, role_of, shortened
from polypage.lines import LineCounter
from polypage.markup import Comment, Doctype, EndTag, StartTag, Text, TextKind, Token, value
from polypage.model import (
    Article,
    Content,
    Finding,
    Segment,
    Severity,
    Skeleton,
    Slot,
    SlotKind,
    Span,
    Syntax,
)
from polypage.rules import Flow, Rules, Verdict, judge, language
from polypage.segmenter import CloseItem, CodeItem, Item, OpenItem, Piece, TextItem, pieces
from polypage.slots import find_slots
from polypage.tree import Element

_SPACES = re.compile("[\t\n\f\r ]{2,}|[\t\n\f\r]")
"""White space that is more than one blank."""
_NOTE = re.compile(r"\s*TRANSLATORS:\s*(.*\S)\s*", re.DOTALL)
_ADDRESS = re.compile(
    r"(?:[a-z][a-z0-9+.-]*://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE
)
"""A URL or an e-mail address that is the whole of a text."""
_TEXT_ATTRIBUTES = frozenset(html.TEXT_ATTRIBUTES)
_new = tuple.__new__  # half the cost of a named tuple's own
_UNMARKABLE = frozenset(
    ("select", "option", "optgroup", "datalist", "table", "tbody", "tr", "ul", "ol", "dl")
)
"""Elements that hold no span."""


def extract(document: Document, rules: Rules, *, slug: str, source_tag: str) -> Article:
    """Read an article: its segments in document order, and the skeleton they stand in.

    Raises:
        SettingsError: A selector cannot be understood.
    """
    verdicts = judge(document.elements, rules, partial(select, document), source_tag=source_tag)
    reader = _Reader(document, verdicts, source_tag)
    reader.read()
    slots = [*find_slots(document, verdicts, source_tag=source_tag), *reader.slots]
    skeleton = Skeleton(document.text, tuple(sorted(slots, key=attrgetter("span"))), document.bom)
    return Article(
        slug,
        document.path,
        skeleton,
        tuple(sorted(reader.segments, key=attrgetter("span"))),
        reader.title or reader.head_title,
        tuple(reader.findings),
    )


def offered(text: str) -> bool:
    """Say whether a text is for translators: it has letters and is more than an address."""
    if not any(map(str.isalpha, text)):
        return False
    stripped = text.strip()
    return " " in stripped or not _ADDRESS.fullmatch(stripped)


class _Run:
    """What is being read between two boundaries, or within an element read on its own."""

    __slots__ = ("end", "first", "has_text", "items", "nested", "owner")

    def __init__(self, nested: int, end: int, first: int) -> None:
        self.nested = nested
        """The element that is read on its own, or the root."""
        self.end = end
        """The place among the tokens where that element ends."""
        self.owner = nested
        """The element whose text it is."""
        self.first = first
        """The place among the tokens where the run began."""
        self.items: list[Item] = []
        self.has_text = False


class _Reader:
    """One pass over the tokens of a page."""

    def __init__(self, document: Document, verdicts: Sequence[Verdict], source_tag: str) -> None:
        self.segments: list[Segment] = []
        self.slots: list[Slot] = []
        self.findings: list[Finding] = []
        self.title = ""
        self.head_title = ""
        self._document = document
        self._text = document.text
        self._elements = document.elements
        self._owners = document.owners
        self._verdicts = verdicts
        self._language = language(source_tag)
        self._layout = Layout(document.elements, verdicts)
        self._run = _Run(0, len(document.tokens), 0)
        self._around: list[_Run] = []
        """The runs that the one being read interrupts, the outermost first."""
        self._headings: dict[int, str] = {}
        self._notes: list[str] = []
        self._has_notes = any(verdict.notes for verdict in verdicts)
        self._lines = LineCounter(document.text)

    def read(self) -> None:
        tokens, count = self._document.tokens, len(self._document.tokens)
        at = 0
        while at < count:
            if at >= self._run.end and self._around:
                at = self._leave(at)
                continue
            token = tokens[at]
            kind = type(token)  # half the cost of `match`, for each of a million tokens
            if kind is Text:
                self._characters(token)  # type: ignore[arg-type]
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
        part = self._layout.parts[place]
        if part is Part.BOUNDARY:
            self._flush(at)
            self._run.owner = place
            self._enter_heading(element)
        if tag.attributes and part is not Part.DROPPED:
            self._attributes(tag, element)
        match part:
            case Part.INLINE:
                self._run.items.append(_inline(tag, element, len(self._text)))
            case Part.NESTED:
                self._around.append(self._run)
                self._run = _Run(place, element.last, at + 1)
            case Part.OPAQUE:
                if tag.name == "script":
                    self._structured_data(tag, element)
                return self._skip(element, at, protect=False)
            case Part.PROTECTED | Part.DROPPED:
                return self._skip(element, at, protect=part is Part.PROTECTED)
        return at + 1

    def _skip(self, element: Element, at: int, *, protect: bool) -> int:
        """Pass over an element that is not read; in text it is one inline code."""
        after = element.last + 1 if element.closed else element.last
        if self._layout.block[element.place]:
            self._flush(at)
            if protect:
                self._enter_heading(element)
            self._run.owner = self._open_owner(self._layout.owners[max(0, element.parent)], at)
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
        elif self._layout.parts[place] is Part.BOUNDARY:
            self._flush(at)
            self._run.owner = self._open_owner(self._run.owner, at)
        else:
            self._run.items.append(_new(CloseItem, (tag.start, tag.end, tag.name, place)))

    def _open_owner(self, place: int, at: int) -> int:
        """Return the innermost owner of text from this one up that a token does not end."""
        while place > 0 and self._elements[place].last <= at:
            place = self._layout.owners[self._elements[place].parent]
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
        says = legend_of(element.tag) if element.tag else ""
        if element.name == "a":
            says = f"{says} {shortened(text_of(self._document, element))}".strip()
        is_edge = element.name not in ("a", "math")
        self._code(element.span, element.name, edge=is_edge, says=says)
        return at + 1 if element.closed else at

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
        self._run.items.append(
            CodeItem(span.start, span.end, name, edge=edge, fixed=fixed, says=says, element=element)
        )

    # -- text

    def _characters(self, token: Text) -> None:
        if self._document.stray and token.kind is TextKind.DATA:
            self._with_stray(token)
        elif token.kind is not TextKind.RAW:
            self._plain(token)

    def _with_stray(self, token: Text) -> None:
        """Make codes of the bytes that could not be decoded, so that they stay where they are."""
        position = token.start
        for match in STRAY.finditer(self._text, token.start, token.end):
            if position < match.start():
                self._plain(Text(position, match.start(), token.kind))
            says = "a byte that is not UTF-8"
            self._code(Span(*match.span()), "byte", edge=False, says=says)
            self._report_stray(match.start())
            position = match.end()
        if position < token.end:
            self._plain(Text(position, token.end, token.kind))

    def _plain(self, token: Text) -> None:
        raw = self._text[token.start : token.end]
        meant = raw
        if "&" in raw or "\r" in raw or "\0" in raw or token.kind is TextKind.CDATA:
            meant = value(self._text, token)
        run = self._run
        blank = meant.isspace() and not meant.strip(html.BLANKS)
        if not blank:
            run.has_text = True
        elif not run.items:
            return  # blanks at the beginning belong to the skeleton
        run.items.append(_new(TextItem, (token.start, token.end, raw, meant, blank)))

    def _comment(self, token: Comment) -> None:
        note = _NOTE.fullmatch(value(self._text, token))
        if note:
            self._notes.append(" ".join(note[1].split()))
        is_code = self._text.startswith("<?", token.start)
        name = "code" if is_code else "comment"
        self._code(Span(token.start, token.end), name, edge=not is_code)

    def _flush(self, at: int) -> None:
        """Make segments of the run that ends at a place among the tokens."""
        run = self._run
        if run.items:
            if run.has_text:
                self._segments(run, at)
            run.items = []
            run.has_text = False
        run.first = at + 1

    def _segments(self, run: _Run, at: int) -> None:
        owner = self._elements[run.owner]
        verdict = self._verdicts[run.owner]
        if not verdict.translate:
            return
        preserve = verdict.preserve_space or self._preserves_space(run.items)
        tokens = self._document.tokens
        end = tokens[at].start if at < len(tokens) else len(self._text)
        found = tuple(pieces(run.items, end=end, preserve_space=preserve))
        is_whole = len(found) == 1 and run.first == owner.first and at == owner.last
        for piece in found:
            role = self._role(owner, piece.around)
            inner = self._verdicts[piece.around[-1]] if piece.around else verdict
            self._note_title(role, inner, piece.content)
            if self._accepts(piece.content, piece.span):
                self.segments.append(
                    Segment(
                        to_msgid(piece.content),
                        piece.content,
                        piece.span,
                        self._lines.at(piece.span.start),
                        role,
                        _syntax(owner),
                        inner.context,
                        inner.domain,
                        self._headings_over(role, inner),
                        self._taken_notes(self._notes_on(run.items, piece, verdict)),
                        preserve,
                        _carrier(owner, run.items, piece) if is_whole else None,
                        markable=not owner.foreign and owner.name not in _UNMARKABLE,
                    )
                )

    def _preserves_space(self, items: Sequence[Item]) -> bool:
        return any(
            self._verdicts[item.element].preserve_space
            for item in items
            if isinstance(item, OpenItem)
        )

    def _accepts(self, content: Content, span: Span) -> bool:
        """Say whether a content is for translators; report what no catalog can hold."""
        is_plain = len(content) == 1 and isinstance(content[0], str)
        if not offered(content[0] if is_plain else plain_text(content, code=" ")):  # type: ignore[arg-type]
            return False
        if self._document.stray and STRAY.search(plain_text(content)):
            self._report_stray(span.start)
            return False
        return True

    def _notes_on(self, items: Sequence[Item], piece: Piece, verdict: Verdict) -> tuple[str, ...]:
        """Return what is said of a piece, of what stands in it and of what stands around it."""
        if not self._has_notes:
            return ()
        found = dict.fromkeys(verdict.notes)
        for item in items:
            if isinstance(item, OpenItem | CodeItem) and item.element >= 0:
                is_within = piece.span.start <= item.start < piece.span.end
                if is_within or item.element in piece.around:
                    found |= dict.fromkeys(self._verdicts[item.element].notes)
        return tuple(found)

    def _taken_notes(self, notes: tuple[str, ...]) -> tuple[str, ...]:
        """Return these notes and those of the comments before."""
        if self._notes:
            notes = (*notes, *self._notes)
            self._notes.clear()
        return notes

    def _report_stray(self, offset: int) -> None:
        message = "a byte that is not UTF-8 is left as it is; mend the source page"
        line = self._lines.at(offset)
        finding = Finding("undecodable", Severity.ERROR, message, self._document.path, line)
        self.findings.append(finding)

    # -- headings, titles, roles

    def _headings_over(self, role: str, verdict: Verdict) -> tuple[str, ...]:
        if verdict.domain == "site" or role.startswith("heading"):
            return ()
        return tuple(self._headings.values())

    def _enter_heading(self, element: Element) -> None:
        """Note what follows stands under, a heading's own parts included."""
        if element.name in html.HEADINGS and self._verdicts[element.place].domain == "article":
            level = int(element.name[1])
            self._headings = {n: text for n, text in self._headings.items() if n < level}
            self._headings[level] = " ".join(text_of(self._document, element).split())

    def _note_title(self, role: str, verdict: Verdict, content: Content) -> None:
        if role == html.ROLES["h1"] and verdict.domain == "article":
            self.title = self.title or " ".join(plain_text(content).split())
        elif role == html.ROLES["title"]:
            self.head_title = self.head_title or " ".join(plain_text(content).split())

    def _role(self, owner: Element, around: tuple[int, ...]) -> str:
        """Say what a text is: a link, or what the nearest element that means something is."""
        if owner.name not in html.HEADINGS:
            for place in reversed(around):
                if self._elements[place].name in ("a", "button", "label"):
                    return html.ROLES[self._elements[place].name]
        element = owner
        while element.parent >= 0:
            if element.foreign and element.name == "title":
                return "title of a graphic"
            if element.name in html.ROLES:
                return html.ROLES[element.name]
            if self._verdicts[element.place].flow is Flow.NESTED:
                break
            element = self._elements[element.parent]
        return "text"

    # -- attributes and structured data

    def _attributes(self, tag: StartTag, element: Element) -> None:
        verdict = self._verdicts[element.place]
        for attribute in tag.attributes:
            if attribute.name not in _TEXT_ATTRIBUTES or not attribute.value:
                continue
            role = role_of(tag, attribute)
            if role and (verdict.translate or verdict.reason == "graphic"):
                quote = len(attribute.quote)
                span = Span(attribute.value_start - quote, attribute.value_end + quote)
                self._value(attribute.value, span, role, element, Syntax.ATTRIBUTE)

    def _value(self, text: str, span: Span, role: str, element: Element, syntax: Syntax) -> None:
        """Make a segment of a text without codes: a value of an attribute or in JSON."""
        verdict = self._verdicts[element.place]
        if not verdict.preserve_space:
            text = _SPACES.sub(" ", text).strip(" ")
        content = (text,)
        if self._accepts(content, span):
            self.segments.append(
                Segment(
                    to_msgid(content),
                    content,
                    span,
                    self._lines.at(span.start),
                    role,
                    syntax,
                    verdict.context,
                    verdict.domain,
                    self._headings_over(role, verdict),
                    self._taken_notes(verdict.notes),
                    verdict.preserve_space,
                    markable=False,
                )
            )

    def _structured_data(self, tag: StartTag, element: Element) -> None:
        kind = tag.get("type")
        if kind is None or kind.value.strip().lower() != "application/ld+json":
            return
        content = element.content
        found = structured.read(self._text[slice(*content)], offset=content.start)
        if found is None:
            message = "the structured data is no valid JSON and is left as it is"
            line = self._lines.at(content.start)
            finding = Finding("json-broken", Severity.WARNING, message, self._document.path, line)
            self.findings.append(finding)
            return
        for string in found.strings if self._verdicts[element.place].translate else ():
            if self._is_ours(string.language):
                role = f"{string.property} in structured data"
                self._value(string.value, string.span, role, element, Syntax.JSON)
        self.slots += (
            Slot(SlotKind.JSON_LANGUAGE, string.span, string.value)
            for string in found.languages
            if self._is_ours(string.value)
        )
        self.slots += (Slot(SlotKind.JSON_URL, each.span, each.value) for each in found.urls)

    def _is_ours(self, tag: str) -> bool:
        """Say whether a language tag, if there is one, names the source's language."""
        return not tag or language(tag) == self._language


def _inline(tag: StartTag, element: Element, end: int) -> OpenItem | CodeItem:
    if tag.name in html.VOID and not element.foreign:
        bare = not tag.attributes
        edge = _is_marginal(tag)
        return CodeItem(tag.start, tag.end, tag.name, bare, edge, says=tag, element=element.place)
    if element.first == element.last and not element.closed:
        return CodeItem(
            tag.start, tag.end, tag.name, edge=True, fixed=True, says=tag, element=element.place
        )
    implied_end = -1
    if tag.name in html.OPTIONAL_END_INLINE and not element.closed and element.close.start < end:
        implied_end = element.close.start
    return _new(OpenItem, (tag.start, tag.end, tag, element.place, implied_end))


def _is_marginal(tag: StartTag) -> bool:
    """Say whether a void element, at the end of a run, is layout rather than part of a sentence."""
    if tag.name != "img":
        return True
    alt = tag.get("alt")
    return alt is not None and not alt.value.strip()


def _syntax(owner: Element) -> Syntax:
    is_plain = owner.name in ("title", "textarea") and not owner.foreign
    return Syntax.RCDATA if is_plain else Syntax.MARKUP


def _carrier(owner: Element, items: Sequence[Item], piece: Piece) -> int | None:
    """Return where `lang` and `dir` can be added to the start tag of the element of a piece.

    It must hold no other text: none of an element that is read on its own, beside the piece.
    """
    if owner.tag is None or owner.name in ("html", "head", "title", "textarea"):
        return None
    if owner.tag.get("lang") or owner.tag.get("dir"):
        return None
    for item in items:
        is_beside = not piece.span.start <= item.start < piece.span.end
        if is_beside and isinstance(item, CodeItem) and item.name in html.NESTED:
            return None
    return owner.tag.start + 1 + len(owner.name)
