"""How often something is done, and half of it or one, where both texts have words for it.

>>> one = Reading(Text.of("Half a tablet twice daily", profile("en")))
>>> other = Reading(Text.of("Eine Tablette dreimal täglich", profile("de")))
>>> [each.message for each in other_frequencies(one, other)]
['twice has become dreimal']
>>> [each.message for each in other_halves(one, other)]
['Half a tablet is not halved in the translation']
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from polypage.language.counterparts import Drift
from polypage.language.lexicon import Lexicon
from polypage.language.numerals import words_of_portions
from polypage.language.quantities import Quantity
from polypage.language.readings import Reading

_HALF = Decimal("0.5")


def other_frequencies(before: Reading, after: Reading) -> Iterator[Drift]:
    """Find twice a day that has become three times a day, where each text has one such word that the other lacks."""
    if "rates" not in before.signals & after.signals:
        return
    was = {each.value: each.text for each in before.frequencies}
    if not was:  # as in most, so that nobody need look for those of the translation
        return
    is_ = {each.value: each.text for each in after.frequencies}
    gone, new = was.keys() - is_.keys(), is_.keys() - was.keys()
    if not (gone and new):
        return
    one, other = max(gone), max(new)
    if one not in _values(after) and other not in _values(before):
        yield Drift("changed", f"{was[one]} has become {is_[other]}", certain=False)


def _values(reading: Reading) -> set[Decimal]:
    return {each.value for each in reading.figures}


def other_halves(before: Reading, after: Reading) -> Iterator[Drift]:
    """Find half a tablet that has become a tablet, or a tablet that has become half of one."""
    if not _are_numbered(before, after):
        return
    if half := _half_lost(before, after):
        yield Drift("changed", f"{half} is not halved in the translation", certain=False)
    elif half := _half_lost(after, before):
        yield Drift("changed", f"{half} is halved in the translation alone", certain=False)


def _are_numbered(before: Reading, after: Reading) -> bool:
    """Whether texts have numbers to compare: figures, words for them, or one that is taken."""
    if before.figures or after.figures or (before.numbers and after.numbers):
        return True
    return bool(before.worded and before.rates and after.rates)


def _half_lost(one: Reading, other: Reading) -> Quantity | None:
    """Find half of what the other text has too, without a word or figure for a half."""
    # Half of something has one of these words: that is seen sooner than all numbers are read.
    words = words_of_portions(one.known.language)
    if "numerals" not in one.signals or not any(map(one.words.__contains__, words)):
        return None
    halves = [each for each in one.worded if each.value == _HALF and each.unit in _COUNTED]
    known = other.known
    if not (halves and known.half) or other.says(*known.half) or _has_fraction(other):
        return None
    others = {each.unit for each in other.all if each.value != 1}  # which are compared anyway
    lost = (each for each in halves if each.unit not in others)
    return next((each for each in lost if other.says(*_words(each.unit, known))), None)


def _words(unit: str | None, known: Lexicon) -> Iterator[str]:
    return (word for word, name in known.units.items() if name == unit)


_COUNTED = frozenset({"tablet", "tsp", "tbsp", "cup"})
"""What is taken by halves."""


def _has_fraction(reading: Reading) -> bool:
    return any(value % 1 for value in _values(reading) if abs(value) < _LARGE)


_LARGE = 10**6
