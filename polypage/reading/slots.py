"""The slots of a page: what differs from locale to locale beside its text.

find_slots(document, verdicts, source_tag="en")
    -> Slot(ROOT_LANG, ' lang="en"'), Slot(CHARSET, "iso-8859-1"), …

Where the page leads is in `polypage.reading.addresses`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from polypage.html import vocabulary as html
from polypage.html.document import Document
from polypage.html.markup import Attribute, Comment, Doctype, EndTag, StartTag, Text
from polypage.html.tree import Element
from polypage.model import Slot, SlotKind, Span
from polypage.reading.addresses import has_base, names_of, value_slot
from polypage.rules.judging import Verdict, language

_CONTENT_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([^\s"';]+)""", re.IGNORECASE)
_XML_ENCODING = re.compile(r"""<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)""")


def find_slots(
    document: Document, verdicts: Sequence[Verdict], *, source_tag: str
) -> tuple[Slot, ...]:
    """Return the slots that a build fills, in no certain order."""
    firsts = {name: elements[0] for name, elements in document.named.items()}
    slots = [*_frame(document, firsts, verdicts), *_charset(document, firsts)]
    source = language(source_tag)
    for name in _LANGUAGES:
        for element, attribute in document.bearers.get(name, ()):
            if element.tag is not None and verdicts[element.place].translate:
                slots.extend(_language(element, element.tag, attribute, source))
    for element in document.named.get("meta", ()):
        if element.tag is not None:
            slots.extend(_open_graph(element.tag))
    slots.extend(_dropped(document.elements, verdicts))
    return tuple(slots)


def of_inset(
    slots: Sequence[Slot], around: Sequence[Element], *, is_frame: bool, source: str
) -> tuple[Slot, ...]:
    """Choose the slots that count in a page within a page with these elements around it.

    One in a frame has a language of its own, which may not be the source's, but no address and no
    encoding.
    """
    kinds = _OF_INSETS
    named = next((slot.value for slot in slots if slot.kind is SlotKind.ROOT_LANG), "")
    if is_frame and (not named or language(named) == source):
        kinds |= _OF_FRAMES
    if has_base(around):
        kinds -= {SlotKind.LINK, SlotKind.STYLE_LINK}
    return tuple(slot for slot in slots if slot.kind in kinds)


_OF_INSETS = frozenset(
    {
        SlotKind.LANG,
        SlotKind.LINK,
        SlotKind.STYLE_LINK,
        SlotKind.JSON_LANGUAGE,
        SlotKind.NUMBER,
        SlotKind.DATE,
        SlotKind.GAP,
        SlotKind.DROP,
    }
)
_OF_FRAMES = frozenset({SlotKind.ROOT, SlotKind.ROOT_LANG, SlotKind.ROOT_DIR, SlotKind.BODY_DIR})
_LANGUAGES = ("lang", "xml:lang")
_Firsts: TypeAlias = Mapping[str, Element]
"""The first element of each name."""


def _frame(document: Document, firsts: _Firsts, verdicts: Sequence[Verdict]) -> Iterator[Slot]:
    """Yield the slots of html, head and body, which a page may leave out."""
    root, body = document.elements[0], firsts.get("body")
    if root.tag is None:
        start = _content_start(document)
        yield Slot(SlotKind.ROOT, Span(start, start))
    else:
        yield _whole(root.tag, "lang", SlotKind.ROOT_LANG)
        yield _whole(root.tag, "dir", SlotKind.ROOT_DIR)
    if body is not None and body.tag is not None and body.tag.get("dir"):
        yield _whole(body.tag, "dir", SlotKind.BODY_DIR)
    head_end = _head_end(document, firsts)
    yield Slot(SlotKind.HEAD_END, Span(head_end, head_end))
    end = _article_end(document, firsts, verdicts)
    yield Slot(SlotKind.BODY_END, Span(end, end))


def _content_start(document: Document) -> int:
    """Return where the page begins, past doctype, comments and white space."""
    for token in document.tokens:
        match token:
            case Doctype() | Comment():
                continue
            case EndTag() if token.name not in ("head", "body", "html", "br"):
                continue  # it is dropped (§13.2.6.4.2)
            case Text():
                text = document.text[token.start : token.end]
                if text.strip(html.BLANKS):
                    return token.end - len(text.lstrip(html.BLANKS))
            case _:
                return token.start
    return len(document.text)


def _whole(tag: StartTag, name: str, kind: SlotKind) -> Slot:
    """Return the slot of a whole attribute, or of the place where it can be added."""
    attribute = tag.get(name)
    if attribute is None:
        place = tag.start + 1 + len(tag.name)
        return Slot(kind, Span(place, place))
    return Slot(kind, tag.whole(attribute), attribute.value)


