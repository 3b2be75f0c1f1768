r"""Telephone numbers, which every country writes in groups of its own.

>>> one = Reading(Text.of("Call 1-800-222-1222.", profile("en")))
>>> other = Reading(Text.of("Appelez le 18 00 22 21 222.", profile("fr")))
>>> one, other = without_telephones(one, other)
>>> one.words.replace("\x00", "")
'call .'
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from polypage.language.readings import Reading

_TELEPHONE = re.compile(
    r"(?<![\w.,])\+?(?:\(\d+\)|\d)(?:[\s().\-\u2010-\u2015/]{0,3}\d){6,14}(?![\w])"
)
_DIGITS = 7
"""How many digits in a row are no accident."""


def without_telephones(source: Reading, target: Reading) -> tuple[Reading, Reading]:
    """Take out the telephone numbers that both texts have, however they are grouped."""
    before = dict(_found(source)) if source.figures and target.figures else {}
    after = dict(_found(target)) if before else {}
    both = before.keys() & after.keys()
    if not both:
        return source, target
    return (
        source.without(before[digits] for digits in both),
        target.without(after[digits] for digits in both),
    )


def _found(reading: Reading) -> Iterator[tuple[str, tuple[int, int]]]:
    if reading.digits < _DIGITS:
        return
    for match in _TELEPHONE.finditer(reading.words):
        digits = re.sub(r"\D", "", match[0])
        if len(digits) >= _DIGITS:
            yield digits, match.span()
