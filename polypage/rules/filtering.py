"""The parts of a page that are for some locales only, as slots that other locales' pages lack.

    <p its-locale-filter-list="*-CA">Call 811.</p>      Slot(DROP, …, locales=LocaleFilter("*-CA"))

A part goes as a whole, with its tags, where all in it is for the same locales. One that holds
something for others too is emptied around that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from polypage.html.document import Document
from polypage.html.markup import Attribute, Comment, StartTag, Text
from polypage.html.tree import Element
from polypage.limits import LocaleFilter, is_for_all
from polypage.model import Slot, SlotKind, Span
from polypage.rules.its_marks import Marks
from polypage.rules.judging import Verdict

_FRAME = ("html", "head", "body")
"""What every page has; where it is for some locales only, so is the page."""


def locales_of(elements: Sequence[Element], verdicts: Sequence[Verdict]) -> LocaleFilter | None:
    """Say which locales a page as a whole is for."""
    frame = (element.place for element in elements if element.name in ("html", "body"))
    return verdicts[max(frame, default=0)].locales


def filtered(
    document: Document, verdicts: Sequence[Verdict], *, around: Verdict | None = None
) -> Iterator[Slot]:
    """Yield the slots of elements, or of what stands in them, that are for some locales only.

    A page within a page has the verdict on the element `around` it.
    """
    if all(verdict.locales is None for verdict in verdicts):
        return
    elements, outer = document.elements, around.locales if around else None
    uniform = _uniform(elements, verdicts)
    for element in elements:
        verdict = verdicts[element.place]
        if verdict.locales is None or verdict.drop or element.name in _FRAME:
            continue
        parent = elements[element.parent]
        above = outer if parent.name in _FRAME else verdicts[parent.place].locales
        if not uniform[element.place]:
            spans = _apart(document, element, verdicts, uniform)
        elif above != verdict.locales:
            spans = iter((element.span,))
        else:
            continue
        yield from (Slot(SlotKind.DROP, span, locales=verdict.locales) for span in spans)


def filtered_attribute(
    tag: StartTag, attribute: Attribute, said: Marks, verdict: Verdict
) -> Iterator[Slot]:
    """Yield the slot of a tag's attribute that is for fewer locales than its element."""
    locales = said.locales
    if locales is not None and not is_for_all(locales) and locales != verdict.locales:
        yield Slot(SlotKind.DROP, tag.whole(attribute), locales=locales)


def _uniform(elements: Sequence[Element], verdicts: Sequence[Verdict]) -> list[bool]:
    """Say of each element whether all in it is for the same locales."""
    uniform = [True] * len(elements)
    for element in reversed(elements[1:]):
        same = verdicts[element.place].locales == verdicts[element.parent].locales
        uniform[element.parent] &= same and uniform[element.place]
    return uniform


def _apart(
    document: Document, element: Element, verdicts: Sequence[Verdict], uniform: Sequence[bool]
) -> Iterator[Span]:
    """Yield the spans between the parts of an element that are for other locales than it."""
    own = verdicts[element.place].locales
    start, at = -1, element.first
    while at < element.last:
        token, place = document.tokens[at], document.owners[at]
        end, after = token.end, at + 1
        goes = isinstance(token, Text | Comment)
        if place >= 0 and isinstance(token, StartTag):
            inner = document.elements[place]
            goes = uniform[place] and verdicts[place].locales == own
            end, after = inner.span.end, max(after, inner.last + inner.closed)
        if goes and start < 0:
            start = token.start
        if start >= 0 and not goes:
            yield Span(start, token.start)
            start = -1
        elif goes and after >= element.last:
            yield Span(start, end)
        at = after
