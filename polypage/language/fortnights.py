"""The fortnight, which some languages call fifteen days.

>>> one = Reading(Text.of("for a fortnight", profile("en")))
>>> other = Reading(Text.of("pendant quinze jours", profile("fr")))
>>> one, other = with_fortnights(one, other)
>>> [str(each) for each in other.figures]
['14 jours']
"""

from __future__ import annotations

import re
from functools import cache

from polypage.language.lexicon import lexicon
from polypage.language.patterns import END, any_of
from polypage.language.readings import Reading
from polypage.language.texts import Text

_DAYS = 15


def with_fortnights(source: Reading, target: Reading) -> tuple[Reading, Reading]:
    """Read fifteen days as fourteen, where the other text has a word for a fortnight."""
    return _with_fortnights(source, target), _with_fortnights(target, source)


def _with_fortnights(reading: Reading, other: Reading) -> Reading:
    if not (reading.known.fifteen and "numerals" in other.signals):
        return reading
    if not other.says(*sorted(other.known.fortnight)):
        return reading
    plain = reading.text.plain
    for match in _fifteen_days(reading.known.language).finditer(reading.words):
        start, end = match.span("number")
        plain = f"{plain[:start]}{'14':>{end - start}}{plain[end:]}"
    return reading._replace(text=Text(plain, reading.text.profile), told=None)


@cache
def _fifteen_days(language: str) -> re.Pattern[str]:
    known = lexicon(language)
    numbers = any_of(word for word, value in known.numerals.items() if value == _DAYS)
    days = any_of((word for word, unit in known.units.items() if unit == "day"), END)
    return re.compile(rf"(?<![\w.,])(?P<number>15|{numbers})\s(?:{days})")
