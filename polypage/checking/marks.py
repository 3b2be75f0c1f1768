"""What stands out in a translation, told by one look at each of its words.

    >>> sorted(marks("Ru\u200bhe , bitte", profile("de")))
    ['adorned', 'odd', 'stray']

Beside what words signal (`polypage.language.signals`) these are characters and signs that hardly
any translation has, and that a check of them need not look for where they are not.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Literal, TypeAlias

from polypage.checking import characters, typography
from polypage.language.lexicon import lexicon
from polypage.language.signals import Met, Tell, teller, told
from polypage.language.texts import composed
from polypage.profiles import Profile, profile

Mark: TypeAlias = Literal["odd", "garbled", "decomposed", "foreign", "mixed", "signs", "stray"]


def marks(text: str, written: Profile) -> frozenset[str]:
    """Say what stands out in a translation, and what its words signal."""
    return told(text, _met(written.locale))


@cache
def _met(locale: str) -> Met:
    written = profile(locale)
    known = lexicon(written.language)
    return Met(teller(locale), _teller(written, letters=known.unspaced), letters=known.unspaced)


def _teller(written: Profile, *, letters: bool) -> Tell:
    """Return what tells of a word which marks it has, or of a letter which it may have."""
    signs = typography.own_signs(written)
    names = typography.letter_names(written)
    stray = typography.STRAY_LETTER if letters else typography.STRAY
    mixed = typography.LOOKALIKE if letters else typography.MIXED
    is_composed = typography.is_typed_composed(written)

    def tell(piece: str) -> Iterator[Mark]:
        if stray.search(piece):
            yield "stray"
        if signs and signs.search(piece):
            yield "signs"
        if characters.has_odd(piece):
            yield "odd"
        if piece.isascii() and names in (None, ("LATIN",)):
            return
        if characters.MAY_BE_GARBLED.search(piece):
            yield "garbled"
        if is_composed and composed(piece) != piece:
            yield "decomposed"
        if mixed.search(piece):
            yield "mixed"
        if names and any(typography.is_of_other(letter, names) for letter in piece):
            yield "foreign"

    return tell
