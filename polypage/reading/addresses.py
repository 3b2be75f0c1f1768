"""Where a page leads: its links, pictures, styles and scripts, and its own address.

    found = find_addresses(document)
    found.slots     Slot(LINK, "dose.html"), Slot(STYLE_LINK, "a.png"), Slot(CANONICAL, "/dose"), …
    found.insets    the `style` attributes with addresses in them, and each `srcset` without quotes

An address that only scripts put together is not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
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
    for name in _VERSIONS:
        for element in document.named.get(name, ()):
            if element.tag is not None:
                slots += _of_version(element.tag)
    if not has_base(document.named.get("base", ())):
        _add_attributes(document, slots, insets)
        for element in document.named.get("style", ()):
            if not element.foreign:
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
_ELEMENTS: Mapping[str, frozenset[str]] = {
    name: frozenset(element for element, names in html.URL_ATTRIBUTES.items() if name in names)
    for name in dict.fromkeys(chain.from_iterable(html.URL_ATTRIBUTES.values()))
}
"""For each attribute that leads on the elements on which it does."""


def _add_attributes(document: Document, slots: list[Slot], insets: list[Inset]) -> None:
    page, bearers = document.text, document.bearers
    for name, leading in _ELEMENTS.items():
        for element, attribute in bearers.get(name, ()):
            tag = element.tag
            if tag is None or tag.name not in leading or not attribute.value.strip():
                continue
            if name in html.SOURCE_SETS:
                _of_source_set(_unwrapped(page, tag, attribute), slots, insets)
            elif tag.name in _LINKS:  # as nearly all
                own = tag.get("hreflang")
                place = tag.start + 1 + len(tag.name)
                hreflang = tag.whole(own) if own else _new(Span, (place, place))
                values = (_LINK, tag.written(attribute), attribute.value, None, hreflang)
                slots.append(_new(Slot, values))
            elif _is_address(tag):
                slots.append(value_slot(tag, attribute, _LINK))
    for element, attribute in bearers.get("style", ()):
        if element.tag is not None and "(" in attribute.value:
            _of_style(_unwrapped(page, element.tag, attribute), slots, insets)


def _is_address(tag: StartTag) -> bool:
    """Say whether a tag that is no link leads to another file, and to none of the page's versions."""
    if tag.name == "meta":
        return not html.META_URLS.isdisjoint(names_of(tag))
    return tag.name != "link" or not _rels(tag) & {"canonical", "alternate"} or _is_feed(tag)


def _is_feed(tag: StartTag) -> bool:
    return "alternate" in _rels(tag) and tag.get("hreflang") is None


def _unwrapped(page: str, tag: StartTag, attribute: Attribute) -> Unwrapped:
    return unwrap(page, Inset(tag.written(attribute), Quoting(attribute.quote)))


def _of_source_set(unwrapped: Unwrapped, slots: list[Slot], insets: list[Inset]) -> None:
    """Add the addresses of a source set, and the set, if no quotes stand around it."""
    is_bare = unwrapped.inset.quoting is Quoting.BARE
    kind = SlotKind.STYLE_LINK if is_bare else SlotKind.LINK
    found = [
        Slot(kind, unwrapped.span(span), unwrapped.text[slice(*span)])
        for span in _candidates(unwrapped.text)
    ]
    slots += found
    if found and is_bare:
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
