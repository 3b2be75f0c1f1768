"""Texts as their words are compared, and patterns that find words in them.

>>> folded("Não tome MAIS")
'não tome mais'
>>> any_of(["per", "percent", "pro"])
'p(?:er(?:cent)?|ro)'
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeAlias


def folded(text: str) -> str:
    """Return a text as its words are compared: no capitals, no vowel marks, one shape per letter."""
    if text.isascii():
        return text.lower()
    # ß and the like stay one letter, so that positions stay true: `lower`, not `casefold`.
    if not _UNUSUAL.search(text):
        return text.lower()
    return text.replace("İ", "I").lower().translate(_SHAPES)


# Arabic is written with or without these, as taste and keyboard have it; so are the nukta of
# Devanagari, its two nasal signs, and the dots of Russian ё.
_MARKS = "".join(map(chr, (0x640, *range(0x64B, 0x660), 0x670, 0x93C)))
_SHAPES = str.maketrans("أإآٱىة’ёँ", "اااايه'еं", _MARKS)
_UNUSUAL = re.compile(f"[{_MARKS}أإآٱىة’ёЁँİ]")

END = r"(?:(?<=')|(?![\w\u0900-\u0963]))"
"""No letter behind, but for an elision; the vowel signs of Devanagari are none to `re`."""


def beginning(language: str) -> str:
    """Write a pattern for the beginning of a word."""
    return r"(?<![\w\u0900-\u0963])" if language == "hi" else r"\b"


def hung_on(language: str) -> str:
    """Write a pattern for what a language writes onto the beginning of its words."""
    return _HUNG_ON.get(language, "")


_HUNG_ON = {"ar": "[وف]?[بلك]?(?:ال)?", "he": "[וש]?[בלמכה]?"}


def any_of(words: Iterable[str], end: str = "") -> str:
    """Write a pattern for the longest of some words; `end` is what must stand behind each.

    >>> any_of(["per", "percent", "pro"])
    'p(?:er(?:cent)?|ro)'
    """
    tree: _Tree = {}
    for word in words:
        node = tree
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    if not tree:
        return r"(?!)"
    # Once behind all words: to compile it behind each takes ten times as long.
    return f"(?:{_branches(tree)}){end}" if end else _branches(tree)


_Tree: TypeAlias = "dict[str, _Tree]"
"""What may follow each letter; the empty one stands for the end of a word."""


def _branches(tree: _Tree) -> str:
    rest = [
        (r"\s" if letter == " " else re.escape(letter)) + _branches(below)
        for letter, below in sorted(tree.items())
        if letter
    ]
    if not rest:
        return ""
    if "" in tree:
        return f"(?:{'|'.join(rest)})?"
    return rest[0] if len(rest) == 1 else f"(?:{'|'.join(rest)})"
