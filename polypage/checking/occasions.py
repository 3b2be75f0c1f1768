"""When there is anything for a check to look at.

    for check, find in looking("fr")[occasions(passage)]:
        …                                   each of these checks has to look

Most entries have nothing that most checks are about: no figure, no denial, no address, no odd
character. One look at a passage tells that to all checks; each says in the list of them on which
occasion it looks, and a check of the signs of French is none of other languages.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TypeAlias

from polypage.checking.accessibility import ROLES
from polypage.checking.checklist import CHECKS
from polypage.checking.passage import Passage
from polypage.checking.rows import Check, Find, Occasion
from polypage.checking.sameness import may_be_same
from polypage.checking.typography import may_end_otherwise
from polypage.profiles import Profile, profile

Looks: TypeAlias = tuple[tuple[Check, Find], ...]
"""Checks, each with how it looks, in the order of the list."""


def occasions(passage: Passage) -> frozenset[str]:
    """Say what a passage gives checks to look at; if in doubt, it does."""
    found = _by_texts(passage)
    if passage.before.signals or passage.marks:
        found += _by_words(passage)
    if passage.limits or passage.glossary.terms or passage.approved or passage.roles:
        found += _by_author(passage)
    return passage.marks.union(found) if found else passage.marks


def _by_texts(passage: Passage) -> list[Occasion]:
    source, target = passage.source, passage.target
    found: list[Occasion] = []  # a generator for each entry would take twice the time
    if may_end_otherwise(source, target, passage.written):
        found.append("ended")
    if may_be_same(source, target):
        found.append("alike")
    if len(passage.before.sentences) > 1 or "adorned" in passage.marks:
        found.append("sentences")
    return found


def _by_words(passage: Passage) -> Iterator[Occasion]:
    """Say what the words of both texts signal that it takes both to judge."""
    before, after = passage.before.signals, passage.marks
    if "denials" in before:
        yield "denied"
    if "denials" in after:
        yield "denying"
    if passage.addressed:
        yield "addressed"
    if _may_slip(before, after) and passage.moments.slips:
        yield "slipped"
    if passage.drifts:
        yield "drifted"


def _may_slip(before: frozenset[str], after: frozenset[str]) -> bool:
    """Whether both texts have figures, or words of a clock."""
    return not (_OF_CLOCKS.isdisjoint(before) or _OF_CLOCKS.isdisjoint(after)) and not (
        _TIMED.isdisjoint(before | after)
    )


_OF_CLOCKS, _TIMED = frozenset({"figures", "clocks", "hours"}), frozenset({"figures", "hours"})


def _by_author(passage: Passage) -> Iterator[Occasion]:
    if passage.limits:
        yield "limited"
    if passage.glossary.terms:
        yield "terms"
    if passage.approved:
        yield "disclaimer"
    if not passage.roles.isdisjoint(ROLES):
        yield "unseen"


@cache
def looking(locale: str, off: frozenset[str] = frozenset()) -> Plan:
    """Return which checks of translations into a locale look on which occasions.

    Those whose codes are `off` need not look.
    """
    return Plan(profile(locale), off)


class Plan(dict[frozenset[str], Looks]):
    """Which checks look, by the occasions there are; worked out when first asked."""

    def __init__(self, written: Profile, off: frozenset[str]) -> None:
        super().__init__()
        wanted = (check for check in CHECKS if check.code not in off and check.is_for(written))
        self._looks = tuple((check, check.find) for check in wanted if check.find)

    def __missing__(self, occasions: frozenset[str]) -> Looks:
        looks = tuple(
            look
            for look in self._looks
            if look[0].concerns is None or look[0].concerns in occasions
        )
        self[occasions] = looks
        return looks
