"""Bounds that a translation turns round: at most 5 mg, at least 5 mg.

>>> one = Reading(Text.of("under 12 or more than half", profile("en")))
>>> other = Reading(Text.of("unter 12 oder weniger als die Hälfte", profile("de")))
>>> [each.message for each in turned_bounds([*zip(one.figures, other.figures)], one, other)]
['half has become hälfte with words for the contrary']

A sign, or words around a figure, make a bound of it; what they make of the same figure in both
texts is compared.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache

from polypage.language.counterparts import Drift, Pair
from polypage.language.cues import Bound, bound
from polypage.language.lexicon import lexicon
from polypage.language.patterns import any_of
from polypage.language.quantities import Quantity
from polypage.language.readings import Reading, whole_words


def turned_bounds(pairs: Iterable[Pair], before: Reading, after: Reading) -> Iterator[Drift]:
    """Find figures of both texts whose bounds are each other's contrary."""
    if not (before.has_bounds and after.has_bounds):
        return
    yield from _turned_halves(before, after)
    for one, other in pairs:
        here = _bound_of(one, before)
        agrees = here.agrees(_bound_of(other, after)) if here.sign else "yes"
        if agrees != "yes":
            what = other if other.bound else f"{other} with words for the contrary"
            yield Drift("bound", f"{one} has become {what}", agrees == "no", (one,), (other,))


def _turned_halves(before: Reading, after: Reading) -> Iterator[Drift]:
    """Find fewer than half that have become more than half."""
    one = _half(before)
    other = _half(after) if one else None
    if one and other and one[1].agrees(other[1]) == "no":
        message = f"{one[0]} has become {other[0]} with words for the contrary"
        yield Drift("bound", message, certain=False)


def _half(reading: Reading) -> tuple[str, Bound] | None:
    """Find the first half in a text, and what words make of it."""
    known, words = reading.known, reading.words
    match = whole_words(tuple(known.half), known.language).search(words) if known.half else None
    if not match:
        return None
    return match[0], bound(words, known, reading.cues, match.start(), match.end())


def _bound_of(quantity: Quantity, reading: Reading) -> Bound:
    """Say what a sign or words make of a figure, if they are plain."""
    words = reading.words
    ahead, behind = quantity.start, quantity.full_end
    if "/" in words:
        ahead, behind = _of_both(reading, ahead, behind)
    if reading.known.total and (
        whole := _whole(reading.known.language).search(words, max(ahead - _NEAR, 0), ahead)
    ):
        ahead = whole.start()
    if converted := _CONVERTED.match(words, behind):
        behind = converted.end()
    sign = quantity.bound or reading.signs.get(ahead, "")
    return Bound(sign) if sign else bound(words, reading.known, reading.cues, ahead, behind)


@cache
def _whole(language: str) -> re.Pattern[str]:
    """Find the whole before its part, which has the bound of both: 最大で10人に4人."""
    total = any_of(lexicon(language).total)
    return re.compile(rf"\d[\d.,]*\s?[^\W\d]{{0,3}}\s?(?:{total})\s?\Z")


def _of_both(reading: Reading, ahead: int, behind: int) -> tuple[int, int]:
    """Return where two figures begin and end that have one bound, as blood pressure does."""
    words, figures = reading.words, reading.figures
    if match := _BOTH_ENDS.search(words, max(ahead - _NEAR, 0), ahead):
        ahead = match.start()
    if match := _OTHER_END.match(words, behind):
        place = bisect_left(figures, match.end(), key=lambda each: each.end)
        behind = figures[place].full_end if place < len(figures) else behind
    return ahead, behind


_NEAR = 12
_CONVERTED = re.compile(r"(?:/[^\W\d_]{1,5})?\s?[(（][^()（）]{0,8}\d[^()（）]{0,16}[)）]")
"""The same in another unit."""
_BOTH_ENDS = re.compile(r"\d[\d.,]*\s?/\s?\Z")
_OTHER_END = re.compile(r"\s?/\s?\d[\d.,]*")
