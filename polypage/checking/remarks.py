"""What a check has to say of a text and its translation, and of which places in them.

Spans are of the texts without inline codes, as `polypage.checking.passage` has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
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
    """Find some words wherever they stand in a text, in whatever letters; the longest first."""
    wanted = sorted(filter(None, words), key=len, reverse=True)
    found = re.finditer("|".join(map(re.escape, wanted)), text, re.IGNORECASE) if wanted else ()
    return tuple(Span(*match.span()) for match in found)
