"""Halves, thirds and quarters, for which languages have words.

>>> one = Reading(Text.of("2/3 of them, 1 1/2 hours", profile("en")))
>>> other = Reading(Text.of("deux tiers d'entre eux, une heure et demie", profile("fr")))
>>> [says_portion(each, other) for each in one.figures]
[True, True]
"""

from __future__ import annotations

import re
from decimal import ROUND_FLOOR, Decimal
from functools import cache

from polypage.language.lexicon import Lexicon, lexicon
from polypage.language.patterns import any_of
from polypage.language.quantities import Quantity
from polypage.language.readings import Reading


def says_portion(quantity: Quantity, reading: Reading) -> bool:
    """Whether a text has the words for the fraction of a figure, if it is one that has words."""
    if re.match(r"\d+/", quantity.figure) and quantity.value > 1:
        return False  # 3/2 is no way to write one and a half
    whole = quantity.value.to_integral_value(ROUND_FLOOR)
    if whole > _OF_ONE_WORD and whole not in reading.said.values:
        return False  # half a tablet says nothing of 12.5 mg
    # Not the remainder, which Decimal refuses to tell of numbers with more than 28 digits.
    part = round(quantity.value - whole, 2)
    if part == _HALF:
        return reading.says(*reading.known.half)
    if part not in _SEVERAL or not reading.says(*_names(part, reading.known)):
        return False
    if reading.known.dual:
        return True  # and has a word of its own for two of three
    return _SEVERAL[part] == bool(_several(reading.known.language).search(reading.words))


_OF_ONE_WORD = 2
"""Up to here a whole and its half may be one word: anderthalb, ढाई."""
_HALF, _QUARTER, _THIRD = Decimal("0.5"), Decimal("0.25"), Decimal("0.33")
_SEVERAL = {_QUARTER: False, 3 * _QUARTER: True, _THIRD: False, 1 - _THIRD: True}
"""Whether it is more than one third, or more than one quarter."""


def _names(part: Decimal, known: Lexicon) -> frozenset[str]:
    return known.third if part in {_THIRD, 1 - _THIRD} else known.quarter


@cache
def _several(language: str) -> re.Pattern[str]:
    """Find two thirds, or three quarters: 三分之二 has the count behind."""
    known = lexicon(language)
    thirds, quarters = any_of(known.third), any_of(known.quarter)
    two, three = (
        any_of(word for word, value in known.numerals.items() if value == count) for count in (2, 3)
    )
    return re.compile(
        rf"(?:{two}|2)[\s-]?(?:{thirds})|(?:{three}|3)[\s-]?(?:{quarters})"
        rf"|(?:{thirds})\s?(?:{two}|2)|(?:{quarters})\s?(?:{three}|3)"
    )
