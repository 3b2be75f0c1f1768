"""Contents for tests, written as msgids."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import count

from polypage.html.references import resolve
from polypage.model import Content, Inline, Paired, Span, Standalone

_TAG = re.compile(r"(</?[a-z][\w.-]*/?>)")


def content(msgid: str, *, fixed: Collection[str] = ()) -> Content:
    """Make the content that has this msgid, its tags one after the other; `fixed` names codes."""
    return _inlines(iter(_TAG.split(msgid)), _places(), fixed)


def _places() -> Iterator[Span]:
    return (Span(start, start + 1) for start in count())


def _inlines(pieces: Iterator[str], places: Iterator[Span], fixed: Collection[str]) -> Content:
    found: list[Inline] = []
    for piece in pieces:
        if piece.startswith("</"):
            break
        if piece.startswith("<"):
            found.append(_code(piece, pieces, places, fixed))
        elif piece:
            found.append(resolve(piece))
    return tuple(found)


def _code(
    tag: str, pieces: Iterator[str], places: Iterator[Span], fixed: Collection[str]
) -> Inline:
    name, place = tag.strip("</>"), next(places)
    if tag.endswith("/>"):
        return Standalone(name, place, fixed=name in fixed)
    children = _inlines(pieces, places, fixed)
    return Paired(name, place, next(places), children)
