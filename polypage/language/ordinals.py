"""Which of several is meant: the second dose, the third trimester.

>>> one = Reading(Text.of("Take the second dose at night", profile("en")))
>>> other = Reading(Text.of("Minum dosis pertama pada malam hari", profile("id")))
>>> [each.message for each in other_ranks(one, other)]
['second has become pertama']

Translations often say such a word in another way: the other, the next, the last. So nothing is told
of one that is merely gone or new, and none has become another of which the other text says anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache

from polypage.language.counterparts import Drift
from polypage.language.lexicon import lexicon
from polypage.language.patterns import END, any_of, beginning, hung_on
from polypage.language.quantities import Quantity
from polypage.language.readings import Reading


def other_ranks(before: Reading, after: Reading) -> Iterator[Drift]:
    """Find an ordinal that has become another."""
    if before.weekdays:
        return  # the second day of the week is Vietnamese Monday
    ones, others = _ranks(before), _ranks(after)
    gone = [ones[value] for value in sorted(ones.keys() - others.keys() - _values(after))]
    new = [others[value] for value in sorted(others.keys() - ones.keys() - _values(before))]
    if gone and new:
        message = f"{gone[0]} has become {new[0]}"
        yield Drift("changed", message, certain=False, before=(gone[0],), after=(new[0],))


def _ranks(reading: Reading) -> Mapping[Decimal, Quantity]:
    """Return the first of each of its ordinals, by their value."""
    found: dict[Decimal, Quantity] = {}
    for match in _rank(reading.known.language).finditer(reading.words):
        if word := match["rank"]:
            value = Decimal(reading.known.ranks[_BLANK.sub(" ", word)])
            start, end = match.span("rank")
            found.setdefault(value, Quantity(value, reading.text.plain[start:end], start=start))
    return found


def _values(reading: Reading) -> set[Decimal]:
    """Return what it says besides, but for its articles."""
    return {each.value for each in reading.all if not (each.vague and each.value == 1)}


@cache
def _rank(language: str) -> re.Pattern[str]:
    known = lexicon(language)
    begin, end = ("", "") if known.unspaced else (beginning(language) + hung_on(language), END)
    return re.compile(
        f"{begin}(?:{any_of(known.unranked, end)}|(?P<rank>{any_of(known.ranks, end)}))"
    )


_BLANK = re.compile(r"\s")
