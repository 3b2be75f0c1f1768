"""Which of several is meant: the second dose, the third trimester.

>>> one = Reading(Text.of("Take the second dose at night", profile("en")))
>>> other = Reading(Text.of("Minum dosis pertama pada malam hari", profile("id")))
>>> [each.message for each in other_ranks(one, other)]
['second has become pertama']

Translations often say such a word in another way: the other, the next, the last. So nothing is told
of one that is merely gone or new. What may be an ordinal and a number as well, as Indonesian `kedua`
for the second and for both, counts as either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from polypage.language.counterparts import Drift
from polypage.language.counts import numbers_of
from polypage.language.lexicon import lexicon
from polypage.language.patterns import END, any_of, beginning, hung_on
from polypage.language.quantities import Quantity
from polypage.language.readings import Reading


def other_ranks(before: Reading, after: Reading) -> Iterator[Drift]:
    """Find an ordinal that has become another."""
    if before.weekdays and after.known.language in _NUMBERING_WEEKDAYS:
        return
    ones, others = _ranks(before), _ranks(after)
    here, there = numbers_of(before, ones), numbers_of(after, others)
    gone = [each for each in ones if here[each.value] > there[each.value]]
    new = [each for each in others if there[each.value] > here[each.value]]
    if gone and new:
        message = f"{gone[0]} has become {new[0]}"
        yield Drift("changed", message, certain=False, before=(gone[0],), after=(new[0],))


_NUMBERING_WEEKDAYS = frozenset({"pt", "vi"})


def _ranks(reading: Reading) -> list[Quantity]:
    """Find the ordinals of a text."""
    return [
        Quantity(
            Decimal(reading.known.ranks[_BLANK.sub(" ", match["rank"])]),
            reading.text.plain[slice(*match.span("rank"))],
            start=match.start("rank"),
        )
        for match in _rank(reading.known.language).finditer(reading.words)
        if match["rank"]
    ]


@cache
def _rank(language: str) -> re.Pattern[str]:
    known = lexicon(language)
    begin, end = ("", "") if known.unspaced else (beginning(language) + hung_on(language), END)
    return re.compile(
        f"{begin}(?:{any_of(known.unranked, end)}|(?P<rank>{any_of(known.ranks, end)}))"
    )


_BLANK = re.compile(r"\s")
