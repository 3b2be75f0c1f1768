"""A text and its translation, as all checks look at them.

    passage = passage_of(source, target, profile("en"), profile("fr"))
    passage.source, passage.target      the texts without their inline codes
    passage.marks                       what stands out in the translation
    passage.drifts                      what has become of the figures

What several checks need is found out once.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from polypage.checking.contacts import without
from polypage.checking.glossary import NO_TERMS, Glossary
from polypage.checking.marks import marks
from polypage.language.counterparts import Drift
from polypage.language.counts import other_counts
from polypage.language.drift import drifts, is_quiet, may_drift
from polypage.language.lexicon import Lexicon, lexicon
from polypage.language.mealtimes import other_mealtimes
from polypage.language.moments import Moments, moments
from polypage.language.once import new, once
from polypage.language.ordinals import other_ranks
from polypage.language.readings import Reading
from polypage.language.signals import signals
from polypage.language.texts import Text
from polypage.limits import Limits
from polypage.model import Content
from polypage.profiles import Profile, profile
from polypage.reading.inline import plain_text


class _Given(NamedTuple):
    """What a passage is made of; a named tuple is built in a quarter of a frozen class's time."""

    source: str
    target: str
    spoken: Profile
    """The source's locale."""
    written: Profile
    """The translation's."""
    before: Reading
    """What is found in the source, but for its addresses."""
    marks: frozenset[str]
    """What stands out in the translation, and what its words signal."""
    addressed: bool = False
    """Whether either may have an address."""
    content: Content = ()
    """The translation with its inline codes."""
    limits: tuple[Limits, ...] = ()
    """What it must keep to by its author's word."""
    glossary: Glossary = NO_TERMS
    roles: frozenset[str] = frozenset()
    """What the text is on the page, at all its places."""
    approved: str = ""
    """What the disclaimer must say that it is, or is part of."""


class Passage(_Given):
    """A text and its translation, without inline codes."""

    @once
    def after(self) -> Reading:
        """What is found in the translation, but for its addresses."""
        return _reading(self.target, self.written, self.marks)

    @once
    def known(self) -> Lexicon:
        """What is known of the translation's language."""
        return lexicon(self.written.language)

    @once
    def moments(self) -> Moments:
        """What has become of the source's dates and times of day."""
        return moments(self.before, self.after)

    @once
    def drifts(self) -> tuple[Drift, ...]:
        """What has become of the source's other figures, or else of its mealtimes and numbers in words."""
        before, marks = self.before, self.marks
        if may_drift(before.signals, marks) and not is_quiet(before, self.after):
            found = tuple(drifts(self.moments.before, self.moments.after))
            if found:
                return found
        if "meals" in before.signals and "meals" in marks:
            found = tuple(other_mealtimes(before, self.after))
            if found:
                return found
        is_ranked = "ranks" in before.signals and "ranks" in marks
        is_counted = _NUMBERING.isdisjoint(before.signals) == _NUMBERING.isdisjoint(marks) and (
            "numerals" in before.signals or "numerals" in marks
        )
        if not (is_ranked or is_counted):
            return ()
        # The hours of a day are no counts.
        one, other = self.moments.before, self.moments.after
        return (
            *(other_ranks(one, other) if is_ranked else ()),
            *(other_counts(one, other) if is_counted else ()),
        )

    @property
    def readable(self) -> bool:
        """Whether we know how both languages deny."""
        return bool(self.before.known.cues and self.known.cues)


_NUMBERING = frozenset({"numerals", "ones"})


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
    before, other = read_source(source, spoken.locale), plain_text(target, code=" ")
    marked = marks(other, written)
    fields = (
        before.text,
        other,
        spoken,
        written,
        before.reading,
        marked,
        before.addressed or "addresses" in marked,
        target,
        limits,
        glossary,
        roles,
        approved,
    )
    return new(Passage, fields)


class Source(NamedTuple):
    """A source text, read for all its translations."""

    text: str
    """Without inline codes."""
    reading: Reading
    addressed: bool


@lru_cache(2_000)
def read_source(source: Content, locale: str) -> Source:
    """Read a source text once for all its translations."""
    text, spoken = plain_text(source, code=" "), profile(locale)
    told = signals(text, spoken)
    return Source(text, _reading(text, spoken, told), "addresses" in told)


def _reading(text: str, profile: Profile, told: frozenset[str]) -> Reading:
    """Read a text but for its addresses, whose figures and words are their own."""
    bare = without(text) if "addresses" in told else text
    plain = Text.of(bare, profile) if "adorned" in told else new(Text, (bare, profile))
    return new(Reading, (plain, True, told))
