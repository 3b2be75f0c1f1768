"""Where a page leads: its links, pictures, styles and scripts, and its own address.

    found = find_addresses(document)
    found.slots     Slot(LINK, "dose.html"), Slot(STYLE_LINK, "a.png"), Slot(CANONICAL, "/dose"), …
    found.insets    the `style` attributes with addresses in them, and each `srcset` without quotes

An address that only scripts put together is not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from polypage.html import vocabulary as html
from polypage.html.document import Document
from polypage.html.insets import Unwrapped, unwrap
from polypage.html.markup import Attribute, StartTag
from polypage.html.styles import addresses
from polypage.html.tree import Element
from polypage.model import Inset, Quoting, Slot, SlotKind, Span

_CANDIDATE = re.compile(r"([^\t\n\f\r ,][^\t\n\f\r ]*+)(?:(?<=,)|(?:[^,(]++|\([^)]*+\)?)*+,?)")
"""A candidate of `srcset`: an address, and its descriptors unless a comma ends it (HTML §4.8.4.2.1)."""


_new = tuple.__new__  # half the cost of a named tuple's own


class Addresses(NamedTuple):
    """The addresses of a page."""

    slots: Sequence[Slot]
    """In no certain order."""
    insets: Sequence[Inset]
    """The values in which some of them are quoted, in document order."""


def find_addresses(document: Document) -> Addresses:
    """Find all addresses on a page; of one with a base only those of its versions."""
    slots: list[Slot] = []
    insets: list[Inset] = []
    is_free = not has_base(document.elements)
    for element in document.elements:
        tag = element.tag
        if tag is None or not (tag.attributes or element.name == "style"):
            continue
        if element.name in _VERSIONS:
            slots += _of_version(tag)
        if is_free:
            for attribute in tag.attributes:
                if attribute.name in html.SOURCE_SETS:
                    _of_source_set(document.text, tag, attribute, slots, insets)
                elif attribute.name in _URLS:
                    slots += _of_attribute(tag, attribute)
                elif attribute.name == "style" and "(" in attribute.value:
                    _of_style(_unwrapped(document.text, tag, attribute), slots, insets)
            if element.name == "style" and not element.foreign:
                slots += _of_sheet(document.text, element.content)
    return Addresses(slots, insets)


def has_base(elements: Sequence[Element]) -> bool:
    """Say whether all addresses of a page are relative to one that it names itself."""
    return any(element.name == "base" and element.attribute("href") for element in elements)


def value_slot(tag: StartTag, attribute: Attribute, kind: SlotKind) -> Slot:
    """Make a slot of the value of one of a tag's attributes."""
    return _new(Slot, (kind, tag.written(attribute), attribute.value, None, None))


def names_of(meta: StartTag) -> Iterator[str]:
    """Yield what the content of a `meta` element is called."""
    for key in ("property", "name", "itemprop"):
        attribute = meta.get(key)
        if attribute is not None:
            yield attribute.value.strip().lower()


# --- the page's own address, and those of its versions ----------------------------------------

_VERSIONS = frozenset(("link", "meta"))


def _of_version(tag: StartTag) -> Iterator[Slot]:
    address = tag.get("href" if tag.name == "link" else "content")
    if address is None or not address.value.strip():
        return
    if tag.name == "meta":
        if "og:url" in names_of(tag):
            yield value_slot(tag, address, SlotKind.OG_URL)
    elif "canonical" in _rels(tag):
        yield value_slot(tag, address, SlotKind.CANONICAL)
    elif "alternate" in _rels(tag) and tag.get("hreflang"):
        yield Slot(SlotKind.ALTERNATE, Span(tag.start, tag.end), address.value)


def _rels(tag: StartTag) -> set[str]:
    rel = tag.get("rel")
    return set(rel.value.lower().split()) if rel else set()


# --- attributes -------------------------------------------------------------------------------

_LINK = SlotKind.LINK  # to look a member up takes as long as making the slot
_LINKS = frozenset(("a", "area"))
_URLS = frozenset(name for names in html.URL_ATTRIBUTES.values() for name in names)


def _of_attribute(tag: StartTag, attribute: Attribute) -> Iterator[Slot]:
    if not _leads_on(tag, attribute):
        return
    if tag.name in _LINKS:  # as nearly all
        own = tag.get("hreflang")
        place = tag.start + 1 + len(tag.name)
        hreflang = tag.whole(own) if own else Span(place, place)
        yield _new(Slot, (_LINK, tag.written(attribute), attribute.value, None, hreflang))
    elif tag.name == "meta":
        if html.META_URLS.intersection(names_of(tag)):
            yield value_slot(tag, attribute, SlotKind.LINK)
    elif tag.name != "link" or not _rels(tag) & {"canonical", "alternate"} or _is_feed(tag):
        yield value_slot(tag, attribute, SlotKind.LINK)


def _leads_on(tag: StartTag, attribute: Attribute) -> bool:
    return attribute.name in html.URL_ATTRIBUTES.get(tag.name, ()) and bool(attribute.value.strip())


def _is_feed(tag: StartTag) -> bool:
    return "alternate" in _rels(tag) and tag.get("hreflang") is None


def _unwrapped(page: str, tag: StartTag, attribute: Attribute) -> Unwrapped:
    return unwrap(page, Inset(tag.written(attribute), Quoting(attribute.quote)))


def _of_source_set(
    page: str, tag: StartTag, attribute: Attribute, slots: list[Slot], insets: list[Inset]
) -> None:
    """Add the addresses of a source set, and the set, if no quotes stand around it."""
    if not _leads_on(tag, attribute):
        return
    unwrapped = _unwrapped(page, tag, attribute)
    kind = SlotKind.LINK if attribute.quote else SlotKind.STYLE_LINK
    found = [
        Slot(kind, unwrapped.span(span), unwrapped.text[slice(*span)])
        for span in _candidates(unwrapped.text)
    ]
    slots += found
    if found and not attribute.quote:
        insets.append(unwrapped.inset)


def _candidates(source_set: str) -> Iterator[Span]:
    for match in _CANDIDATE.finditer(source_set):
        address = match[1].rstrip(",")
        if not address.startswith("data:"):
            yield Span(match.start(1), match.start(1) + len(address))


# --- styles -----------------------------------------------------------------------------------


def _of_style(style: Unwrapped, slots: list[Slot], insets: list[Inset]) -> None:
    """Add what a `style` attribute leads to, and the attribute, if it leads anywhere."""
    found = [
        Slot(SlotKind.STYLE_LINK, style.span(span), style.text[slice(*span)])
        for span in addresses(style.text)
    ]
    if found:
        slots += found
        insets.append(style.inset)


def _of_sheet(page: str, content: Span) -> Iterator[Slot]:
    css = page[slice(*content)]
    for span in addresses(css):
        place = Span(content.start + span.start, content.start + span.end)
        yield Slot(SlotKind.STYLE_LINK, place, css[slice(*span)])
