"""What a check has to say of a text and its translation, and of which places in them.

Spans are of the texts without inline codes, as `polypage.checking.passage` has them.
"""

from __future__ import annotations

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
