"""Which earlier text a new one was made from.

    >>> pair([Wanted("Roll twice daily, gently.", 0, 2)], [Candidate("Roll twice a day.", 1)])
    {0: 0}

Letters and words are compared, each by the share that stays in order. A text that was split,
joined or extended is found in the other. Between neighbours that did not change, less likeness
will do: a heading whose every word is new is still that heading.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import cycle
from typing import NamedTuple, TypeAlias

from rapidfuzz import fuzz, process


class Wanted(NamedTuple):
    """A new text and the places, in the old document, of its unchanged neighbours."""

    text: str
    after: int
    before: int


class Candidate(NamedTuple):
    """An earlier text and its place in the old document; None if it was gone before."""

    text: str
    place: int | None


class _Text(NamedTuple):
    """A text as it is compared."""

    letters: str
    words: str
    """One character for each word."""


class _Likeness(NamedTuple):
    """How much a new text is like an earlier one, in percent."""

    new: int
    old: int
    letters: float
    words: float
    contained: float
    """How much of the shorter text is in the longer, if it is a good part of it."""
    near: bool
    """Both stand between the same neighbours."""
    short: bool
    """A heading, a label: a few words at most."""

    @property
    def rank(self) -> float:
        """What decides between several; the same place counts for a little."""
        return max((self.letters + self.words) / 2, 0.9 * self.contained) + 10 * self.near

    @property
    def enough(self) -> bool:
        """Whether a translation of the one helps to translate the other."""
        if self.contained or self.letters >= _LETTERS_ALONE or self.words >= _WORDS_ALONE:
            return True
        if self.letters >= _LETTERS and self.words >= _WORDS:
            return True
        if not self.near:
            return False
        if self.short:
            return self.letters >= _LETTERS_NEAR or self.words >= _WORDS_NEAR
        return self.words >= _WORDS


class _Index(NamedTuple):
    """Where words are, of all texts compared."""

    holders: Mapping[str, set[int]]
    """The texts that hold a word."""
    telling: Mapping[str, set[int]]
    """The texts of which it is one of the rarest words."""


_LETTERS_ALONE = 85
_WORDS_ALONE = 60
_LETTERS = 75
_WORDS = 40
_LETTERS_NEAR = 60
_WORDS_NEAR = 30
_CONTAINED = 80
_SMALLEST_PART = 0.2
_FEWEST_WORDS = 4
_MOST_WORDS_OF_A_LABEL = 8
_CROWD = 12
_TELLING = 3

_TOKEN = re.compile(
    # Scripts that put no blanks between words are compared by letter.
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
    # Vowel signs, of Hebrew, Arabic and the scripts of India, are no letters to `re`.
    r"|[\w\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0900-\u0dff]+"
)
_PRIVATE = 0xF0000

_Alphabet: TypeAlias = defaultdict[str, str]
"""A character for each word that has been seen."""


def pair(wanted: Sequence[Wanted], candidates: Sequence[Candidate]) -> dict[int, int]:
    """Find for each new text, by index, the earlier one it was made from, if there is one.

    An earlier text serves once, unless several new ones are parts of it.
    """
    found: dict[int, int] = {}
    claimed: set[int] = set()
    for likeness in sorted(_likenesses(wanted, candidates), key=_order):
        free = likeness.contained or likeness.old not in claimed
        if free and likeness.new not in found:
            found[likeness.new] = likeness.old
            claimed.add(likeness.old)
    return found


def _order(likeness: _Likeness) -> tuple[float, int, int]:
    return -likeness.rank, likeness.new, likeness.old


def _likenesses(wanted: Sequence[Wanted], candidates: Sequence[Candidate]) -> Iterator[_Likeness]:
    """Yield all likenesses that are enough."""
    if not wanted or not candidates:
        return
    # When they run out, two words share one: that makes texts a little more alike.
    alphabet: _Alphabet = defaultdict(map(chr, cycle(range(_PRIVATE, sys.maxunicode + 1))).__next__)
    olds = [_text(candidate.text, alphabet) for candidate in candidates]
    letters, words = [old.letters for old in olds], [old.words for old in olds]
    index = _index(words)
    for new, want in enumerate(wanted):
        text = _text(want.text, alphabet)
        near = _near(want, candidates)
        promising = near.union(
            _alike(text.letters, letters, _LETTERS),
            _alike(text.words, words, _WORDS_ALONE),
            _overlapping(text.words, index),
        )
        for old in promising:
            likeness = _compared(new, text, old, olds[old], near=old in near)
            if likeness.enough:
                yield likeness


def _text(text: str, alphabet: _Alphabet) -> _Text:
    letters = text.casefold()
    return _Text(letters, "".join([alphabet[word] for word in _TOKEN.findall(letters)]))


def _near(wanted: Wanted, candidates: Sequence[Candidate]) -> set[int]:
    """Find what stood between the same neighbours; in a crowd that says nothing."""
    near = {
        old
        for old, (_, place) in enumerate(candidates)
        if place is not None and wanted.after < place < wanted.before
    }
    return near if len(near) <= _CROWD else set()


def _alike(text: str, choices: Sequence[str], cutoff: float) -> Iterator[int]:
    found = process.extract(text, choices, scorer=fuzz.ratio, limit=None, score_cutoff=cutoff)
    return (index for _, _, index in found)


def _index(texts: Sequence[str]) -> _Index:
    holders: dict[str, set[int]] = {}
    for text, words in enumerate(texts):
        for word in words:
            holders.setdefault(word, set()).add(text)
    telling: dict[str, set[int]] = {}
    for text, words in enumerate(texts):
        for word in _rarest(words, holders):
            telling.setdefault(word, set()).add(text)
    return _Index(holders, telling)


def _overlapping(words: str, index: _Index) -> set[int]:
    """Find the texts of which this might be a part, and those that might be a part of it.

    Of the rarest words of a part, one at least is in the whole.
    """
    wholes = (index.holders[word] for word in _rarest(words, index.holders))
    parts = (index.telling[word] for word in set(words) if word in index.telling)
    return set().union(*wholes, *parts)


def _rarest(words: str, holders: Mapping[str, set[int]]) -> list[str]:
    known = {word for word in words if word in holders}
    return nsmallest(_TELLING, known, key=lambda word: (len(holders[word]), word))


def _compared(new: int, text: _Text, old: int, other: _Text, *, near: bool) -> _Likeness:
    return _Likeness(
        new,
        old,
        fuzz.ratio(text.letters, other.letters),
        fuzz.ratio(text.words, other.words),
        _contained(text.words, other.words),
        near=near,
        short=max(len(text.words), len(other.words)) <= _MOST_WORDS_OF_A_LABEL,
    )


def _contained(new: str, old: str) -> float:
    """Say how much of the shorter text is in the longer.

    A sentence taken out of a long paragraph counts if it is there word for word. The other way
    round, the translation of so small a part is no help.
    """
    shorter, longer = sorted((len(new), len(old)))
    if shorter < _FEWEST_WORDS:
        return 0.0
    if shorter >= _SMALLEST_PART * longer:
        return fuzz.partial_ratio(new, old, score_cutoff=_CONTAINED)
    return 100.0 if new in old else 0.0


def scores(text: str, others: Sequence[str], *, least: float) -> list[tuple[int, float]]:
    """Return the texts that are like one, by index, with their likeness in percent of its letters.

    It is the share of letters that stay in order, without regard to capitals; below `least`
    none is returned.
    """
    choices = [other.casefold() for other in others]
    found = process.extract(
        text.casefold(), choices, scorer=fuzz.ratio, limit=None, score_cutoff=least
    )
    return [(index, score) for _, score, index in found]
