"""How many tablets, drops or puffs are taken, and how often, where one of the texts says so in words.

>>> one = Reading(Text.of("Take one tablet twice a day", profile("en")))
>>> other = Reading(Text.of("Nehmen Sie zweimal täglich zwei Tabletten", profile("de")))
>>> [each.message for each in other_doses(one, other)]
['one tablet has become zwei Tabletten']

How often something is done is no count of what is taken: each is compared with its own kind alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from polypage.language.counterparts import Drift
from polypage.language.lexicon import lexicon
from polypage.language.patterns import END, any_of, beginning, hung_on
from polypage.language.quantities import Quantity
from polypage.language.readings import Reading, whole_words


def other_doses(before: Reading, after: Reading) -> Iterator[Drift]:
    """Find a dose in words, or a word for how often it is taken, that the other text has not."""
    if not (before.known.numerals and after.known.numerals):
        return
    if not (tells_doses(before) or tells_doses(after)):
        return
    one, other = _told(before), _told(after)
    for kind in sorted({*one.doses, *other.doses}):
        yield from _other(one, other, kind)
    yield from _other_frequency(before, after)


def tells_doses(reading: Reading) -> bool:
    """Whether a text may say in words that more than one is taken, or that it is more than once."""
    if not reading.signals >= _SIGNALS:
        return False
    return bool(_telling(reading.known.language).search(reading.words))


_SIGNALS = frozenset({"numerals", "rates"})


@cache
def _telling(language: str) -> re.Pattern[str]:
    """Find a number before what is taken, or a word for how often."""
    known = lexicon(language)
    begin, end = ("", "") if known.unspaced else (beginning(language) + hung_on(language), END)
    several = any_of(word for word, value in known.numerals.items() if value > 1)
    often = any_of(word for word, value in known.frequencies.items() if value > 1)
    taken = any_of([word for word, unit in known.units.items() if unit in _TAKEN])
    doses = any_of(known.doses)
    return re.compile(
        rf"{begin}(?:(?:{often}|{any_of(known.two)}){end}"
        rf"|(?:{several})[\s-]?\s?(?:{taken}|{doses}){end})"
    )


class _Told(NamedTuple):
    """What a text counts."""

    doses: Mapping[str, tuple[Quantity, ...]]
    """By what is taken."""
    others: frozenset[Decimal]
    """What it counts beside, of things that are not named."""
    repeated: frozenset[Decimal]
    """How often it says that something is done."""


def _told(reading: Reading) -> _Told:
    doses: dict[str, tuple[Quantity, ...]] = {}
    others: set[Decimal] = set()
    repeated: set[Decimal] = set()
    for each in (*reading.all, *_twos(reading)):
        if kind := _kind(each, reading):
            doses[kind] = (*doses.get(kind, ()), each)
        elif _is_repetition(each, reading):
            repeated.add(each.value)
        elif each.unit is None:
            others.add(each.value)
    return _Told(doses, frozenset(others), frozenset(repeated))


def _kind(quantity: Quantity, reading: Reading) -> str | None:
    """Name what is taken, if a number stands before it."""
    if quantity.unit is None and quantity.figure:
        is_dose = _dose(reading.known.language).match(reading.words, quantity.full_end)
        return "dose" if is_dose else None
    is_taken = quantity.unit in _TAKEN and not _goes_on(quantity, reading)
    return quantity.unit if is_taken else None


def _goes_on(quantity: Quantity, reading: Reading) -> bool:
    """Whether a unit is the beginning of another word, where particles are hung onto words: 정보."""
    behind, particles = reading.words[quantity.full_end :][:1], reading.known.particles
    is_letter = bool(particles) and "가" <= behind <= "힣"
    return is_letter and not reading.words.startswith(tuple(particles), quantity.full_end)


_TAKEN = frozenset({"tablet", "tsp", "tbsp", "cup", "drop", "dose"})


@cache
def _dose(language: str) -> re.Pattern[str]:
    known = lexicon(language)
    return re.compile(rf"[\s-]?\s?(?:{any_of(known.doses, '' if known.unspaced else END)})")


def _twos(reading: Reading) -> Iterator[Quantity]:
    """Find what says two by its ending."""
    known = reading.known
    if not known.two:
        return
    for match in whole_words(tuple(known.two), known.language).finditer(reading.words):
        unit = next((known.two[word] for word in known.two if match[0].endswith(word)), "")
        word = reading.text.plain[match.start() : match.end()]
        yield Quantity(_TWO, word, unit=unit or "dose", start=match.start())


_TWO = Decimal(2)


def _is_repetition(quantity: Quantity, reading: Reading) -> bool:
    """Whether a number says how often."""
    if quantity.unit is not None:
        return False
    if any(each.start == quantity.start for each in reading.frequencies):
        return True
    return bool(_repeats(reading.known.language).match(reading.words, quantity.full_end))


@cache
def _repeats(language: str) -> re.Pattern[str]:
    known = lexicon(language)
    return re.compile(rf"[\s-]?(?:{any_of(known.repeats, '' if known.unspaced else END)})")


def _other(one: _Told, other: _Told, kind: str) -> Iterator[Drift]:
    """Compare what is counted of one kind."""
    was, is_ = one.doses.get(kind, ()), other.doses.get(kind, ())
    if any(each.value % 1 for each in (*was, *is_)):
        return  # halves are compared by themselves
    gone = [each for each in was if not _has(is_, each)]
    new = [each for each in is_ if not _has(was, each)]
    gone = [each for each in gone if each.value == 1 or each.value not in other.others]
    new = [each for each in new if each.value == 1 or each.value not in one.others]
    if kind == "dose" and not (one.repeated and other.repeated):  # three doses: three times
        gone = [each for each in gone if each.value not in other.repeated]
        new = [each for each in new if each.value not in one.repeated]
    if gone and new:
        certain = len(was) == len(is_) == 1 and not (gone[0].vague or new[0].vague)
        message = f"{gone[0]} has become {new[0]}"
        yield Drift("changed", message, certain, (gone[0],), (new[0],))
    elif lost := next(filter(_is_plain, gone), None):
        yield Drift("missing", f"{lost} is missing", certain=False, before=(lost,))
    elif strange := next(filter(_is_plain, new), None):
        message = f"{strange} is not in the source"
        yield Drift("added", message, certain=False, after=(strange,))


def _has(quantities: tuple[Quantity, ...], quantity: Quantity) -> bool:
    return any(each.value == quantity.value for each in quantities)


def _is_plain(quantity: Quantity) -> bool:
    """Whether it is more than an article, and can be nothing but a number in words."""
    return quantity.value > 1 and not quantity.vague and not _DIGIT.search(quantity.figure)


_DIGIT = re.compile(r"\d")


def _other_frequency(before: Reading, after: Reading) -> Iterator[Drift]:
    """Find a word for how often that has no counterpart, where nothing else says how often."""
    if lost := _frequency_alone(before, after):
        yield Drift("missing", f"{lost} is missing", certain=False)
    elif new := _frequency_alone(after, before):
        yield Drift("added", f"{new} is not in the source", certain=False)


def _frequency_alone(reading: Reading, other: Reading) -> str | None:
    told = next((each for each in reading.frequencies if each.value > 1), None)
    if told is None or _DAYS.isdisjoint(reading.rates):
        return None
    is_said = any(each.value == told.value or _is_repetition(each, other) for each in other.all)
    # The morning and the evening are twice, and every 12 hours may be.
    times = sum(unit in _DAYS for unit in other.rates)
    is_every = any(each.unit in _DAYS and each.value > 1 for each in other.all)
    is_told = is_said or is_every or times >= told.value
    return None if is_told or other.frequencies else told.text


_DAYS = frozenset({"hour", "day", "week", "month"})
