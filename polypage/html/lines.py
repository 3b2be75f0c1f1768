"""The lines of a text, for offsets that mostly grow: quicker than finding all lines first.

>>> lines = LineCounter(text)
>>> lines.at(segment.span.start)
12
"""


class LineCounter:
    """Counts from the offset that was asked for last; CR, LF and CR LF end a line."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._has_lone_cr = "\r" in text and text.count("\r") != text.count("\r\n")
        self._offset = 0
        self._line = 1

    def at(self, offset: int) -> int:
        """Tell the line of the character at this offset; the first is 1."""
        if offset >= self._offset:
            self._line += self._ends(self._offset, offset)
        else:
            self._line -= self._ends(offset, self._offset)
        self._offset = offset
        return self._line

    def _ends(self, start: int, end: int) -> int:
        count = self._text.count("\n", start, end)
        if self._has_lone_cr:
            count += self._text.count("\r", start, end) - self._text.count("\r\n", start, end)
        return count