def _head_end(document: Document, firsts: _Firsts) -> int:
    head, body = firsts.get("head"), firsts.get("body")
    if head is not None and head.closed:
        return _early_end(document, head) or head.close.start
    return body.start if body is not None else _content_start(document)


def _early_end(document: Document, head: Element) -> int | None:
    """Return where the head ends for those who run no scripts; None where its end tag does.

    They take a picture in `noscript` for the beginning of the body (HTML §13.2.6.4.5), and search
    engines pass over what a body says of other languages.
    """
    for element in document.elements[head.place + 1 :]:
        if element.start >= head.close.start:
            break
        around = document.elements[element.parent]
        if around.name == "noscript" and element.name not in _IN_NOSCRIPT:
            return around.start
    return None


_IN_NOSCRIPT = frozenset("basefont bgsound link meta noframes style".split())


def _article_end(document: Document, firsts: _Firsts, verdicts: Sequence[Verdict]) -> int:
    """Return where the article's own content ends.

    It is in the article, else the main, around the page's first heading; teasers of other articles
    are articles too. Without such a heading it is the only one of its kind, else the body.
    """
    title = _title(document, verdicts)
    around = _around(document.elements, title)
    for name in ("article", "main"):
        alike = document.named.get(name, ())
        if title >= 0:
            alike = [each for each in alike if each.place in around]
        if alike and (title >= 0 or len(alike) == 1) and not verdicts[alike[0].place].drop:
            return alike[-1].close.start
    return firsts["body"].close.start if "body" in firsts else len(document.text)


def _title(document: Document, verdicts: Sequence[Verdict]) -> int:
    """Return the place of the first heading of level 1 that readers see; -1 where there is none."""
    elements = document.elements
    for element in document.named.get("h1", ()):
        if not verdicts[element.place].drop:
            around = _around(elements, element.place)
            if not any(elements[place].name in ("template", "noscript") for place in around):
                return element.place
    return -1


def _around(elements: Sequence[Element], place: int) -> frozenset[int]:
    """Return the places of an element and of all around it."""
    found = set()
    while place >= 0:
        found.add(place)
        place = elements[place].parent
    return frozenset(found)


def _charset(document: Document, firsts: _Firsts) -> Iterator[Slot]:
    declared = False
    for element in document.named.get("meta", ()):
        if element.tag is not None:
            for slot in _declaration(document.text, element.tag):
                declared = True
                yield slot
    xml = _XML_ENCODING.match(document.text)
    if xml:
        yield Slot(SlotKind.CHARSET, Span(*xml.span(1)), xml[1])
    if not declared and not document.bom:
        place = _head_start(document, firsts)
        yield Slot(SlotKind.CHARSET_MISSING, Span(place, place))


def _declaration(text: str, tag: StartTag) -> Iterator[Slot]:
    charset = tag.get("charset")
    if charset is not None and charset.value.strip():
        yield value_slot(tag, charset, SlotKind.CHARSET)
        return
    kind, content = tag.get("http-equiv"), tag.get("content")
    if kind and content and kind.value.strip().lower() == "content-type":
        match = _CONTENT_CHARSET.search(text, *tag.written(content))
        if match:
            yield Slot(SlotKind.CHARSET, Span(*match.span(1)), match[1])


def _head_start(document: Document, firsts: _Firsts) -> int:
    for name in ("head", "html"):
        if name in firsts and (tag := firsts[name].tag) is not None:
            return tag.end
    return _content_start(document)


def _language(element: Element, tag: StartTag, attribute: Attribute, source: str) -> Iterator[Slot]:
    """Yield the language that a translated passage says it is in."""
    is_root = element.place == 0
    if attribute.name == "xml:lang" if is_root else language(attribute.value) == source:
        yield value_slot(tag, attribute, SlotKind.LANG)


def _open_graph(meta: StartTag) -> Iterator[Slot]:
    content = meta.get("content")
    if content is None or not content.value.strip():
        return
    names = set(names_of(meta))
    if "og:locale" in names:
        yield value_slot(meta, content, SlotKind.OG_LOCALE)
        yield Slot(SlotKind.OG_ALTERNATES, Span(meta.end, meta.end), content.value.strip())
    elif "og:locale:alternate" in names:
        yield Slot(SlotKind.OG_ALTERNATE, Span(meta.start, meta.end), content.value)


def _dropped(elements: Sequence[Element], verdicts: Sequence[Verdict]) -> Iterator[Slot]:
    """Yield the outermost elements that built pages leave out."""
    for element, verdict in zip(elements, verdicts, strict=True):
        if verdict.drop and not (element.parent >= 0 and verdicts[element.parent].drop):
            yield Slot(SlotKind.DROP, element.span)
