"""Decades, which languages name by four figures, by two, or in words.

>>> one = Reading(Text.of("in the 1990s", profile("en")))
>>> other = Reading(Text.of("negli anni Novanta", profile("it")))
>>> one, other = without_decades(one, other)
>>> one.figures, other.worded
((), ())

What is the same decade in both texts is taken out of them; of any other, its figures are left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from polypage.language.figures import worth
from polypage.language.lexicon import lexicon
from polypage.language.patterns import END, any_of, beginning, hung_on
from polypage.language.readings import Reading


class _Decade(NamedTuple):
    """A decade as a text names it."""

    year: int
    """The first of its years; below a hundred, where nothing tells the century."""
    span: tuple[int, int]


def without_decades(source: Reading, target: Reading) -> tuple[Reading, Reading]:
    """Take out the decades that both texts name, if one of them has figures for it."""
    here, there = [*_in_figures(source)], [*_in_figures(target)]
    if not (here or there):
        return source, target
    if len(here) < len(there):
        here += _in_words(source)
    if len(there) < len(here):
        there += _in_words(target)
    here += _untold(source, there) if len(here) < len(there) else ()
    there += _untold(target, here) if len(there) < len(here) else ()
    pairs = [*_same(here, there)]
    if not pairs:
        return source, target
    return (
        source.without(one.span for one, _ in pairs),
        target.without(other.span for _, other in pairs),
    )


def _same(ones: list[_Decade], others: list[_Decade]) -> Iterator[tuple[_Decade, _Decade]]:
    for one in ones:
        other = next((each for each in others if _is_same(one.year, each.year)), None)
        if other:
            others.remove(other)
            yield one, other


def _is_same(one: int, other: int) -> bool:
    is_told = min(one, other) >= _CENTURY
    return one == other if is_told else one % _CENTURY == other % _CENTURY


_CENTURY = 100


# --- in figures -------------------------------------------------------------------------------

_FIGURE = re.compile(r"[1-9](?<![\d.,/:-].)(?:(?<=1)[5-9]\d|(?<=2)0\d|(?<!1))0(?![\d%])")
"""A pattern that begins with a digit is tried at digits alone."""


def _in_figures(reading: Reading) -> Iterator[_Decade]:
    if "figures" not in reading.signals or not reading.known.decade:
        return
    words = reading.words
    for match in _FIGURE.finditer(words):
        start, end = match.span()
        forms = _forms(reading.known.language)
        ahead = forms.ahead.search(words, max(start - _NEAR, 0), start)
        behind = forms.behind.match(words, end)
        if ahead or behind:
            last = behind.end() if behind else end
            yield _of_century(int(match[0]), (start, last), reading)


_NEAR = 24


def _of_century(year: int, span: tuple[int, int], reading: Reading) -> _Decade:
    """Read the century beside a decade: 20世纪90年代."""
    if year >= _CENTURY:
        return _Decade(year, span)
    forms, words = _forms(reading.known.language), reading.words
    start, end = span
    ahead = forms.century_ahead.search(words, max(start - _NEAR, 0), start)
    behind = None if ahead else forms.century_behind.match(words, end, end + _NEAR)
    match = ahead or behind
    if not match:
        return _Decade(year, span)
    number = _number(match, reading)
    first = _CENTURY * (number - 1) + year if number else year
    return _Decade(first, (min(start, match.start()), max(end, match.end())))


def _number(match: re.Match[str], reading: Reading) -> int:
    """Return the number of a century; nothing where it is a word like `last`."""
    written = next(filter(None, match.groups()))
    if written.isdecimal():
        return int(written)
    if not written.strip("ivx"):
        return int(worth(written.upper()))
    numerals = reading.known.numerals
    return numerals.get(written, numerals.get(written.removeprefix("ال"), 0))


# --- in words ---------------------------------------------------------------------------------


def _in_words(reading: Reading) -> Iterator[_Decade]:
    names = _names(reading.known.language)
    pattern = _forms(reading.known.language).word
    for match in pattern.finditer(reading.words) if names else ():
        yield _of_century(names[_BLANK.sub(" ", match["name"])], match.span("name"), reading)


_BLANK = re.compile(r"\s")


# --- in languages whose words we do not know ----------------------------------------------------


def _untold(reading: Reading, wanted: Iterable[_Decade]) -> Iterator[_Decade]:
    """Find the figures that may name a decade of the other text: lata 90. XX wieku, jaren 90."""
    if reading.known.decade:
        return
    done = 0
    for decade in wanted:
        year = decade.year
        match = re.compile(_untold_figure(year)).search(reading.words, done)
        if match:
            done = match.end()
            yield _Decade(year, match.span())


def _untold_figure(year: int) -> str:
    """Write a pattern for a decade, and for its century where that stands beside it."""
    number = rf"(?:{year}|{year % _CENTURY:02})" if year >= _CENTURY else f"{year}"
    century = year // _CENTURY + 1
    roman = "x" * (century // 10) + _ROMAN[century % 10]
    behind = rf"(?:\.?\s(?:[^\W\d_]+\s)?(?:{century}\.|{roman})(?!\w))?" if year >= _CENTURY else ""
    return rf"(?<![\d.,/:]){number}(?![\d%]|[.,]\d|\s?%){behind}"


_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")


# --- how a language names them ----------------------------------------------------------------


class _Forms(NamedTuple):
    """Patterns of what stands around a decade, and of its words."""

    ahead: re.Pattern[str]
    behind: re.Pattern[str]
    century_ahead: re.Pattern[str]
    century_behind: re.Pattern[str]
    word: re.Pattern[str]


@cache
def _names(language: str) -> dict[str, int]:
    """Return the words for decades: names of their own, and numerals."""
    known = lexicon(language)
    numerals = {word: n for word, n in known.numerals.items() if n in range(20, 100, 10)}
    return {**numerals, **known.decades}


@cache
def _forms(language: str) -> _Forms:
    known = lexicon(language)
    ahead = any_of(form.removesuffix("#") for form in known.decade if form.endswith("#"))
    behind = any_of(form.removeprefix("#") for form in known.decade if form.startswith("#"))
    century, number = any_of(known.century), r"(\d{1,2}|[ivx]+)"
    begin, end = ("", "") if known.unspaced else (beginning(language), END)
    names = any_of(_names(language), end)
    return _Forms(
        re.compile(rf"(?:{ahead})\Z"),
        re.compile(behind),
        re.compile(rf"(?<!\d){number}\s?(?:{century})的?\Z"),
        re.compile(
            rf"\.?\s(?:[^\W\d_]{{1,7}}\s)?(?:{number}\s(?:{century})|(?:{century})\s([^\W_]+))"
        ),
        re.compile(rf"{begin}{hung_on(language)}(?P<name>{names})"),
    )
