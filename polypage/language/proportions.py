"""Parts and their wholes: 1 in 10,000, 7 per 100,000, 10万人に1人, two thirds.

    >>> one = Reading(Text.of("About 1 in 10,000 babies is affected.", profile("en")))
    >>> other = Reading(Text.of("Ne è colpito circa 10.000 neonato su 1.", profile("it")))
    >>> [each.message for each in turned_proportions(one, other)]
    ['1 of 10,000 has become 10.000 of 1']
    >>> one = Reading(Text.of("Six out of ten", profile("en")))
    >>> other = Reading(Text.of("Sieben von zehn", profile("de")))
    >>> [each.message for each in other_shares(one, other)]
    ['six out of ten has become sieben von zehn']

Some languages name the part first, some the whole; what stands between the figures tells which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from polypage.language.counterparts import Drift
from polypage.language.lexicon import Lexicon, lexicon
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


def other_shares(before: Reading, after: Reading) -> Iterator[Drift]:
    """Find a share that is said in words and is another, where each text has one: two thirds."""
    ones, others = shares(before), shares(after)
    if not (ones or others) or len(ones) > 1 or len(others) > 1:
        return
    ones, others = ones or _half_of(before, after), others or _half_of(after, before)
    if ones and others and ones.keys() != others.keys():
        (was,), (is_,) = ones.values(), others.values()
        yield Drift("changed", f"{was} has become {is_}", certain=False)


def tells_share(reading: Reading) -> bool:
    """Whether a text may say in words what share of all there is."""
    return bool(shares(reading)) or ("numerals" in reading.signals and _says_half(reading))


def _half_of(reading: Reading, other: Reading) -> Mapping[Fraction, str]:
    """Return a text's half of all, if the other text has no half at all."""
    if other.says(*other.known.half) or not _says_half(reading):
        return {}
    return {Fraction(1, 2): next(word for word in reading.known.half if reading.says(word))}


def _says_half(reading: Reading) -> bool:
    """Whether a text says half of what is not measured: half of the patients, not half an hour."""
    if not reading.says(*reading.known.half):
        return False
    return not any(each.value % 1 for each in reading.worded)


def says_share(percentage: Decimal, reading: Reading) -> bool:
    """Whether a text says in words what a percentage is: half, three in ten."""
    if percentage == _HALF_OF_ALL:
        return _says_half(reading) or Fraction(1, 2) in shares(reading)
    share = _OF_THIRDS.get(percentage, Fraction(percentage) / 100)
    return share in shares(reading)


_HALF_OF_ALL = 50
_OF_THIRDS = {
    Decimal(33): Fraction(1, 3),
    Decimal(66): Fraction(2, 3),
    Decimal(67): Fraction(2, 3),
}


def shares(reading: Reading) -> Mapping[Fraction, str]:
    """Return the shares that a text says in words, and the words for each."""
    if "numerals" not in reading.signals:
        return {}
    words, found = reading.words, dict(_fractions(reading))
    for part, whole in _proportions(reading):
        start, end = min(part.start, whole.start), max(part.full_end, whole.full_end)
        if whole.value and not _DIGIT.search(part.figure + whole.figure):
            found[Fraction(part.value) / Fraction(whole.value)] = words[start:end]
    return found


_DIGIT = re.compile(r"\d")


def _fractions(reading: Reading) -> Iterator[tuple[Fraction, str]]:
    """Find thirds and quarters; what may be an ordinal as well is none without a count."""
    known = reading.known
    if known.unspaced:
        for match in _whole_first(known.language).finditer(reading.words):
            several, whole = (known.numerals[match[name]] for name in ("part", "whole"))
            yield Fraction(several, whole), match[0]
    for match in _fraction(known.language).finditer(reading.words):
        count, part = match["count"], match["part"]
        is_counted = bool(count) and (count in known.cardinals or _is_part(match))
        if is_counted or part not in known.numerals:
            several = known.numerals.get(count or "", 2 if _is_dual(part, known) else 1)
            yield Fraction(several, 3 if part in known.third else 4), match[0]


def _is_part(match: re.Match[str]) -> bool:
    """Whether what is counted is a part, and not the third of several: a third of it, by a third."""
    return bool(_OF_WHOLE.match(match.string, match.end()))


_OF_WHOLE = re.compile(
    r"\s(?:of|de|di|d'|dei|degli|delle|della|del|dos|das|da|do)\b|\s?(?:[.,;:!?)]|\Z)"
)


def _is_dual(word: str, known: Lexicon) -> bool:
    """Whether a noun's ending says that there are two."""
    return known.dual and word.endswith(_DUALS)


_DUALS = ("ا", "ي", "ين", "ان")


@cache
def _fraction(language: str) -> re.Pattern[str]:
    known = lexicon(language)
    # What has its count behind it stands between a whole and its part: 三分之二.
    parts = {word for word in known.third | known.quarter if word[-1] not in "-之の의"}
    begin, end = ("", "") if known.unspaced else (beginning(language) + hung_on(language), END)
    count = any_of(word for word, value in known.numerals.items() if value in _COUNTS)
    return re.compile(rf"{begin}(?:(?P<count>{count})[\s-]?)?(?P<part>{any_of(parts, end)})")


_COUNTS = frozenset({1, 2, 3})


@cache
def _whole_first(language: str) -> re.Pattern[str]:
    """Find what is said of any whole: 十分之三."""
    number = any_of(word for word, value in lexicon(language).numerals.items() if value > 0)
    return re.compile(rf"(?P<whole>{number})\s?(?:分[之の]|분의)\s?(?P<part>{number})")


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
