"""Hours and minutes as people say them: half past nine, a quarter to ten.

    >>> [found] = spoken(Text.of("bis Viertel vor zehn", profile("de")))
    >>> found.hour, found.past, found.alone
    (10, -15, True)
    >>> [found] = spoken(Text.of("dos y media", profile("es")))
    >>> found.hour, found.past, found.alone
    (2, 30, False)

The lexicon has what a language says before an hour or behind it, and how many minutes that is past
the hour; German and Russian name the hour that is to come. Which half of the day it is in, and whether
what may be a number as well is a time, the words around it tell (`times`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from polypage.language.lexicon import Lexicon, lexicon
from polypage.language.patterns import END, any_of, beginning, hung_on
from polypage.language.texts import Text


class Spoken(NamedTuple):
    """An hour and what is said to be past it, or to go; places as in a text without ornaments."""

    hour: int
    """From 1 to 12."""
    past: int
    """Minutes; less than none where the hour is to come."""
    span: tuple[int, int]
    alone: bool
    """Whether it can be nothing else: no number, and no length of time."""


def spoken(text: Text) -> Iterator[Spoken]:
    """Find the hours that are told with a phrase for their minutes."""
    known = text.known
    phrases = {**known.clocks.maybe_past, **known.clocks.past}
    if not phrases:
        return
    for match in _pattern(known.language).finditer(text.words):
        ahead = match["ahead"]
        phrase = _BLANK.sub(" ", f"{ahead} #" if ahead else f"# {match['behind']}")
        if phrase not in phrases:  # where blanks do not part words
            phrase = phrase.replace(" ", "")
        hour = match["next"] or match["hour"]
        value = int(hour) if hour.isdecimal() else _hours(known)[_BLANK.sub(" ", hour)]
        yield Spoken(value, phrases[phrase], match.span(), phrase in known.clocks.past)


_BLANK = re.compile(r"\s")


def _hours(known: Lexicon) -> Mapping[str, int]:
    if known.clocks.hour_words:
        return known.clocks.hour_words
    return {word: value for word, value in known.numerals.items() if 0 < value <= _HOURS}


_HOURS = 12


@cache
def _pattern(language: str) -> re.Pattern[str]:
    known = lexicon(language)
    phrases = known.clocks.past.keys() | known.clocks.maybe_past.keys()
    ahead = any_of(phrase[:-1].strip() for phrase in phrases if phrase.endswith("#"))
    behind = any_of(phrase[1:].strip() for phrase in phrases if phrase.startswith("#"))
    begin, end = ("", "") if known.unspaced else (beginning(language), END)
    hour = rf"(?:1[0-2]|[1-9])(?![\d.,:]*\d)|{any_of(_hours(known), end)}"
    number = r"(?<![\d.,:/])" if known.unspaced else rf"{begin}(?<![\d.,:/-]){hung_on(language)}"
    blank = r"\s?" if known.unspaced else r"\s"
    return re.compile(
        rf"{begin}(?P<ahead>{ahead}){blank}{hung_on(language)}(?P<next>{hour})"
        rf"|{number}(?P<hour>{hour}){blank}(?P<behind>{behind}){end}"
    )
