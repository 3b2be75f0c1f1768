"""Two hours and a half: what a half behind a quantity, or in one word with it, adds to it.

>>> text = Text.of("Attendez deux heures et demie", profile("fr"))
>>> [(str(each), str(each.value)) for each in with_halves(read_words(text), text)]
[('deux heures et demie', '2.5')]

A half without a unit is left alone, as in `las dos y media`: that is most often a time of day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache

from polypage.language.lexicon import lexicon
from polypage.language.patterns import END, any_of, beginning, hung_on
from polypage.language.quantities import Quantity, after, unit_named
from polypage.language.texts import Text

_HALF = Decimal("0.5")


def with_halves(found: Iterable[Quantity], text: Text) -> tuple[Quantity, ...]:
    """Give each quantity the half that belongs to it; what is read of that half alone goes."""
    if not any(map(text.words.__contains__, _telling(text.known.language))):
        return tuple(found)
    whole: list[Quantity] = []
    for each in sorted(found, key=lambda each: (each.start, -each.full_end)):
        if not whole or each.start >= whole[-1].full_end:
            whole.append(_with_half(each, text))
    return tuple(whole)


@cache
def _telling(language: str) -> tuple[str, ...]:
    """Return a word of each phrase that says a half."""
    known = lexicon(language)
    phrases = (*known.and_half, *known.mixed, *known.half_ahead)
    return tuple({phrase.split()[-1] for phrase in phrases})


def _with_half(quantity: Quantity, text: Text) -> Quantity:
    if quantity.half or not quantity.value or quantity.value % 1:
        return quantity
    if found := _half_behind(quantity, text):
        end, unit = found
        measure = text.plain[quantity.end : end]
        return _more(quantity)._replace(measure=measure, unit=unit, vague=False)
    ahead = _ahead(text.known.language).search(text.words, 0, quantity.start)
    if ahead is None or (quantity.unit is None and _scale_of(quantity, text) == 1):
        return quantity
    figure, start = text.plain[ahead.start() : quantity.end], ahead.start()
    return _more(quantity, _scale_of(quantity, text))._replace(figure=figure, start=start)


def _scale_of(quantity: Quantity, text: Text) -> int:
    """Say what a half of is added: साढ़े तीन लाख is half a lakh more than three."""
    last = text.words[quantity.start : quantity.end].rpartition(" ")[2]
    return text.known.scales.get(last, 1)


def _more(quantity: Quantity, scale: int = 1) -> Quantity:
    return quantity._replace(value=quantity.value + _HALF * scale)


def _half_behind(quantity: Quantity, text: Text) -> tuple[int, str] | None:
    """Say where a half behind a number or its unit ends, the unit behind that half included."""
    half = _behind(text.known.language)
    if quantity.unit and (found := half.match(text.words, quantity.full_end)):
        return found.end(), quantity.unit
    if found := half.match(text.words, quantity.end):
        end, unit = _unit_behind(text, found.end())
        return (end, unit) if unit else None
    return None


def of_one_word(text: Text) -> Iterator[Quantity]:
    """Find what says a number and its half in one word: anderthalb, ढाई."""
    known = text.known
    for match in _mixed(known.language).finditer(text.words) if known.mixed else ():
        start, word_end, value = match.start("word"), match.end(), known.mixed[match["word"]]
        if scale := _scale(known.language).match(text.words, word_end):  # डेढ़ लाख
            word_end, value = scale.end(), value * known.scales[scale["scale"]]
        end, unit = _unit_behind(text, word_end)
        word, measure = text.plain[start:word_end], text.plain[word_end:end]
        yield Quantity(value, word, measure=measure, unit=unit, start=start)


def _unit_behind(text: Text, end: int) -> tuple[int, str | None]:
    """Name the unit that stands somewhere, and say where it ends."""
    rest = after(text.known.language).match(text.words, end)
    if rest is None or not rest["unit"] or rest["scale"]:
        return end, None
    return rest.end(), unit_named(rest["unit"], text.plain[end : rest.end()], text.known)


@cache
def _behind(language: str) -> re.Pattern[str]:
    known = lexicon(language)
    return re.compile(rf"\s?{any_of(known.and_half, '' if known.unspaced else END)}")


@cache
def _ahead(language: str) -> re.Pattern[str]:
    known = lexicon(language)
    return re.compile(rf"{beginning(language)}{any_of(known.half_ahead)}\s\Z")


@cache
def _scale(language: str) -> re.Pattern[str]:
    return re.compile(rf"\s(?P<scale>{any_of(lexicon(language).scales, END)})")


@cache
def _mixed(language: str) -> re.Pattern[str]:
    known = lexicon(language)
    word = any_of(known.mixed, END)
    return re.compile(rf"{beginning(language)}{hung_on(language)}(?P<word>{word})")
