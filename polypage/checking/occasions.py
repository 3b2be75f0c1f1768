"""When there is anything for a check to look at.

    for occasion, checks in looking("fr"):
        if occasion is None or occasion(passage):
            …                                   each of these checks has to look

Most entries have nothing that most checks are about: no figure, no denial, no address, no odd
character. One look at a passage tells that to all checks that are about the same, and a check of
the signs of French is none of other languages. A check that is not named here always looks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import groupby
from typing import NamedTuple, TypeAlias

from polypage.checking.accessibility import ROLES
from polypage.checking.checklist import CHECKS, Check, Find
from polypage.checking.passage import Passage
from polypage.checking.typography import DOUBLING, FOREIGN_SIGNS
from polypage.profiles import Profile, profile

Occasion: TypeAlias = Callable[[Passage], bool]
"""Whether a passage has what a check is about; if in doubt, it has."""


class Group(NamedTuple):
    """Checks in a row that look on the same occasion."""

    occasion: Occasion | None
    """None: always."""
    checks: tuple[tuple[Check, Find], ...]
    """Each with how it looks."""


@cache
def looking(locale: str, off: frozenset[str] = frozenset()) -> tuple[Group, ...]:
    """Return the checks of translations into a locale, in the order of the list.

    Those whose codes are `off` need not look.
    """
    written = profile(locale)
    wanted = [check for check in CHECKS if check.code not in off and _is_for(check, written)]
    looks = [(check, check.find) for check in wanted if check.find]
    grouped = groupby(looks, key=lambda look: _OCCASIONS.get(look[0].code))
    return tuple(Group(occasion, tuple(group)) for occasion, group in grouped)


def _is_for(check: Check, written: Profile) -> bool:
    tongues = _TONGUES.get(check.code)
    return tongues is None or not tongues.isdisjoint((written.language, written.script))


_TONGUES = {
    "punctuation-opening": frozenset({"es"}),
    "punctuation-foreign": FOREIGN_SIGNS,
    "space-missing": frozenset({"fr"}),
    "space-breaking": frozenset({"fr"}),
    "word-doubled": DOUBLING,
}
"""Checks that are about some languages or scripts alone."""

_ODD = re.compile("[\ufffd\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0]")
"""Those that do not count as unprintable."""


def _has_odd_characters(passage: Passage) -> bool:
    return not passage.target.isprintable() or bool(_ODD.search(passage.target))


def _is_beyond_ascii(passage: Passage) -> bool:
    return not passage.target.isascii()


def _has_drifts(passage: Passage) -> bool:
    return bool(passage.drifts)


def _denies(passage: Passage) -> bool:
    return "denials" in passage.before.signals or "denials" in passage.after.signals


def _has_addresses(passage: Passage) -> bool:
    return passage.addressed


def _has_terms(passage: Passage) -> bool:
    return bool(passage.glossary.terms)


def _is_unseen(passage: Passage) -> bool:
    return not passage.roles.isdisjoint(ROLES)


def _is_disclaimer(passage: Passage) -> bool:
    return bool(passage.approved)


def _has_limits(passage: Passage) -> bool:
    return bool(passage.limits)


_OCCASIONS: dict[str, Occasion] = {
    code: occasion
    for occasion, codes in (
        (_has_odd_characters, "bidi-unpaired bidi-override character-lost character-invisible"),
        (_is_beyond_ascii, "character-garbled character-decomposed script-mixed"),
        (_has_limits, "its-characters its-storage"),
        (_is_unseen, "alt-filename alt-announced label-untranslated"),
        (_is_disclaimer, "disclaimer-unapproved"),
        (_has_drifts, "number-changed number-missing number-added number-moved number-format"),
        (_has_drifts, "unit-changed comparison-reversed"),
        (_denies, "negation-lost negation-added"),
        (_has_addresses, "url-changed email-changed"),
        (_has_terms, "term-unused term-forbidden term-translated"),
    )
    for code in codes.split()
}
