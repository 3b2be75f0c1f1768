r"""Where in the file of a catalog the words stand that a finding is about.

    position(['msgstr "Prenez 50 mg."'], 1, Excerpt("Prenez 50 mg.", (Span(7, 12),)))
        -> Position(line=1, column=16, end_line=1, end_column=21)

Editors may fold a text over many lines, and have escapes in it. Where the file does not say just
what the excerpt does, because somebody has saved it since, there is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from polypage.model import Excerpt


class Position(NamedTuple):
    """A stretch of a file; lines and columns begin with 1, the end is behind the last character."""

    line: int
    column: int
    end_line: int
    end_column: int


def position(lines: Sequence[str], line: int, part: Excerpt) -> Position | None:
    """Find the first marked words of a msgstr in the lines of its file; None if they are not there."""
    letters = [*_letters(lines, line)]
    if "".join(letter.text for letter in letters) != part.text:
        return None
    span = part.spans[0]
    first, last = letters[span.start], letters[span.end - 1]
    return Position(first.line, first.column, last.line, last.column + last.length)


class _Letter(NamedTuple):
    text: str
    line: int
    column: int
    length: int
    """Of how it is written: two for an escape."""


_FIRST = re.compile(r'\s*msgstr\s*"(.*)"\s*\Z')
_NEXT = re.compile(r'\s*"(.*)"\s*\Z')
_UNIT = re.compile(r'\\([nt"\\])|[^\\]')
_MEANT = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}


def _letters(lines: Sequence[str], line: int) -> Iterator[_Letter]:
    pattern = _FIRST
    for number, written in enumerate(lines[line - 1 :], start=line):
        match = pattern.match(written)
        if match is None:
            return
        for unit in _UNIT.finditer(written, *match.span(1)):
            text = _MEANT[unit[1]] if unit[1] else unit[0]
            yield _Letter(text, number, unit.start() + 1, len(unit[0]))
        pattern = _NEXT
