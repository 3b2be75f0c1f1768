"""Text as terminals show it: how many columns it takes, and lines that are no wider than that.

    width("Kem 5 %")      7
    width("薬を飲む")      8

A Chinese character takes two columns, a mark above or below another letter none (Unicode Standard
Annex 11). Where words have no blanks between them, a line may break anywhere but before a mark.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator


def width(text: str) -> int:
    """Return how many columns a text takes."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(letter: str) -> int:
    if unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in {"W", "F"} else 1


_WORD = re.compile(r"\s*\S+")


def wrapped(text: str, most: int) -> Iterator[str]:
    """Break a text into lines of at most so many columns, at blanks where there are any."""
    line = ""
    for word in _WORD.findall(text):
        if line and width(line + word) > most:
            yield line
            line = word.lstrip()
        else:
            line += word
        while width(line) > most:
            start = fitting(line, most)
            yield start
            line = line[len(start) :]
    if line:
        yield line


def fitting(text: str, most: int) -> str:
    """Return as much of the beginning of a text as takes at most so many columns, and one letter."""
    used = 0
    for place, letter in enumerate(text):
        used += _columns(letter)
        if used > most and place:
            return text[:place]
    return text


def shortened(text: str, most: int) -> str:
    """Return a text, or as much of its beginning as fits into so many columns with a sign for the rest."""
    return text if width(text) <= most else f"{fitting(text, most - 1)}…"


def padded(text: str, most: int, *, right: bool = False) -> str:
    """Fill a text up with blanks to so many columns, behind it or before it."""
    blanks = " " * (most - width(text))
    return blanks + text if right else text + blanks
