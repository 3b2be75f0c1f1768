"""Pages and texts that stand in attributes and scripts: frames, and structured data.

    within = Within(document, verdicts, passages, language, read)
    within.frame(tag, srcdoc, element)      the page of `<iframe srcdoc="…">`
    within.data(element)                    the strings for people of a `<script>` with JSON-LD

Their segments go to the passages of the page around them; slots and insets are kept here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

from polypage.errors import SourceError
from polypage.html.decoding import Decoded
from polypage.html.document import Document, parse
from polypage.html.insets import Unwrapped, insets_of, segments_of, slots_of, unwrap
from polypage.html.markup import Attribute, StartTag
from polypage.html.tree import Element
from polypage.model import (
    Article,
    Finding,
    Inset,
    Quoting,
    Severity,
    Slot,
    SlotKind,
    Span,
    Syntax,
)
from polypage.reading import structured
from polypage.reading.passages import Passages
from polypage.reading.slots import of_inset
from polypage.rules.its import Its, read_beside_html
from polypage.rules.judging import Flow, Verdict, language

ReadInner: TypeAlias = Callable[[Document, Its, Verdict], Article]
"""Reads a page within the page, given its document and the verdict around it.

Raises a `SourceError` where pages within pages go on and on.
"""


class Within:
    """What stands within a page, read element by element."""

    def __init__(
        self,
        document: Document,
        verdicts: Sequence[Verdict],
        passages: Passages,
        language_: str,
        read: ReadInner,
    ) -> None:
        self.slots: list[Slot] = []
        self.insets: list[Inset] = []
        self._document = document
        self._text = document.text
        self._elements = document.elements
        self._verdicts = verdicts
        self._passages = passages
        self._language = language_
        self._read = read

    def frame(self, tag: StartTag, srcdoc: Attribute, element: Element) -> None:
        """Read the page that is the value of an attribute."""
        span = tag.written(srcdoc)
        unwrapped = unwrap(self._text, Inset(span, Quoting(srcdoc.quote)))
        if unwrapped.text.strip():
            self._inset(unwrapped, element)

    def data(self, element: Element) -> None:
        """Read the structured data in a script element, if that is what it holds."""
        if (element.attribute("type") or "").strip().lower() != "application/ld+json":
            return
        content = element.content
        found = structured.read(self._text[slice(*content)], offset=content.start)
        if found is None:
            message = "the structured data is no valid JSON and is left as it is"
            line = self._passages.lines.at(content.start)
            finding = Finding("json-broken", Severity.WARNING, message, self._document.path, line)
            self._passages.findings.append(finding)
            return
        for string in found.strings if self._verdicts[element.place].translate else ():
            if self._is_ours(string.language):
                self._string(string, element)
        self.slots += (
            Slot(SlotKind.JSON_LANGUAGE, string.span, string.value)
            for string in found.languages
            if self._is_ours(string.value)
        )
        self.slots += (Slot(SlotKind.JSON_URL, each.span, each.value) for each in found.urls)
        self.slots += (Slot(SlotKind.JSON_LINK, each.span, each.value) for each in found.links)

    def _string(self, string: structured.JsonString, element: Element) -> None:
        """Take in a string for people: a page, or lines of text."""
        span = Span(string.span.start + 1, string.span.end - 1)
        unwrapped = unwrap(self._text, Inset(span, Quoting.JSON))
        role = f"{string.property} in structured data"
        if string.html:
            self._inset(unwrapped, element, role=role)
            return
        self.insets.append(unwrapped.inset)
        for line in structured.lines(string.value):
            text = string.value[slice(*line)]
            self._passages.value(text, unwrapped.span(line), role, element, Syntax.PLAIN)

    def _inset(self, unwrapped: Unwrapped, element: Element, *, role: str = "") -> None:
        """Read a page within the page; `role` is what its texts are where they are data."""
        inner = self._read_inset(unwrapped, element)
        line = self._passages.lines.at(unwrapped.inset.span.start)
        self._passages.findings += (replace(finding, line=line) for finding in inner.findings)
        self.insets += insets_of(inner, unwrapped)
        slots = of_inset(
            inner.skeleton.slots, self._elements, is_frame=not role, source=self._language
        )
        self.slots += slots_of(slots, unwrapped)
        for segment in segments_of(inner, unwrapped):
            self._passages.adopt(segment, element, data_role=role)

    def _read_inset(self, unwrapped: Unwrapped, element: Element) -> Article:
        path, line = self._document.path, self._passages.lines.at(unwrapped.inset.span.start)
        around = replace(self._verdicts[element.place], flow=Flow.BLOCK, preserve_space=False)
        decoded = Decoded(unwrapped.text, bom=False, stray=self._document.stray)
        try:
            document = parse(decoded, path=path)
            declared = document.elements[0].attribute("lang")
            if declared and not self._is_ours(declared):
                around = replace(around, translate=False, reason="language")
            return self._read(document, read_beside_html(document), around)
        except SourceError as exc:
            raise SourceError(path, exc.problem, line=line, remedy=exc.remedy) from exc

    def _is_ours(self, tag: str) -> bool:
        """Say whether a language tag, if there is one, names the source's language."""
        return not tag or language(tag) == self._language
