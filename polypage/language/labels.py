"""Figures that stand beside another word than in the source: 2 in the morning, 3 at night.

    >>> one = Reading(Text.of("Take 2 tablets in the morning and 3 at night.", profile("en")))
    >>> other = Reading(Text.of("Nehmen Sie morgens 3 Tabletten und abends 2.", profile("de")))
    >>> [each.message for each in exchanged(one, other)]
    ['2 tablets has become 3 Tabletten beside morning']

Languages order their sentences each in its own way, so the order of figures alone tells nothing.
What tells is a word whose counterpart is known: a weekday, a part of the day, a name that both
texts have. Only where such words and figures take turns is it plain which belong together.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from polypage.language.counterparts import Drift
from polypage.language.dates import weekdays_of
from polypage.language.patterns import folded
from polypage.language.quantities import Quantity
from polypage.language.readings import LONG_WORD, Reading, whole_words
from polypage.profiles import Period, calendar


class Label(NamedTuple):
    """A word that a figure may stand beside."""

    name: str
    """The same in all languages."""
    start: int
    word: str


Find: TypeAlias = Callable[[Reading, Reading], tuple[list[Label], list[Label]]]
"""Finds the words of two texts that are each other's counterparts."""


def exchanged(before: Reading, after: Reading) -> Iterator[Drift]:
    """Find figures that have changed places between words; each text has the same, of several values."""
    if renamed := [*_renamed(before, after)]:
        yield from renamed
        return
    spans, others = before.sentences, after.sentences
    if len(spans) != len(others):  # abbreviations may look like ends
        spans, others = [(0, len(before.words))], [(0, len(after.words))]
    ones, theirs = _figures(before, spans), _figures(after, others)
    for n, (span, other) in enumerate(zip(spans, others, strict=True)):
        lengths = {len(ones[n]), len(theirs[n])}
        is_few = min(lengths) >= _LEAST and max(lengths) <= _MOST
        if is_few and len(_values(ones[n]) & _values(theirs[n])) >= _LEAST:
            yield from _between(ones[n], theirs[n], _labels(before, after, span, other))


def _renamed(before: Reading, after: Reading) -> Iterator[Drift]:
    """Find names with figures of others: vitamin B3 and omega-12."""
    ones = before.named_figures
    others = after.named_figures if ones else {}
    for name, figure in ones.items():
        if others.get(name, figure) != figure:
            message = f"{name}{figure} has become {name}{others[name]}"
            yield Drift("moved", message, certain=False)
            return


_LEAST, _MOST = 2, 10
"""How many figures a sentence has where it is looked at, those of its weekdays included."""


def _values(figures: Iterable[Quantity]) -> set[Decimal]:
    return {each.value for each in figures if not each.vague}


def _figures(reading: Reading, spans: list[tuple[int, int]]) -> list[list[Quantity]]:
    """Return the figures of each sentence."""
    ends = [end for _, end in spans]
    found: list[list[Quantity]] = [[] for _ in ends]
    for each in sorted(reading.all, key=lambda each: each.start):
        if not each.vague:
            found[min(bisect_right(ends, each.start), len(ends) - 1)].append(each)
    return found


def _are_exchangeable(ones: list[Quantity], others: list[Quantity]) -> bool:
    values, theirs = ([each.value for each in figures] for figures in (ones, others))
    return len({*values}) > 1 and sorted(values) == sorted(theirs)


def _between(
    ones: list[Quantity], others: list[Quantity], labels: Iterator[tuple[list[Label], list[Label]]]
) -> Iterator[Drift]:
    for mine, theirs in labels:
        if not (mine and theirs):
            continue
        figures, figures_there = _without(ones, mine), _without(others, theirs)
        if not _are_exchangeable(figures, figures_there):
            continue
        was, is_ = _beside(figures, mine), _beside(figures_there, theirs)
        moved = [label for label in mine if label.name in was and label.name in is_]
        for label in moved:
            one, other = was[label.name], is_[label.name]
            if one.value != other.value and len(moved) == len(figures):
                message = f"{one} has become {other} beside {label.word}"
                yield Drift("moved", message, certain=False, before=(one,), after=(other,))
                return


