"""From a run of text to segments: what each is to a translator, and what is said of it.

A run is what stands between two boundaries of blocks. The one of `<li><a href="/">Home</a></li>`
gives a segment `Home`, that is a link, stands under certain headings, has the notes of the comment
before it, and whose `li` can carry the language of a translation that is missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from polypage.html import vocabulary as html
from polypage.html.blanks import collapsed
from polypage.html.decoding import STRAY
from polypage.html.document import Document, text_of
from polypage.html.lines import LineCounter
from polypage.html.tree import Element
from polypage.language.sentences import gaps
from polypage.limits import Limits
from polypage.model import (
    Content,
    Finding,
    Holder,
    Inline,
    Segment,
    Segmentation,
    Severity,
    Slot,
    SlotKind,
    Span,
    Syntax,
)
from polypage.reading.hints import (
    Part,
    keeping,
    keeping_of_value,
    locales_of_value,
    told,
    told_of_value,
)
from polypage.reading.inline import plain_text, to_msgid
from polypage.reading.offering import offered, value_slot
from polypage.reading.segmenter import CodeItem, Item, OpenItem, Piece, pieces
from polypage.rules.its_marks import Marks
from polypage.rules.judging import Flow, Verdict

NO_MARKS = Marks()
_UNMARKABLE = frozenset(
    ("select", "option", "optgroup", "datalist", "table", "tbody", "tr", "ul", "ol", "dl")
)
"""Elements that hold no span."""
_MARKUP = Syntax.MARKUP  # to look a member up takes as long as all else that finds it out
_TITLES = frozenset((html.ROLES["h1"], html.ROLES["title"]))
"""The roles of what may be the page's title."""
_TEXT = "text"
"""The role of what stands in nothing that means something."""
_WHOLE = html.HEADINGS | {"a", "title", "textarea"}
"""Elements whose text is never cut into sentences."""


class Run:
    """What is being read between two boundaries, or within an element read on its own."""

    __slots__ = ("end", "first", "has_implied_ends", "has_text", "items", "nested", "owner")

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
        self.has_implied_ends = False
        """Whether end tags are left out of elements within its text."""


