"""How much of a page is translated, said to its readers.

Where `[publish] note` is "{share} of this page is translated.", a page that is not translated
whole begins with

    <p class="translation-note">85 % của trang này đã được dịch.</p>

The words are an entry of the site's catalog. Untranslated they stand in the source language, and
say so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from string import Formatter

from polypage.html import vocabulary as html
from polypage.html.document import Document, Element, select
from polypage.html.references import escape_text
from polypage.model import (
    Article,
    Content,
    Coverage,
    Edit,
    Inline,
    Segment,
    Span,
    Standalone,
    Target,
)
from polypage.profiles import written_number
from polypage.reading.configured import configured, configured_segment
from polypage.settings import PublishSettings

_UNFIT = (
    html.VOID | html.RAW_TEXT | frozenset("p ul ol menu table tr select textarea title".split())
)
"""Elements that can hold no paragraph."""


def text(settings: PublishSettings) -> Article:
    """Return what pages may say as an article: its one segment belongs to the site's catalog."""
    if settings.note is None:
        return configured()
    content = tuple(_content(settings.note))
    return configured(configured_segment(content, "note on how much is translated"))


def _content(note: str) -> Iterator[Inline]:
    for words, name, _, _ in Formatter().parse(note):
        if words:
            yield words
        if name is not None:
            yield Standalone("share", Span(0, 0), "how much that is: 85 %")


def place_of(document: Document, css: str | None) -> Span | None:
    """Return where pages say it; None where they have no such place."""
    body = (element for element in document.elements if element.name == "body")
    found: Sequence[Element] = select(document, css) if css else tuple(body)
    fit = (element for element in found if element.name not in _UNFIT and not element.foreign)
    element = next(fit, None)
    return None if element is None else Span(element.content.start, element.content.start)


def note(
    place: Span | None,
    segment: Segment | None,
    translation: Content | None,
    target: Target,
    coverage: Coverage,
) -> tuple[Edit, ...]:
    """Say how much is translated; nothing on a page that is translated whole, or is the source's."""
    is_whole = coverage.ratio >= 1 or target.tag == target.source_tag
    if place is None or segment is None or is_whole:
        return ()
    is_translated = translation is not None
    tag = target.tag if is_translated else target.source_tag
    # Rounded down: only what is translated whole is so to 100 %.
    percent = Decimal(int(coverage.ratio * 100))
    share = written_number(percent, tag, decimals=0, grouped=False, percent=True)
    said = "".join(
        escape_text(part if isinstance(part, str) else share)
        for part in (translation if translation is not None else segment.content)
    )
    marks = "" if is_translated else f' lang="{tag}" dir="{target.source_direction}"'
    return (Edit(place, f'\n<p class="translation-note"{marks}>{said}</p>'),)
