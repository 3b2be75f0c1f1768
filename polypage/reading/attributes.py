"""The attributes of a page's tags: which of them hold texts, and which hold something to replace.

HTML says which ones people read. A rule of ITS can take some out, and offer those that hold text on
other elements or are the page's own, `data-label` say. All others come from the source page alone:
a translation in them would be run, followed or obeyed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from polypage.html import vocabulary as html
from polypage.html.document import Document
from polypage.html.legends import role_of
from polypage.html.markup import Attribute, StartTag
from polypage.html.tree import Element
from polypage.model import Slot, SlotKind, Span, Syntax
from polypage.reading.addresses import has_base, value_slot
from polypage.reading.passages import NO_MARKS, Passages
from polypage.rules.filtering import filtered_attribute
from polypage.rules.its import Its
from polypage.rules.its_marks import Marks, over
from polypage.rules.judging import Verdict

_READ = frozenset((*html.TEXT_ATTRIBUTES, "srcdoc"))
_ELSEWHERE_TEXT = frozenset(html.TEXT_ATTRIBUTES) - {"content", "value"}
"""Attributes that hold text wherever they stand; the other two may hold anything."""
_WITHOUT_TEXT = html.OPAQUE | {"link", "meta"}
"""Elements that speak to browsers and scripts alone."""
_OBEYED = re.compile(
    r"""on\w* | src\w* | polypage | ng | hx | v | x | code | controller | method | target | template
      | \w*(?: src | srcset | href | url | uri | bind | action | html | script | style | config | json
      | id )""",
    re.VERBOSE,
)
"""A word in the name of a `data-` attribute that scripts take for an address, code or a name."""


_new = tuple.__new__  # half the cost of a named tuple's own


class Attributes:
    """The attributes of a page, read tag by tag."""

    def __init__(
        self,
        document: Document,
        verdicts: Sequence[Verdict],
        passages: Passages,
        its: Its,
        framed: Callable[[StartTag, Attribute, Element], None],
    ) -> None:
        """Begin with a page; `framed` reads the page in a frame's attribute."""
        self.slots: list[Slot] = []
        self._elements = document.elements
        self._verdicts = verdicts
        self._passages = passages
        self._framed = framed
        self._said = its.attributes
        self._resources = {
            place: marks.external_resource
            for place, marks in its.rules.items()
            if marks.external_resource and not has_base(document.elements)
        }
        if its.attributes or its.targets:
            self._said = _with_targets(its)
        self.telling = frozenset(
            (
                *_readable(document),
                *(place for place, _ in self._said),
                *self._resources,
            )
        )
        """The elements whose attributes are to be read: one in ten."""

    def read(self, tag: StartTag, element: Element) -> None:
        """Make segments of a tag's texts, and slots of what rules say is to be localized too."""
        verdict = self._verdicts[element.place]
        offered = verdict.translate or verdict.reason == "graphic"
        for attribute in tag.attributes:
            if self._said and (element.place, attribute.name) in self._said:
                self._read_said(tag, element, attribute, offered=offered)
            elif attribute.name in _READ and attribute.value:
                self._read_text(tag, element, attribute, offered=offered)
        if self._resources and element.place in self._resources:
            self._resource(tag, self._resources[element.place])

    def _read_text(
        self, tag: StartTag, element: Element, attribute: Attribute, *, offered: bool
    ) -> None:
        """Take in what HTML says people read."""
        if attribute.name == "srcdoc":
            if tag.name == "iframe":
                self._framed(tag, attribute, element)
        elif offered and (role := role_of(tag, attribute)):
            self._offer(tag, element, attribute, role)

    def read_within(self, element: Element) -> None:
        """Read what rules say of the attributes in an element that is not translated."""
        for inner in self._elements[element.place + 1 :] if self._said else ():
            if inner.start >= element.span.end:
                break
            if inner.tag is not None and not self._verdicts[inner.place].drop:
                self.read(inner.tag, inner)

    def _read_said(
        self, tag: StartTag, element: Element, attribute: Attribute, *, offered: bool
    ) -> None:
        said = self._said[element.place, attribute.name]
        if attribute.name == "srcdoc" and tag.name == "iframe":
            if said.translate is not False:
                self._framed(tag, attribute, element)
            return
        role = role_of(tag, attribute)
        wanted = bool(role) and offered if said.translate is None else said.translate
        if wanted and not role:
            role = f"attribute {attribute.name}"
            if not _may_hold_text(tag, attribute, element):
                self._passages.refuse(attribute.name, tag.start)
                wanted = False
        if wanted and attribute.value:
            self._offer(tag, element, attribute, role, said)
        if said.external_resource and not has_base(self._elements):
            self._resource(tag, said.external_resource)
        self.slots += filtered_attribute(tag, attribute, said, self._verdicts[element.place])

    def _offer(
        self,
        tag: StartTag,
        element: Element,
        attribute: Attribute,
        role: str,
        said: Marks = NO_MARKS,
    ) -> None:
        quote = len(attribute.quote)
        start, end = tag.written(attribute)
        span = _new(Span, (start - quote, end + quote))
        self._passages.value(attribute.value, span, role, element, Syntax.ATTRIBUTE, said)

    def _resource(self, tag: StartTag, address: str) -> None:
        """Make a slot of an address that HTML does not know for one."""
        known = html.URL_ATTRIBUTES.get(tag.name, ())
        for attribute in tag.attributes:
            if attribute.value.strip() == address and attribute.name not in known:
                self.slots.append(value_slot(tag, attribute, SlotKind.LINK))


def _readable(document: Document) -> Iterator[int]:
    """Yield the elements with attributes that people may read."""
    for name in _READ:
        for element, attribute in document.bearers.get(name, ()):
            if attribute.value:
                yield element.place


def _may_hold_text(tag: StartTag, attribute: Attribute, element: Element) -> bool:
    """Say whether an attribute that HTML does not read out may hold text if its author says so.

    All others may be addresses, code or policy, today or one day: a translation would be obeyed.
    """
    if element.foreign or tag.name in _WITHOUT_TEXT:
        return False
    if attribute.name in _ELSEWHERE_TEXT:
        return True
    prefix, *words = re.split("[-_]", attribute.name)
    return prefix == "data" and bool(words) and all(map(_is_harmless, words))


def _is_harmless(word: str) -> bool:
    return re.fullmatch(r"\w+", word) is not None and not _OBEYED.fullmatch(word)


def _with_targets(its: Its) -> Mapping[tuple[int, str], Marks]:
    """Keep what stands where the page keeps translations: it is no source."""
    said = dict(its.attributes)
    for place, name in its.targets:
        if name is not None:
            said[place, name] = over(Marks(translate=False), said.get((place, name)))
    return said
