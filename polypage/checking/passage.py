"""A text and its translation, as all checks look at them.

    passage = passage_of(source, target, profile("en"), profile("fr"))
    passage.source, passage.target      the texts without their inline codes
    passage.drifts                      what has become of the figures

What several checks need is found out once.
"""

from __future__ import annotations

from dataclasses import dataclass

from polypage.checking.contacts import without
from polypage.checking.glossary import NO_TERMS, Glossary
from polypage.language.counterparts import Drift
from polypage.language.cues import find
from polypage.language.drift import drift
from polypage.language.negations import Denials, denials
from polypage.language.quantities import Text
from polypage.limits import Limits
from polypage.model import Content
from polypage.profiles import Profile
from polypage.reading.inline import plain_text


@dataclass(frozen=True, slots=True)
class Passage:
    """A text and its translation, without inline codes."""

    source: str
    target: str
    spoken: Profile
    """The source's locale."""
    written: Profile
    """The translation's."""
    drifts: tuple[Drift, ...]
    """What has become of the source's figures."""
    denials: tuple[list[Denials], list[Denials]]
    """What each sentence of either denies; nothing where we do not know how one of them does."""
    content: Content = ()
    """The translation with its inline codes."""
    limits: tuple[Limits, ...] = ()
    """What it must keep to by its author's word."""
    glossary: Glossary = NO_TERMS


def passage_of(source: Content, target: Content, spoken: Profile, written: Profile) -> Passage:
    """Take a text and its translation apart, for all checks to look at."""
    one, other = plain_text(source, code=" "), plain_text(target, code=" ")
    texts = Text.of(without(one), spoken), Text.of(without(other), written)
    cues = [find(text.words, text.known) for text in texts]
    denied: list[list[Denials]] = [[], []]
    if all(text.known.cues for text in texts):
        denied = [
            denials(text.words, found, concord=text.known.concord)
            for text, found in zip(texts, cues, strict=True)
        ]
    drifts = tuple(drift(*texts, cues))
    return Passage(one, other, spoken, written, drifts, (denied[0], denied[1]), target)
