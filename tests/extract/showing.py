"""Segments as lines of plain text, for tables of cases and golden files.

- paragraph: Take <a1>5 mg</a1> daily.
    a1: link to dose.html
    note: numbers stay
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from polypage.model import Article, Segment, Standalone
from polypage.reading.inline import Open, steps

WRITTEN = {
    **str.maketrans({"\n": "␊", "\t": "␉", "\r": "␍", "\N{NO-BREAK SPACE}": "⍽"}),
    **{0xDC00 + byte: f"‹{byte:02x}›" for byte in range(0x80, 0x100)},
}
"""How characters that cannot be seen are shown."""


def shown(article: Article, *details: str) -> Iterator[str]:
    """Yield a line for each segment, and one for each thing there is to say of these details."""
    for segment in article.segments:
        yield f"- {segment.role}: {segment.msgid}".translate(WRITTEN)
        for detail in details:
            for line in DETAILS[detail](article, segment):
                yield f"    {line}".translate(WRITTEN)


def _legends(_: Article, segment: Segment) -> Iterator[str]:
    for step in steps(segment.content):
        match step:
            case Open(code) | (Standalone() as code) if code.legend:
                yield f"{code.name}: {code.legend}"
            case _:
                pass


def _fixed(_: Article, segment: Segment) -> Iterator[str]:
    codes = (step for step in steps(segment.content) if isinstance(step, Standalone))
    yield from (f"fixed: {code.name}" for code in codes if code.fixed)


def _codes(article: Article, segment: Segment) -> Iterator[str]:
    text = article.skeleton.text
    for step in steps(segment.content):
        match step:
            case Open(code):
                yield f"{code.name}: {text[slice(*code.open)]} … {text[slice(*code.close)]}"
            case Standalone():
                yield f"{step.name}: {text[slice(*step.span)]}"
            case _:
                pass


def _notes(_: Article, segment: Segment) -> Iterator[str]:
    yield from (f"note: {note}" for note in segment.notes)


def _context(_: Article, segment: Segment) -> Iterator[str]:
    if segment.context is not None:
        yield f"context: {segment.context}"


def _headings(_: Article, segment: Segment) -> Iterator[str]:
    if segment.headings:
        yield f"under: {' › '.join(segment.headings)}"


def _domain(_: Article, segment: Segment) -> Iterator[str]:
    if segment.domain == "site":
        yield "shared by the site"


def _space(_: Article, segment: Segment) -> Iterator[str]:
    if segment.preserve_space:
        yield "white space counts"


def _marks(article: Article, segment: Segment) -> Iterator[str]:
    if segment.carrier is not None:
        start = article.skeleton.text.rindex("<", 0, segment.carrier)
        yield f"carrier: {article.skeleton.text[start : segment.carrier]}"
    if not segment.markable:
        yield "cannot be marked"


def _source(article: Article, segment: Segment) -> Iterator[str]:
    yield f"source: {article.skeleton.text[slice(*segment.span)]}"
    yield f"syntax: {segment.syntax}"


def _locales(_: Article, segment: Segment) -> Iterator[str]:
    if segment.locales is not None:
        kind = "all but" if segment.locales.exclude else "only"
        yield f"for {kind} {segment.locales.languages}"


def _limits(_: Article, segment: Segment) -> Iterator[str]:
    for limits in segment.limits:
        about = f"{limits.code or 'the text'}:"
        if limits.allowed is not None:
            yield f"{about} {limits.allowed or 'nothing'}"
        if limits.storage is not None:
            yield f"{about} {limits.storage.size} in {limits.storage.encoding}"


def _line(_: Article, segment: Segment) -> Iterator[str]:
    yield f"line: {segment.line}"


DETAILS: Mapping[str, Callable[[Article, Segment], Iterator[str]]] = {
    "legends": _legends,
    "fixed": _fixed,
    "codes": _codes,
    "notes": _notes,
    "context": _context,
    "headings": _headings,
    "domain": _domain,
    "space": _space,
    "marks": _marks,
    "source": _source,
    "lines": _line,
    "locales": _locales,
    "limits": _limits,
}
"""What can be said of a segment, by the name that a case asks for it."""


def changes(first: Collection[str], second: Collection[str]) -> str:
    """Say which lines one has and the other lacks."""
    lost = [f"- {line}" for line in first if line not in second]
    return "\n".join(lost + [f"+ {line}" for line in second if line not in first])
