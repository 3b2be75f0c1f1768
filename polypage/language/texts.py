"""Texts as figures and words are looked for in them: no capitals, no ornaments, European digits.

    >>> Text.of("Không quá 5 MG", profile("vi")).words
    'không quá 5 mg'

Most texts of most languages have nothing but capitals to take off, and one look tells.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from polypage.language.lexicon import Lexicon, lexicon
from polypage.language.once import once
from polypage.language.patterns import folded
from polypage.profiles import Profile


class _Plain(NamedTuple):
    """What a text is made of: a named tuple takes half the time to make."""

    plain: str
    """Without ornaments, its digits European."""
    profile: Profile


class Text(_Plain):
    """A text as figures and words are looked for in it; both forms have the same positions."""

    @classmethod
    def of(cls, text: str, profile: Profile) -> Text:
        return cls(unadorned(text), profile)

    @once
    def words(self) -> str:
        """The same without capitals."""
        return folded(self.plain)

    @once
    def known(self) -> Lexicon:
        return lexicon(self.profile.language)

    def without(self, spans: Iterable[tuple[int, int]]) -> Text:
        """Put nothing in the place of some spans."""
        letters = [*self.plain]
        for start, end in spans:
            letters[start:end] = "\x00" * (end - start)
        return Text("".join(letters), self.profile)


def unadorned(text: str) -> str:
    """Write all digits the European way, and each ornament as the letter it adorns."""
    if text.isascii():
        return text
    text = composed(text)
    if not _ORNAMENT.search(text):
        return text
    text = _BARE.sub("", text.replace("İ", "I"))
    return _FOREIGN.sub(_european, text)


def composed(text: str) -> str:
    """Write each letter and its marks as one character, where there is one (NFC).

    Of a pile of marks no more than 30 count, as in the Unicode Standard's stream-safe format (Annex
    15, 13): the time to put more of them in order grows with their square.
    """
    if len(text) > _LONG:
        text = _PILE.sub(r"\1", text)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


_LONG = 1_000
_MARK = (
    "[\u0300-\u036f\u0591-\u05bd\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
    "\u3099\u309a\ufe20-\ufe2f]"
)
_PILE = re.compile(f"({_MARK}{{30}}){_MARK}+")


def places(text: str) -> list[int]:
    """Say where each letter of a text without ornaments stands in the text, which is composed."""
    return [place for place, letter in enumerate(text) if not _BARE.match(letter)]


# Vowel marks of Arabic, the nukta, and what stands invisibly in any text; `folded` drops them too.
_INVISIBLE = "\u0640\u064b-\u065f\u0670\u093c\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_WIDE = "％＜＞＝＋－～：／（）"
_DIGITS = "".join(letter for letter in map(chr, range(0x80, 0x10000)) if letter.isdecimal())
_BARE = re.compile(f"[{_INVISIBLE}]")
_FOREIGN = re.compile(rf"[^\D0-9]|[{_WIDE}]")
_ORNAMENT = re.compile(f"[İ{_INVISIBLE}{_WIDE}{_DIGITS}\U00010000-\U0010ffff]")
"""A set of characters is looked for much faster than a kind of them."""


def _european(match: re.Match[str]) -> str:
    letter = match[0]
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    return chr(ord(letter) - 0xFEE0)  # the fullwidth forms are in the order of ASCII
