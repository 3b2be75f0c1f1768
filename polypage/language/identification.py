"""In which language a text is written.

    >>> identify("Refusing to read archive contents from terminal").language
    'en'

A compact neural network tells (CLD3, the Compact Language Detector, version 3). Short texts
look alike in many languages, so nothing is said of them; nor do languages count as told apart
whose texts the network takes for one another.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

import gcld3


class Identified(NamedTuple):
    """A language, and how sure that is, from 0 to 1."""

    language: str
    """As CLDR names it: `he`, `nb`."""
    probability: float


@lru_cache(2_000)
def identify(text: str) -> Identified | None:
    """Say in which language a text is written; None where that cannot be told reliably."""
    if not _is_telling(text):
        return None
    found = _network().FindLanguage(text)
    if not found.is_reliable or found.probability < _SURE:
        return None
    language = found.language.partition("-")[0]
    language = _SAME.get(language, language)
    return Identified(language, found.probability) if language in KNOWN else None


def is_known(language: str) -> bool:
    """Whether texts of a language can be told from those of others."""
    return language in KNOWN


def are_alike(one: str, other: str) -> bool:
    """Whether two languages are so near that a sentence of one is taken for the other."""
    return one == other or any(one in group and other in group for group in _ALIKE)


_SURE = 0.97
_ENOUGH = 40
"""Letters that tell a language."""
_DENSE = 3
"""How many letters a sign counts that stands for a syllable or a word."""
_LONGEST = 2000
"""Bytes of a text that the network looks at."""


_MIXED = 0.15
"""The share of letters from which on a text counts as one in two scripts, which tells nothing."""


def _is_telling(text: str) -> bool:
    if len(text) * _DENSE < _ENOUGH:
        return False
    letters = sum(map(str.isalpha, text))
    if text.isascii():
        return letters >= _ENOUGH
    latin = sum(map(len, _LATIN.findall(text)))
    if min(latin, letters - latin) > _MIXED * letters:
        return False
    if letters >= _ENOUGH:
        return True
    dense = sum(map(str.isalpha, _DENSER.findall(text)))
    return letters + (_DENSE - 1) * dense >= _ENOUGH


_LATIN = re.compile(r"[A-Za-z\u00aa-\u02af\u1e00-\u1eff]+")
_DENSER = re.compile("[\u2e80-\U0010ffff]")
"""Ideographs, and what stands behind them in Unicode."""


@cache
def _network() -> gcld3.NNetLanguageIdentifier:
    return gcld3.NNetLanguageIdentifier(0, _LONGEST)


_SAME = {"iw": "he", "no": "nb", "fil": "tl"}
"""What the network calls otherwise than CLDR does."""
KNOWN = frozenset(
    "af am ar be bg bn bs ca ceb co cs cy da de el en eo es et eu fa fi fr fy ga gd gl gu ha haw"
    " he hi hr ht hu hy id ig is it ja jv ka kk km kn ko ku ky la lb lo lt lv mg mi mk ml mn"
    " mr ms mt my nb ne nl nn ny pa pl ps pt ro ru sd si sk sl sn so sq sr st su sv sw ta te tg"
    " th tl tr uk ur uz vi xh yi yo zh zu".split()
)
"""The languages that can be told and that CLDR has names for, as it names them."""
_ALIKE = tuple(
    frozenset(group.split())
    for group in (
        "id ms jv su",
        "da nb nn sv is",
        "af de fy lb nl",
        "ca es gl pt",
        "ca co es fr it la ro",
        "bs hr sl sr mk bg",
        "cs sk pl",
        "be bg mk ru sr uk mn kk ky tg",
        "ar fa ku ps sd ur",
        "hi mr ne",
        "ja zh",
        "az tr uz",
        "et fi",
        "st xh zu ny sn sw",
        "haw mi",
    )
)
"""Languages that the network takes for one another in sentences of real catalogs, or that are as near."""
