"""Which elements of a page part its text, and whose text is whose.

The markup `<div>One <em>two <p>three</p></em></div>` is parted by div, by p and by em, which holds
a block; `<p translate=no>ACME <b translate=yes>forte</b></p>` by b, which is all there is to read.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto

from polypage.html.tree import Element
from polypage.rules.judging import Flow, Verdict


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


# These are asked of each element: to look a member up takes ten times as long as to compare it.
_BOUNDARY, _NESTED, _INLINE = Part.BOUNDARY, Part.NESTED, Part.INLINE
_BLOCK_FLOW, _INLINE_FLOW, _NESTED_FLOW = Flow.BLOCK, Flow.INLINE, Flow.NESTED
_OPAQUE_FLOW = Flow.OPAQUE


class Layout:
    """What stands where in the flow of text, for each element by its place."""

    def __init__(self, elements: Sequence[Element], verdicts: Sequence[Verdict]) -> None:
        self._verdicts = verdicts
        self._parents = [element.parent for element in elements]
        self._translatable = [v.translate or v.reason == "graphic" for v in verdicts]
        """Whether it, or anything within it, is translated."""
        self.block = [verdict.flow is _BLOCK_FLOW for verdict in verdicts]
        """Whether it is, or holds, a block, or a part that is read while the rest is not."""
        for place in range(len(elements) - 1, 0, -1):
            parent = self._parents[place]
            is_news = self.block[place] and not self.block[parent]
            if is_news or not verdicts[parent].translate:  # one in ten
                self._spread(place, parent)
        self.parts = [*map(self._part, range(len(elements)))]
        self.owners = self._owners()
        """The element whose text stands directly in each one."""

    def _spread(self, place: int, parent: int) -> None:
        """Let an element's parent know what it has in it."""
        above = self._verdicts[parent]
        if self._translatable[place]:
            self._translatable[parent] = True
            if not above.translate:
                is_inline = self._verdicts[place].flow is _INLINE_FLOW
                self.block[place] = self.block[place] or is_inline
                self.block[parent] = self.block[parent] or above.flow is _INLINE_FLOW
        if self.block[place] and above.flow is _INLINE_FLOW:
            self.block[parent] = True

    def _part(self, place: int) -> Part:
        verdict = self._verdicts[place]
        if verdict.drop:
            return Part.DROPPED
        if self.block[place] and (self._translatable[place] or place == 0):
            return _BOUNDARY
        if verdict.flow is _OPAQUE_FLOW:
            return Part.OPAQUE
        if not self._translatable[place]:
            return Part.PROTECTED
        return _NESTED if verdict.flow is _NESTED_FLOW else _INLINE

    def _owners(self) -> list[int]:
        owners: list[int] = []
        for place, part in enumerate(self.parts):
            is_owner = part is _BOUNDARY or part is _NESTED or not place
            owners.append(place if is_owner else owners[self._parents[place]])
        return owners
