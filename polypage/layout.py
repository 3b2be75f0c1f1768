"""Which elements of a page part its text, and whose text is whose.

The markup `<div>One <em>two <p>three</p></em></div>` is parted by div, by p and by em, which holds
a block; `<p translate=no>ACME <b translate=yes>forte</b></p>` by b, which is all there is to read.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto

from polypage.rules import Flow, Verdict
from polypage.tree import Element


class Part(Enum):
    """What an element is to the text of a page."""

    BOUNDARY = auto()
    """Segments begin and end with it."""
    INLINE = auto()
    """A pair of codes."""
    NESTED = auto()
    """One code, that is read on its own."""
    OPAQUE = auto()
    """One code, that nobody reads."""
    PROTECTED = auto()
    """Nothing in it is translated."""
    DROPPED = auto()
    """Built pages leave it out."""


_OWNING = (Part.BOUNDARY, Part.NESTED)


class Layout:
    """What stands where in the flow of text, for each element by its place."""

    def __init__(self, elements: Sequence[Element], verdicts: Sequence[Verdict]) -> None:
        self._elements = elements
        self._verdicts = verdicts
        self._translatable = [v.translate or v.reason == "graphic" for v in verdicts]
        """Whether it, or anything within it, is translated."""
        self.block = [verdict.flow is Flow.BLOCK for verdict in verdicts]
        """Whether it is, or holds, a block, or a part that is read while the rest is not."""
        for place in range(len(elements) - 1, 0, -1):
            self._spread(place, elements[place].parent)
        self.parts = [self._part(place) for place in range(len(elements))]
        self.owners = [0]
        """The element whose text stands directly in each one."""
        for place in range(1, len(elements)):
            is_owner = self.parts[place] in _OWNING
            self.owners.append(place if is_owner else self.owners[elements[place].parent])

    def _spread(self, place: int, parent: int) -> None:
        """Let an element's parent know what it has in it."""
        above = self._verdicts[parent]
        if self._translatable[place]:
            self._translatable[parent] = True
            if not above.translate:
                is_inline = self._verdicts[place].flow is Flow.INLINE
                self.block[place] = self.block[place] or is_inline
                self.block[parent] = self.block[parent] or above.flow is Flow.INLINE
        if self.block[place] and above.flow is Flow.INLINE:
            self.block[parent] = True

    def _part(self, place: int) -> Part:
        verdict = self._verdicts[place]
        if verdict.drop:
            return Part.DROPPED
        if self.block[place] and (self._translatable[place] or place == 0):
            return Part.BOUNDARY
        if verdict.flow is Flow.OPAQUE:
            return Part.OPAQUE
        if not self._translatable[place]:
            return Part.PROTECTED
        return Part.NESTED if verdict.flow is Flow.NESTED else Part.INLINE
