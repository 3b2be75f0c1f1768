"""Which kinds of words a text may have, told by one look at each of its words.

    >>> sorted(signals("take one tablet", lexicon("en")))
    ['numerals', 'rates']
    >>> signals("see your doctor", lexicon("en"))
    frozenset()

Most words are none that checks know, and most texts are made of words that were met before. What
a word may be is remembered; what is not signalled is not there, so nobody need look for it. The
contrary does not hold: `no more than` denies nothing, but signals a denial.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Literal, TypeAlias

from polypage.language.lexicon import COMPARISONS, Lexicon, lexicon
from polypage.language.patterns import any_of, hung_on

Signal: TypeAlias = Literal["denials", "comparisons", "numerals", "rates"]


def signals(words: str, known: Lexicon) -> frozenset[Signal]:
    """Say which kinds of words a folded text may have."""
    parts = {*words} if known.unspaced else words.split()
    met = {*map(_met(known.language).__getitem__, parts)}
    return _NONE.union(*met)


_NONE: frozenset[Signal] = frozenset()


class _Met(dict[str, frozenset[Signal]]):
    """What the words that were met signal."""

    def __init__(self, language: str) -> None:
        super().__init__()
        known = lexicon(language)
        make = _letters_of if known.unspaced else _words_of
        self.patterns = {kind: make(kind, known) for kind in _KINDS}

    def __missing__(self, word: str) -> frozenset[Signal]:
        found = frozenset(kind for kind, pattern in self.patterns.items() if pattern.search(word))
        if len(self) >= _MOST:
            self.clear()
        if len(word) <= _LONGEST:
            self[word] = found
        return found


_MOST = 20_000
"""How many words of a language are remembered."""
_LONGEST = 40
"""Letters of the longest word that is likely to be met again."""
_met = cache(_Met)
_KINDS: tuple[Signal, ...] = ("denials", "comparisons", "numerals", "rates")


def _known(kind: Signal, known: Lexicon) -> Iterable[str]:
    """Return all words of a kind; a hyphen stands for the rest of a word."""
    match kind:
        case "denials":
            return _cues(known, frozenset({"negations", "opposites"}))
        case "comparisons":
            return _cues(known, COMPARISONS)
        case "numerals":
            return (*known.numerals, *known.scales, *known.half)
        case "rates":
            return known.often


def _cues(known: Lexicon, kinds: frozenset[str]) -> Iterator[str]:
    for written, cues in (("{}", known.cues), ("{}-", known.stems), ("-{}", known.endings)):
        yield from (written.format(word) for word, names in cues.items() if names & kinds)


def _letters_of(kind: Signal, known: Lexicon) -> re.Pattern[str]:
    """Make the pattern of the first letters, for languages without blanks."""
    return re.compile(any_of(word[0] for word in _known(kind, known)))


def _words_of(kind: Signal, known: Lexicon) -> re.Pattern[str]:
    """Make the pattern of a word that something known is or begins with."""
    words = [*_known(kind, known)]
    firsts = {word.split(" ")[0] for word in words if not word.startswith("-")}
    stems = {first[:-1] for first in firsts if first in words and first.endswith("-")}
    whole = any_of({first for first in firsts if first[:-1] not in stems}, r"(?!\w)")
    hung = hung_on(known.language)
    signs = any_of({first for first in firsts if not first[0].isalnum()})
    endings = any_of({word[1:] for word in words if word.startswith("-")})
    return re.compile(rf"(?<!\w){hung}(?:{whole}|{any_of(stems)})|{signs}|{endings}")
