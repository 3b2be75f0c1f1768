"""What a check has to say of a text and its translation, and of which places in them.

Spans are of the texts without inline codes, as `polypage.checking.passage` has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from polypage.model import Span


class Remark(NamedTuple):
    """Something that a check found."""

    message: str
    """One sentence without a full stop, with the words it is about."""
    source: tuple[Span, ...] = ()
    """What of the source text it is about."""
    target: tuple[Span, ...] = ()
    """What of the translation."""
    certain: bool = True
    """Whether it can hardly be a matter of style; if not, it is a warning at most."""


def all_of(words: Iterable[str], text: str) -> tuple[Span, ...]:
    """Find some words wherever they stand in a text, the longest first.

    Those that are not there as they are written are looked for in other capitals.
    """
    wanted = sorted(filter(None, words), key=len, reverse=True)
    if len(wanted) == 1 and wanted[0] in text:  # as most are, and much faster
        return tuple(_exactly(wanted[0], text))
    found = re.finditer("|".join(map(re.escape, wanted)), text, re.IGNORECASE) if wanted else ()
    return tuple(Span(*match.span()) for match in found)


def _exactly(word: str, text: str) -> Iterator[Span]:
    start = text.find(word)
    while start >= 0:
        yield Span(start, start + len(word))
        start = text.find(word, start + len(word))