class Passages:
    """The segments of a page, made one after the other."""

    def __init__(
        self,
        document: Document,
        verdicts: Sequence[Verdict],
        *,
        language: str,
        segmentation: Segmentation,
        its: bool = False,
        values_in: str | None = None,
    ) -> None:
        """Begin with a page; `its` says that ITS has said something of it.

        `values_in` is the tag of its language if builds write its values anew.
        """
        self.segments: list[Segment] = []
        """In the order they were found."""
        self.slots: list[Slot] = []
        self.findings: list[Finding] = []
        self.notes: list[str] = []
        """What comments say of the next segment."""
        self._document = document
        self._text = document.text
        self._elements = document.elements
        self._verdicts = verdicts
        self._language = language
        self._by_sentence = segmentation == "sentence"
        self._values_in = values_in
        self._title = ""
        self._head_title = ""
        self._headings: dict[int, str] = {}
        self._path: tuple[str, ...] = ()
        """The texts of the headings that what follows stands under."""
        self._roles: dict[int, str] = {0: _TEXT}
        """What the texts of an element are, for those that were asked for and all around them."""
        self._its = its
        distinct = {id(verdict): verdict for verdict in verdicts}.values()  # a few, mostly
        self._has_notes = any(verdict.notes for verdict in distinct)
        self._preserves = any(verdict.preserve_space for verdict in distinct)
        """Whether white space counts anywhere."""
        self._says_tongue = frozenset(
            element.place
            for name in ("lang", "dir")
            for element, _ in document.bearers.get(name, ())
        )
        """The elements that say which language or direction they have."""
        self.lines = LineCounter(document.text)

    @property
    def title(self) -> str:
        """The first heading of level 1, or else the title element."""
        return self._title or self._head_title

    def enter_heading(self, element: Element) -> None:
        """Note what follows stands under, a heading's own parts included."""
        if element.name in html.HEADINGS and self._verdicts[element.place].domain == "article":
            level = int(element.name[1])
            self._headings = {n: text for n, text in self._headings.items() if n < level}
            self._headings[level] = " ".join(text_of(self._document, element).split())
            self._path = tuple(self._headings.values())

    def text(self, run: Run, at: int) -> None:
        """Make segments of a run that ends at a place among the tokens."""
        owner = self._elements[run.owner]
        verdict = self._verdicts[run.owner]
        if not verdict.translate:
            return
        preserve = self._preserves and (verdict.preserve_space or self._preserves_space(run.items))
        by_sentence = self._by_sentence and not preserve and owner.name not in _WHOLE
        found = pieces(
            run.items,
            implied_to=self._offset(at) if run.has_implied_ends else None,
            preserve_space=preserve,
            cut=self._gaps if by_sentence else None,
        )
        said = tuple(self.notes)
        if by_sentence:
            self._note_gaps(found)
        is_whole = len(found) == 1 and run.first == owner.first and at == owner.last
        for piece in found:
            if by_sentence:
                self.notes[:] = said
            self._passage(piece, run, preserve=preserve, is_whole=is_whole)

    def _offset(self, at: int) -> int:
        tokens = self._document.tokens
        return tokens[at].start if at < len(tokens) else len(self._text)

    def _passage(self, piece: Piece, run: Run, *, preserve: bool, is_whole: bool) -> None:
        """Make a segment of a piece, which may be all that its owner holds."""
        content, span, around, has_fixed = piece
        if self._values_in and (slot := value_slot(piece, self._elements, self._values_in)):
            self.slots.append(slot)
            return
        owner = self._elements[run.owner]
        inner = self._verdicts[around[-1] if around else run.owner]
        role = self._role(owner, around)
        if role in _TITLES:
            self._note_title(role, inner, content)
        if not self._accepts(content, span):
            return
        carrier = self._carrier(owner, run.items, piece) if is_whole else None
        if carrier is None and around and self._elements[around[-1]].name == "time":
            # A time that says no more in `datetime` holds no element (HTML §4.5.14).
            carrier = self._carrier(self._elements[around[-1]], (), piece)
        markable = not has_fixed and not owner.foreign and owner.name not in _UNMARKABLE
        notes: tuple[str, ...] = ()
        if self._has_notes or self.notes:
            notes = self._taken_notes(self._notes_on(run.items, piece, self._verdicts[run.owner]))
        context = inner.context
        limits: tuple[Limits, ...] = ()
        if self._its:
            notes = (*notes, *self._hints(run.items, piece, run.owner))
            context = context or self._identifier(around, run.owner)
            limits = self._limits(run.items, piece, run.owner)
        segment = Segment(
            msgid=to_msgid(content),
            content=content,
            span=span,
            line=self.lines.at(span.start),
            role=role,
            syntax=_syntax(owner),
            context=context,
            domain=inner.domain,
            headings=self._headings_over(role, inner),
            notes=notes,
            preserve_space=preserve,
            carrier=carrier,
            markable=markable,
            holder=None if markable or carrier is not None else self._holder(owner),
            locales=inner.locales,
            limits=limits,
        )
        self.segments.append(segment)

    def value(
        self,
        text: str,
        span: Span,
        role: str,
        element: Element,
        syntax: Syntax,
        said: Marks = NO_MARKS,
    ) -> None:
        """Make a segment of a text without codes: a value of an attribute or in JSON.

        `said` is what ITS says of it, apart from its element.
        """
        verdict = self._verdicts[element.place]
        if not verdict.preserve_space:
            text = collapsed(text)
        content = (text,)
        if self._accepts(content, span):
            notes = told_of_value(verdict, said, text) if self._its else verdict.notes
            segment = Segment(
                msgid=to_msgid(content),
                content=content,
                span=span,
                line=self.lines.at(span.start),
                role=role,
                syntax=syntax,
                context=verdict.context or said.id_value,
                domain=verdict.domain,
                headings=self._headings_over(role, verdict),
                notes=self._taken_notes(notes),
                preserve_space=verdict.preserve_space,
                markable=False,
                locales=locales_of_value(verdict, said) if self._its else None,
                limits=keeping_of_value(said) if self._its else (),
            )
            self.segments.append(segment)

    def adopt(self, segment: Segment, element: Element, *, data_role: str) -> None:
        """Take in a segment of a page within the page; one that is data cannot be marked."""
        segment = segment._replace(
            line=self.lines.at(segment.span.start),
            headings=(*self._headings_over("", self._verdicts[element.place]), *segment.headings),
        )
        if data_role:
            segment = segment._replace(role=data_role, carrier=None, markable=False, holder=None)
        self.segments.append(segment)

    def report_stray(self, offset: int) -> None:
        message = "a byte that is not UTF-8 is left as it is; mend the source page"
        line = self.lines.at(offset)
        finding = Finding("undecodable", Severity.ERROR, message, self._document.path, line)
        self.findings.append(finding)

    def refuse(self, attribute: str, offset: int) -> None:
        """Report what a rule wants translated, and no catalog may bring; once for each name."""
        message = f"{attribute} holds no text, and is not translated whatever ITS says of it"
        if all(finding.message != message for finding in self.findings):
            line = self.lines.at(offset)
            finding = Finding("its-refused", Severity.WARNING, message, self._document.path, line)
            self.findings.append(finding)

    def _note_gaps(self, sentences: Sequence[Piece]) -> None:
        """Make slots of the white space that is not the same in all languages."""
        for one, other in pairwise(sentences):
            gap = Span(one.span.end, other.span.start)
            between = self._text[gap.start : gap.end]
            if not between.strip():
                self.slots.append(Slot(SlotKind.GAP, gap, between))

    def _gaps(self, around: tuple[int, ...], text: str) -> tuple[Span, ...]:
        """Find where sentences end, save in what is a link as a whole."""
        if any(self._elements[place].name == "a" for place in around):
            return ()
        return gaps(text, self._language, offered=offered)

    def _preserves_space(self, items: Sequence[Item]) -> bool:
        for item in items:
            if type(item) is OpenItem and self._verdicts[item.element].preserve_space:
                return True
        return False

    def _accepts(self, content: Content, span: Span) -> bool:
        """Say whether a content is for translators; report what no catalog can hold."""
        if len(content) == 1 and type(text := content[0]) is str:  # as most are
            if not offered(text):
                return False
        elif not any(map(_has_words, content)) and not offered(plain_text(content, code=" ")):
            return False
        if self._document.stray and STRAY.search(plain_text(content)):
            self.report_stray(span.start)
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

    def _hints(self, items: Sequence[Item], piece: Piece, owner: int) -> tuple[str, ...]:
        """Return what ITS says of a piece, of what stands in it and of what stands around it."""
        around = (owner, *piece.around)
        places = (*around, *_within(items, piece).values())
        parts = (
            Part(self._verdicts[place], text_of(self._document, self._elements[place]))
            for place in dict.fromkeys(places)
            if self._verdicts[place].own
        )
        return told(self._verdicts[around[-1]], parts)

    def _identifier(self, around: tuple[int, ...], owner: int) -> str | None:
        """Return the identifier of the innermost element that holds a piece."""
        own = (self._verdicts[place].own for place in (*reversed(around), owner))
        return next((marks.id_value for marks in own if marks and marks.id_value), None)

    def _limits(self, items: Sequence[Item], piece: Piece, owner: int) -> tuple[Limits, ...]:
        around = [self._verdicts[place] for place in (owner, *piece.around)]
        within = _within(items, piece).items()
        return keeping(piece.content, around, {at: self._verdicts[place] for at, place in within})

    def _taken_notes(self, notes: tuple[str, ...]) -> tuple[str, ...]:
        """Return these notes and those of the comments before."""
        if self.notes:
            notes = (*notes, *self.notes)
            self.notes.clear()
        return notes

    def _headings_over(self, role: str, verdict: Verdict) -> tuple[str, ...]:
        if verdict.domain == "site" or role.startswith("heading"):
            return ()
        return self._path

    def _note_title(self, role: str, verdict: Verdict, content: Content) -> None:
        if role == html.ROLES["title"]:
            self._head_title = self._head_title or " ".join(plain_text(content).split())
        elif verdict.domain == "article":
            self._title = self._title or " ".join(plain_text(content).split())

    def _role(self, owner: Element, around: tuple[int, ...]) -> str:
        """Say what a text is: a link, or what the nearest element that means something is."""
        if around and owner.name not in html.HEADINGS:
            for place in reversed(around):
                if self._elements[place].name in ("a", "button", "label"):
                    return html.ROLES[self._elements[place].name]
        if not owner.foreign and owner.name in html.ROLES:  # as nearly all
            return html.ROLES[owner.name]
        element, passed = owner, []
        while (role := self._roles.get(element.place)) is None:
            passed.append(element.place)
            role = self._own_role(element)
            if role:
                break
            element = self._elements[element.parent]
        self._roles.update(dict.fromkeys(passed, role))
        return role

    def _own_role(self, element: Element) -> str:
        if element.foreign and element.name == "title":
            return "title of a graphic"
        role = html.ROLES.get(element.name, "")
        if not role and self._verdicts[element.place].flow is Flow.NESTED:
            return _TEXT
        return role

    def _carrier(self, owner: Element, items: Sequence[Item], piece: Piece) -> int | None:
        """Return where `lang` and `dir` can be added to the start tag of the element of a piece.

        It must hold no other text: none of an element that is read on its own, beside the piece.
        """
        if not self._can_say(owner):
            return None
        for item in items if len(items) > 1 else ():
            if type(item) is CodeItem and item.name in html.NESTED:
                is_beside = not piece.span.start <= item.start < piece.span.end
                if is_beside:
                    return None
        return _name_end(owner)

    def _holder(self, owner: Element) -> Holder | None:
        """Return an element that can say of all in it which language that is in, if it can."""
        return Holder(owner.span, _name_end(owner)) if self._can_say(owner) else None

    def _can_say(self, owner: Element) -> bool:
        """Say whether `lang` and `dir` can be added to an element; not if it has its own."""
        if owner.tag is None or owner.name in ("html", "head", "title", "textarea"):
            return False
        return owner.place not in self._says_tongue


def _has_words(part: Inline) -> bool:
    """Say whether a part of a content is so clearly for translators that the rest cannot matter."""
    return isinstance(part, str) and part[:1].isalpha() and " " in part.rstrip()


def _within(items: Sequence[Item], piece: Piece) -> dict[int, int]:
    """Return the places of the elements in a piece by where they start."""
    return {
        item.start: item.element
        for item in items
        if isinstance(item, OpenItem | CodeItem)
        and item.element >= 0
        and piece.span.start <= item.start < piece.span.end
    }


def _syntax(owner: Element) -> Syntax:
    is_plain = owner.name in ("title", "textarea") and not owner.foreign
    return Syntax.RCDATA if is_plain else _MARKUP


def _name_end(owner: Element) -> int:
    """Return where the name of an element's start tag ends."""
    return (owner.tag.start if owner.tag else owner.start) + 1 + len(owner.name)
