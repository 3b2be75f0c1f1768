"""How many of something there are, where both texts say it in words: five ways, fünfzehn Tipps.

>>> one = Reading(Text.of("Five ways to sleep better", profile("en")))
>>> other = Reading(Text.of("Fünfzehn Tipps für besseren Schlaf", profile("de")))
>>> [each.message for each in other_counts(one, other)]
['Five has become Fünfzehn']

Words for numbers are parts of phrases in every language. So nothing is told of one that is merely
gone or new, and none has become another that measures something else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from polypage.language.counterparts import Drift
from polypage.language.quantities import Quantity
from polypage.language.readings import Reading


def other_counts(before: Reading, after: Reading) -> Iterator[Drift]:
    """Find a number in words that has become another."""
    if not (before.counts and after.counts):
        yield from _other_part(before, after)
        return
    here, there = numbers_of(before), numbers_of(after)
    gone = [each for each in before.counts if here[each.value] > there[each.value]]
    new = [each for each in after.counts if there[each.value] > here[each.value]]
    for was in gone:
        for is_ in new:
            if was.unit == is_.unit:
                message = f"{was} has become {is_}"
                yield Drift("changed", message, certain=False, before=(was,), after=(is_,))
                return


def _other_part(before: Reading, after: Reading) -> Iterator[Drift]:
    """Find half of something measured that has become one or two of it, or one that is halved."""
    here, there = ({each.amount for each in side.all} for side in (before, after))
    gone = [each for each in before.worded if each.unit and each.amount not in there]
    new = [each for each in after.worded if each.unit and each.amount not in here]
    for was in gone:
        for is_ in new:
            if was.amount[0] != is_.amount[0] or not (_is_halved(was) or _is_halved(is_)):
                continue
            # Arabic says a tablet and half of the tablet.
            if not (after.known.dual and (was.value - is_.value) % 1 == 0):
                message = f"{was} has become {is_}"
                yield Drift("changed", message, certain=False, before=(was,), after=(is_,))
                return


def _is_halved(quantity: Quantity) -> bool:
    return quantity.value % 1 == _HALF


_HALF = Decimal("0.5")


def numbers_of(reading: Reading, named: Sequence[Quantity] = ()) -> Counter[Decimal]:
    """Say how often a text has each number, those that are `named` once; its articles are none."""
    others = (
        each
        for each in reading.all
        if not (each.vague and each.value == 1)
        and not any(one.start < each.full_end and each.start < one.end for one in named)
    )
    return Counter(each.value for each in (*named, *others))
