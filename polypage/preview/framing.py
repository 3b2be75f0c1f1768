"""A page with its segments marked, as the frames of a preview show it.

    framed(article, contents, target, marks)     <p data-polypage="3" data-polypage-state="fuzzy" …>

It is the page as it would be published, fallbacks included, but for three things: marks that say
which entry a passage belongs to, one style sheet and one script of ours, and a policy under which
no other script runs. Where the page tells browsers to go elsewhere they do not hear it. Texts that nobody can point at (in `title`, in structured data, in pages
within the page) bear no mark.

The frame's document has an origin of its own and may do nothing: `policy` is sent with it, stands
in it for when nobody sends it, and the frame's `sandbox` says the same again.
"""

from __future__ import annotations

import base64
import hashlib
import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import NamedTuple

from polypage.building.render import render
from polypage.html.document import Document
from polypage.html.markup import Doctype, StartTag
from polypage.limits import admits
from polypage.model import Article, Content, Edit, Segment, Span, Syntax, Target


class Mark(NamedTuple):
    """What is told of a segment."""

    entry: str
    """The name of its entry."""
    state: str
    has_findings: bool


def framed(
    article: Article,
    contents: Sequence[Content | None],
    target: Target,
    marks: Sequence[Mark | None],
    *,
    edits: Sequence[Edit] = (),
    before: Sequence[Edit] = (),
) -> str:
    """Write the page for a target with a mark for each of its segments, or as many as can be seen."""
    covered = _Covered(article, edits, target.tag)
    seen = [
        (segment, number, mark)
        for number, (segment, mark) in enumerate(zip(article.segments, marks, strict=True))
        if mark and admits(segment.locales, target.tag) and not covered.holds(segment.span)
    ]
    # What ends at a place is written before what begins there.
    added = [edit for write in (_ends, _starts) for each in seen for edit in write(*each)]
    return render(article, contents, target, edits=(*before, *added, *edits))


class _Covered:
    """What is written anew as a whole, left out, or a page of its own: nothing is marked in it."""

    def __init__(self, article: Article, edits: Sequence[Edit], tag: str) -> None:
        dropped = [slot.span for slot in article.skeleton.slots if slot.leaves_out(tag)]
        anew = [edit.span for edit in edits if edit.span.start < edit.span.end]
        within = [inset.span for inset in article.skeleton.insets]
        self._spans = sorted({*anew, *dropped, *within})
        self._reach = list(accumulate((span.end for span in self._spans), max))
        """Of the spans up to each, how far the farthest goes."""

    def holds(self, span: Span) -> bool:
        before = bisect_right(self._spans, (span.start, sys.maxsize))
        if not before or self._reach[before - 1] < span.end:
            return False
        return any(span.end <= outer.end and outer != span for outer in self._spans[:before])


def _starts(segment: Segment, number: int, mark: Mark) -> Iterator[Edit]:
    if segment.syntax is not Syntax.MARKUP:
        return
    if segment.carrier is not None:
        yield _inserted(segment.carrier, _attributes(number, mark))
    elif segment.markable:
        yield _inserted(segment.span.start, f"<span{_attributes(number, mark)}>")


def _ends(segment: Segment, number: int, mark: Mark) -> Iterator[Edit]:
    if segment.syntax is Syntax.ATTRIBUTE:
        yield _inserted(
            segment.span.end, f' data-polypage-text-{number}="{mark.entry} {mark.state}"'
        )
    elif segment.syntax is Syntax.MARKUP and segment.carrier is None and segment.markable:
        yield _inserted(segment.span.end, "</span>")


def _attributes(number: int, mark: Mark) -> str:
    found = ' data-polypage-findings=""' if mark.has_findings else ""
    return (
        f' data-polypage="{number}" data-polypage-entry="{mark.entry}"'
        f' data-polypage-state="{mark.state}"{found}'
    )


def _inserted(offset: int, text: str) -> Edit:
    return Edit(Span(offset, offset), text)


# --- what is ours in the document -------------------------------------------------------------


def ours(document: Document, *, own: str, remote: bool) -> tuple[Edit, ...]:
    """Return what makes a page one of ours: policy, style and script, none of its own orders.

    It comes before all but the doctype: nothing of the article's has been run by then.
    """
    said = policy(own=own, remote=remote)
    text = (
        '<meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{said}">'
        f"<style>{own_file('frame.css')}</style><script>{own_file('frame.js')}</script>"
    )
    return (_inserted(_beginning(document), text), *_tamed(document))


def _beginning(document: Document) -> int:
    for token in document.tokens:
        if isinstance(token, Doctype):
            return token.end
        if isinstance(token, StartTag):
            break
    return 0


def _tamed(document: Document) -> Iterator[Edit]:
    """Yield what takes from the page the orders that it gives browsers: to leave, to forbid."""
    for token in document.tokens:
        if isinstance(token, StartTag) and token.name == "meta":
            order = token.get("http-equiv")
            if order and order.value.strip().lower() in _ORDERS:
                yield Edit(token.written(order), "polypage-ignored")


_ORDERS = frozenset({"content-security-policy", "refresh"})


def policy(*, own: str, remote: bool) -> str:
    """Write the content security policy of a frame; `own` are the sources of its pictures."""
    sources = " ".join(dict.fromkeys((own, "data:", *(["https:"] if remote else []))))
    directives = (
        "default-src 'none'",
        f"script-src 'sha256-{_script_hash()}'",
        f"style-src 'unsafe-inline' {sources}",
        f"img-src {sources}",
        f"font-src {sources}",
        f"media-src {sources}",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return "; ".join(directives)


@cache
def own_file(name: str) -> str:
    """Return a style sheet or script of ours."""
    return files(__package__).joinpath("static", name).read_text("utf-8")


@cache
def _script_hash() -> str:
    return base64.b64encode(hashlib.sha256(own_file("frame.js").encode()).digest()).decode()