def _without(figures: list[Quantity], labels: list[Label]) -> list[Quantity]:
    """Leave out the figures that are part of a word: Chinese names Monday the first day."""
    return [
        each
        for each in figures
        if not any(label.start <= each.start < label.start + len(label.word) for label in labels)
    ]


def _beside(figures: list[Quantity], labels: list[Label]) -> Mapping[str, Quantity]:
    """Say which figure stands beside each word; nothing, unless they take turns."""
    both: list[Quantity | Label] = [*figures, *labels]
    ordered = sorted(both, key=lambda each: each.start)
    if len(figures) != len(labels) or any(
        isinstance(one, Label) is isinstance(other, Label) for one, other in pairwise(ordered)
    ):
        return {}
    return {label.name: figure for label, figure in zip(labels, figures, strict=True)}


# --- words with a counterpart -----------------------------------------------------------------


def _labels(
    before: Reading, after: Reading, span: tuple[int, int], other: tuple[int, int]
) -> Iterator[tuple[list[Label], list[Label]]]:
    """Find words of two sentences that are each other's counterparts, kind by kind."""
    for names in (_weekdays, _parts_of_day):
        ones = _named(before, span, names)
        others = _named(after, other, names) if ones else []
        if ones and {each.name for each in ones} == {each.name for each in others}:
            yield ones, others
    yield _common(before, span, other, after)


def _named(
    reading: Reading, span: tuple[int, int], names: Callable[[str], Mapping[str, str]]
) -> list[Label]:
    """Find words of a kind, if none is there twice."""
    locale = reading.text.profile.locale
    known, pattern = names(locale), _pattern(names, locale)
    if pattern is None:
        return []
    found = [
        Label(known[name], match.end() - len(name), name)
        for match in pattern.finditer(reading.words, *span)
        if (name := _name_in(match[0], known))
    ]
    return found if len({each.name for each in found}) == len(found) else []


@cache
def _pattern(names: Callable[[str], Mapping[str, str]], locale: str) -> re.Pattern[str] | None:
    known = tuple(names(locale))
    return whole_words(known, locale.partition("_")[0]) if known else None


def _name_in(words: str, known: Mapping[str, str]) -> str:
    """Return the name in what was found, without what may be hung onto its beginning."""
    return next((words[n:] for n in range(len(words)) if words[n:] in known), "")


@cache
def _weekdays(locale: str) -> Mapping[str, str]:
    return {name: f"weekday {day}" for name, day in weekdays_of(locale).items()}


@cache
def _parts_of_day(locale: str) -> Mapping[str, str]:
    return {folded(name): part for name, when in calendar(locale).periods if (part := _part(when))}


def _part(when: Period) -> str:
    """Name a part of the day; where evening ends and night begins, languages disagree."""
    if when == Period(_NOON, 24):
        return ""  # what `pm` stands for is no part of the day
    if when.start > when.end or when.start >= _EVENING:
        return "night"
    return "morning" if when.end <= _NOON else "noon" if when.start <= _NOON else "afternoon"


_EVENING, _NOON = 16, 12


def _common(
    before: Reading, span: tuple[int, int], other: tuple[int, int], after: Reading
) -> tuple[list[Label], list[Label]]:
    """Find words that both sentences have, each once: names, most often."""
    if before.long_words.isdisjoint(after.long_words):
        return [], []
    both = before.long_words & after.long_words
    ones, others = _places(before, span, both), _places(after, other, both)
    shared = ones.keys() & others.keys()
    mine, theirs = (
        [Label(word, place, word) for word, place in words.items() if word in shared]
        for words in (ones, others)
    )
    return mine, theirs


def _places(reading: Reading, span: tuple[int, int], wanted: Collection[str]) -> dict[str, int]:
    """Say where some words begin, each of those that are there once."""
    places: dict[str, int] = {}
    twice: set[str] = set()
    for match in LONG_WORD.finditer(reading.words, *span):
        word = match[0]
        if word in places:
            twice.add(word)
        elif word in wanted:
            places[word] = match.start()
    return {word: place for word, place in places.items() if word not in twice}
