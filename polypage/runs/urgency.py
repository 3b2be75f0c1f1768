"""What matters most on a source page, and whether a page that was built says it.

Figures, units and denials matter on urgent articles, every word does in warnings. A built page
carries digests of them, so that years later, with no state and no old source page at hand, it can
be told from the page alone whether what matters has changed since:

    <meta name="polypage-urgent" content="1 all 5f0c9a1b22.93ab01cd45 77e0f1a2b3!">

Each passage that matters has one word there: what it says, and behind a dot what matters of that;
a warning ends with an exclamation mark instead. Settings name urgent articles and warnings, and so
does `data-polypage-urgent` in the page: on html or body it makes the article urgent, on any other
element a warning.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from polypage.model import Entry, Segment, Span
from polypage.reading.configured import configured_segment
from polypage.runs.policy import Policy, policy_of
from polypage.runs.sources import Source
from polypage.runs.state import digest

if TYPE_CHECKING:
    from polypage.html.document import Document, Element

# What reads pages is imported for urgent articles alone, so that commands start sooner.
# ruff: noqa: PLC0415

ATTRIBUTE = "data-polypage-urgent"
_VERSION = "1"
_WHOLE, _WARNINGS = "all", "warnings"
_MARK = re.compile(rb'<meta name="polypage-urgent" content="([^"]*)">')
_LENGTH = 10
"""How many hexadecimal digits a digest has: among a page's passages, none is taken for another."""


class Passage(NamedTuple):
    """A passage that matters."""

    text: str
    line: int
    word: str
    """What stands for it in the mark."""


@dataclass(frozen=True, slots=True)
class Urgency:
    """What matters on a source page."""

    is_whole: bool
    """Figures, units and denials of the whole page do, not only warnings."""
    passages: tuple[Passage, ...]
    """In document order."""

    @property
    def mark(self) -> str:
        """The HTML by which a built page says what it was made of."""
        reach = _WHOLE if self.is_whole else _WARNINGS
        words = " ".join((_VERSION, reach, *(passage.word for passage in self.passages)))
        return f'<meta name="polypage-urgent" content="{words}">'


def may_be_urgent(source: Source, policy: Policy) -> bool:
    """Say whether anything may matter on a page, without reading it."""
    return policy.urgent or bool(policy.warnings) or ATTRIBUTE.encode() in source.data.lower()


def urgency_of(source: Source, policy: Policy) -> Urgency | None:
    """Say what matters on a source page; None where it is no more urgent than others."""
    if not may_be_urgent(source, policy):
        return None
    from polypage.html.document import select

    marked = [element for css in policy.warnings for element in select(source.document, css)]
    marked += select(source.document, f"[{ATTRIBUTE}]")
    warnings = [element for element in marked if element.name not in {"html", "body"}]
    is_whole = policy.urgent or len(warnings) < len(marked)
    if not (is_whole or marked):
        return None
    return Urgency(is_whole, tuple(_passages(source, warnings, is_whole=is_whole)))


def outdated(page: bytes, urgency: Urgency) -> str:
    """Say what matters on the source page and is not on a page that was built of it once.

    Nothing: what mattered then is what matters now.
    """
    found = _MARK.search(page)
    version, reach, *words = found[1].decode("ascii", "replace").split() if found else ("", "")
    if version != _VERSION or (urgency.is_whole and reach != _WHOLE):
        return "it does not say what it was built from"
    passages = [each for each in urgency.passages if urgency.is_whole or _is_warning(each.word)]
    before = [word for word in words if urgency.is_whole or _is_warning(word)]
    changed = list(_changed(before, passages))
    if not changed:
        return ""
    told = next((passage for passage in changed if passage), None)
    if told is None:
        return "what the source page no longer says still stands on it"
    more = f" (and {len(changed) - 1} more)" if changed[1:] else ""
    return f"line {told.line} of the source page has come to say {_shortened(told.text)!r}{more}"


