"""Parts and their wholes: 1 in 10,000, 7 per 100,000, 10万人に1人.

>>> one = Reading(Text.of("About 1 in 10,000 babies is affected.", profile("en")))
>>> other = Reading(Text.of("Ne è colpito circa 10.000 neonato su 1.", profile("it")))
>>> [each.message for each in turned_proportions(one, other)]
['1 of 10,000 has become 10.000 of 1']

Some languages name the part first, some the whole; what stands between the figures tells which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from polypage.language.counterparts import Drift
from polypage.language.lexicon import lexicon
from polypage.language.patterns import END, any_of, beginning, hung_on
from polypage.language.quantities import Quantity
from polypage.language.readings import Reading


class _Proportion(NamedTuple):
    part: Quantity
    whole: Quantity


def turned_proportions(before: Reading, after: Reading) -> Iterator[Drift]:
    """Find a part and a whole that have changed places."""
    if not (before.digits and after.digits):
        return
    ones = {_values(each): each for each in _proportions(before)}
    theirs = {_values(each): each for each in _proportions(after)} if ones else {}
    for (part, whole), one in ones.items():
        other = theirs.get((whole, part))
        if other and part < whole and (part, whole) not in theirs:
            was, is_ = (f"{each.part} of {each.whole}" for each in (one, other))
            yield Drift("moved", f"{was} has become {is_}", certain=False, before=one, after=other)


def _values(proportion: _Proportion) -> tuple[Decimal, Decimal]:
    return proportion.part.value, proportion.whole.value


def _proportions(reading: Reading) -> Iterator[_Proportion]:
    if not (reading.known.among or reading.known.total):
        return
    patterns = _patterns(reading.known.language)
    counts = (each for each in reading.all if not each.vague)
    for one, other in pairwise(sorted(counts, key=lambda each: each.start)):
        between = reading.words[one.full_end : other.start]
        if (
            len(between) > _NEAR
            or {one.unit, other.unit} != {None}
            or _is_year(one)
            or _is_year(other)
        ):
            continue
        if patterns.among.fullmatch(between):
            yield _Proportion(one, other)
        elif patterns.whole_first.fullmatch(between):
            yield _Proportion(other, one)


_NEAR = 32
"""How many letters there may be between a part and its whole."""
_YEARS = range(1900, 2100)


def _is_year(quantity: Quantity) -> bool:
    return quantity.value in _YEARS


class _Patterns(NamedTuple):
    among: re.Pattern[str]
    whole_first: re.Pattern[str]


@cache
def _patterns(language: str) -> _Patterns:
    known = lexicon(language)
    among, whole_first = (_around(words, language) for words in (known.among, known.total))
    return _Patterns(re.compile(among), re.compile(whole_first))


def _around(words: frozenset[str], language: str) -> str:
    """Let words stand around some, but no other clause."""
    unspaced = lexicon(language).unspaced
    begin, end = ("", "") if unspaced else (beginning(language) + hung_on(language), END)
    return rf"[^\d,;:.()،、，。]*{begin}{any_of(words, end)}[^\d,;:.()،、，。]*"
