"""A text and its translation, as all checks look at them.

    passage = passage_of(source, target, profile("en"), profile("fr"))
    passage.source, passage.target      the texts without their inline codes
    passage.drifts                      what has become of the figures

What several checks need is found out once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from polypage.checking.contacts import without
from polypage.checking.glossary import NO_TERMS, Glossary
from polypage.language.counterparts import Drift
from polypage.language.drift import drifts
from polypage.language.readings import Reading
from polypage.language.texts import Text
from polypage.limits import Limits
from polypage.model import Content
from polypage.profiles import Profile, profile
from polypage.reading.inline import plain_text


@dataclass(frozen=True)
class Passage:
    """A text and its translation, without inline codes."""

    source: str
    target: str
    spoken: Profile
    """The source's locale."""
    written: Profile
    """The translation's."""
    before: Reading
    """What is found in the source, but for its addresses."""
    after: Reading
    addressed: bool = False
    """Whether either has an address."""
    content: Content = ()
    """The translation with its inline codes."""
    limits: tuple[Limits, ...] = ()
    """What it must keep to by its author's word."""
    glossary: Glossary = NO_TERMS
    roles: frozenset[str] = frozenset()
    """What the text is on the page, at all its places."""
    approved: str = ""
    """What the disclaimer must say that it is, or is part of."""

    @cached_property
    def drifts(self) -> tuple[Drift, ...]:
        """What has become of the source's figures."""
        return tuple(drifts(self.before, self.after))

    @property
    def readable(self) -> bool:
        """Whether we know how both languages deny."""
        return bool(self.before.known.cues and self.after.known.cues)


def passage_of(  # noqa: PLR0913 - page, author and settings each have their say
    source: Content,
    target: Content,
    spoken: Profile,
    written: Profile,
    *,
    limits: tuple[Limits, ...] = (),
    glossary: Glossary = NO_TERMS,
    roles: frozenset[str] = frozenset(),
    approved: str = "",
) -> Passage:
    """Take a text and its translation apart, for all checks to look at."""
    one, other = plain_text(source, code=" "), plain_text(target, code=" ")
    bare, other_bare = without(one), without(other)
    addressed = bare != one or other_bare != other
    before = read_source(bare, spoken.locale)
    after = Reading(Text.of(other_bare, written))
    return Passage(
        one,
        other,
        spoken,
        written,
        before,
        after,
        addressed,
        content=target,
        limits=limits,
        glossary=glossary,
        roles=roles,
        approved=approved,
    )


@lru_cache(2_000)
def read_source(text: str, locale: str) -> Reading:
    """Read a source text once for all its translations."""
    return Reading(Text.of(text, profile(locale)))