def recall_entries(source: Source) -> tuple[Entry, ...]:
    """Return what the site's translators are asked for, if the article is urgent in any locale."""
    locales = source.settings.project.locales
    if not any(urgency_of(source, policy_of(source, locale)) for locale in locales):
        return ()
    from polypage.catalogs.templates import template_entries

    segment = recall_segment(source.settings.publish.recall_text)
    return template_entries(replace(source.article, segments=(segment,)), "site")


def recall_segment(text: str) -> Segment:
    """Return what recalled pages say, as a text of the site."""
    note = "all of it is a link to the page in the source language"
    return configured_segment((text,), "banner of a page that is out of date", notes=(note,))


# --- passages ---------------------------------------------------------------------------------


def _passages(source: Source, warnings: Sequence[Element], *, is_whole: bool) -> Iterator[Passage]:
    """Yield the passages that matter; what all pages share is none of them."""
    from polypage.catalogs.changes import matter, normal_form
    from polypage.profiles import profile

    language = profile(source.settings.project.source_locale).language
    is_warning = _cover(element.span for element in warnings)
    for span, text in sorted({*_translated(source), *_loose(source)}):
        said = normal_form(text)
        word, line = digest(said)[:_LENGTH], source.document.lines.at(span.start)
        if said and is_warning(span):
            yield Passage(said, line, f"{word}!")
        elif is_whole and (what := matter(text, language=language)):
            yield Passage(said, line, f"{word}.{digest(what)[:_LENGTH]}")


def _translated(source: Source) -> Iterator[tuple[Span, str]]:
    for segment in source.article.segments:
        if segment.domain == "article":
            yield segment.span, segment.msgid


def _loose(source: Source) -> Iterator[tuple[Span, str]]:
    """Yield texts that are in no segment, such as figures that stand alone in a table."""
    from polypage.html.markup import Text, TextKind, value
    from polypage.html.references import escape_text

    document, settings = source.document, source.settings
    parts = (*settings.site.parts, *settings.drop.parts)
    segments = (segment.span for segment in source.article.segments)
    is_elsewhere = _cover((*segments, *_spans(document, parts)))
    for token in document.tokens:
        if isinstance(token, Text) and token.kind is not TextKind.RAW:
            span, text = Span(token.start, token.end), value(document.text, token)
            if text.strip() and not is_elsewhere(span):
                yield span, escape_text(text.strip())


def _spans(document: Document, selectors: Sequence[str]) -> list[Span]:
    from polypage.html.document import select

    return [element.span for css in selectors for element in select(document, css)]


def _cover(spans: Iterable[Span]) -> Callable[[Span], bool]:
    """Return what says whether a span lies within one of these, which do not overlap partly."""
    outer: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not outer or span.end > outer[-1].end:
            outer.append(span)
    starts = [span.start for span in outer]

    def holds(span: Span) -> bool:
        last = bisect_right(starts, span.start) - 1
        return last >= 0 and span.end <= outer[last].end

    return holds


# --- what changed -----------------------------------------------------------------------------


def _is_warning(word: str) -> bool:
    return word.endswith("!")


def _changed(before: Sequence[str], passages: Sequence[Passage]) -> Iterator[Passage | None]:
    """Yield the passages that say something else in what matters; None for those that are gone."""
    old, new = [_said(word) for word in before], [_said(each.word) for each in passages]
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for step, start, end, first, last in steps:
        now = passages[first:last]
        then = [_matter(word) for word in before[start:end]]
        if step != "equal" and then != [_matter(each.word) for each in now]:
            yield from now or (None,)


def _said(word: str) -> str:
    return word[:_LENGTH]


def _matter(word: str) -> str:
    """Return what must be the same of a passage whose words differ: of a warning, the words."""
    return word if _is_warning(word) else word[_LENGTH:]


def _shortened(text: str) -> str:
    return text if len(text) <= _MOST else f"{text[:_MOST]}…"


_MOST = 80
