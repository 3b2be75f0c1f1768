"""Whether something is taken before meals or after them.

>>> one = Reading(Text.of("Take it before breakfast", profile("en")))
>>> other = Reading(Text.of("Nehmen Sie es nach dem Frühstück ein", profile("de")))
>>> [each.message for each in other_mealtimes(one, other)]
['before breakfast has become nach dem Frühstück']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from polypage.language.counterparts import Drift
from polypage.language.lexicon import lexicon
from polypage.language.readings import Reading, whole_words


def other_mealtimes(before: Reading, after: Reading) -> Iterator[Drift]:
    """Find before meals that has become after them, or the other way round."""
    here, there = _mealtimes(before), _mealtimes(after)
    if len(here) == 1 and len(there) == 1 and here.keys() != there.keys():
        (was,), (is_,) = here.values(), there.values()
        yield Drift("changed", f"{was} has become {is_}", certain=False)


def _mealtimes(reading: Reading) -> dict[str, str]:
    """Return which of the two a text says, and in which words."""
    found: dict[str, str] = {}
    for name, pattern in _patterns(reading.known.language).items():
        if match := pattern.search(reading.words):
            found[name] = reading.text.plain[match.start() : match.end()]
    return found


@cache
def _patterns(language: str) -> dict[str, re.Pattern[str]]:
    known = lexicon(language)
    return {
        "before": whole_words(tuple(known.fasting), language),
        "after": whole_words(tuple(known.fed), language),
    }
