"""Months and weekdays that are others in a translation than in its source.

    >>> one = Reading(Text.of("in the first week of May", profile("en")))
    >>> other = Reading(Text.of("in der ersten Juniwoche, im Juni", profile("de")))
    >>> [each.message for each in other_months(one, other)]
    ['may has become juni']
    >>> one = Reading(Text.of("Closed on Sundays", profile("en")))
    >>> other = Reading(Text.of("Le lundi, nous sommes fermés", profile("fr")))
    >>> [each.message for each in other_weekdays(one, other)]
    ['sundays has become lundi']

A month with its day or year is part of a date, and compared as such (`moments`); here are those
that stand alone, or that are left of a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from polypage.language.counterparts import Drift
from polypage.language.dates import month_names
from polypage.language.readings import Reading


def other_months(before: Reading, after: Reading) -> Iterator[Drift]:
    """Find the month of a date that is another, gone or new, and a lone one that is another."""
    here, there = _has_names(before), _has_names(after)
    if here and before.months and before.figures and after.figures:
        yield from _gone(before, after)
    elif here and there:
        yield from _lone(before, after)
    elif there and after.months and before.figures:
        yield from _added(before, after)


def _has_names(reading: Reading) -> bool:
    """Whether a text names months; a signal alone says only that it may."""
    return "months" in reading.signals and any(month_names(reading.text))


def _gone(before: Reading, after: Reading) -> Iterator[Drift]:
    known = {number for _, number in after.months} | _figures(after)
    for name, number in before.months:
        if number not in known:
            yield Drift("changed", f"{name} has become another month")


def _added(before: Reading, after: Reading) -> Iterator[Drift]:
    """Find the month of a date that its source does not name, by a word or by its figure."""
    known, unclear = _figures(before), _UNCLEAR.get(after.known.language, frozenset())
    for name, number in after.months:
        if number not in known and not any(word in name.lower() for word in unclear):
            yield Drift("added", f"{name} is not in the source", certain=False)


def other_weekdays(before: Reading, after: Reading) -> Iterator[Drift]:
    """Find a weekday that is another, where both texts name as many of them."""
    was, is_ = before.weekdays, after.weekdays
    gone, new = sorted(was.keys() - is_.keys()), sorted(is_.keys() - was.keys())
    for day, other in zip(gone, new, strict=False) if len(gone) == len(new) else ():
        yield Drift("changed", f"{was[day]} has become {is_[other]}", certain=False)


def _figures(reading: Reading) -> set[int]:
    values = {each.value for each in reading.figures}
    values |= {part.value for each in reading.figures for part in each.parts()}
    return {int(value) for value in values if value == int(value)}


def _lone(before: Reading, after: Reading) -> Iterator[Drift]:
    """Find the one month of a text that is another in the translation."""
    one, other = _named(before), _named(after)
    if len({*one.values()}) != 1 or len({*other.values()}) != 1:
        return
    (name, number), (other_name, other_number), *_ = *[*one.items()][:1], *[*other.items()][:1]
    if number != other_number and not {number, other_number} & (_figures(before) | _figures(after)):
        yield Drift("changed", f"{name} has become {other_name}", certain=False)


def _named(reading: Reading) -> Mapping[str, int]:
    """Find the names of months that are nothing else."""
    words, unclear = reading.words, _UNCLEAR.get(reading.known.language, frozenset())
    return {
        name: number
        for name, number, start in month_names(reading.text)
        if name not in unclear or _AHEAD.search(words, max(start - _NEAR, 0), start)
    }


_UNCLEAR = {"en": frozenset({"may", "march", "mar"}), "ar": frozenset({"مارس"})}
"""What is a verb as well."""
_AHEAD = re.compile(r"\b(?:of|in|since|by|until|next|last|early|late|mid|each|every|شهر)[\s-]\Z")
"""What stands before the name of a month."""
_NEAR = 8
