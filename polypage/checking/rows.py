"""What the list of checks says of each of them.

check = CODES["number-changed"]
check.about                         "A figure is another than in the source"
check.concerns                      "drifted": it looks where a figure may be another
[*check.find(passage)]              what it has to say of a passage, and where
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, NamedTuple, TypeAlias

from polypage.checking.glossary import Term
from polypage.checking.marks import Mark
from polypage.checking.passage import Passage
from polypage.checking.remarks import Remark
from polypage.limits import Limits
from polypage.model import Severity
from polypage.profiles import Profile

Find = Callable[[Passage], Iterable[Remark]]
"""Looks for one thing and says what it found, once for each place."""

Occasion: TypeAlias = Literal[
    Mark,
    "limited",
    "terms",
    "unseen",
    "disclaimer",
    "alike",
    "ended",
    "sentences",
    "addressed",
    "denied",
    "denying",
    "slipped",
    "drifted",
]
"""What a check looks at, and passages seldom have: `polypage.checking.occasions` tells which do."""


class Family(StrEnum):
    """What a check is about, as reports name it; the list has them in this order."""

    INLINE = "inline codes"
    CHARACTERS = "characters"
    NUMBERS = "numbers and units"
    NEGATION = "negation"
    ADDRESSES = "web and e-mail addresses"
    GLOSSARY = "glossary"
    LANGUAGE = "language and script"
    LENGTH = "length"
    PUNCTUATION = "punctuation and spaces"
    ACCESSIBILITY = "accessibility"
    CONSISTENCY = "consistency"
    WAIVERS = "waivers"


class Example(NamedTuple):
    """An entry to look at."""

    locale: str
    msgid: str
    msgstr: str
    comment: str = ""
    limits: tuple[Limits, ...] = ()
    terms: tuple[Term, ...] = ()
    others: tuple[tuple[str, str], ...] = ()
    """Texts and translations of the same locale, for what is found by comparing."""
    role: str = ""
    """What the text is on the page."""
    approved: str = ""
    """The approved disclaimer, where the text is one."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that can be wrong with a translation."""

    code: str
    """Stable: it stands in waivers and settings."""
    family: Family
    severity: Severity
    about: str
    """What it is, in one line."""
    example: Example
    """What it has something against."""
    spared: Example
    """What it has nothing against, near as it is."""
    advice: str
    """What to do, and when it is not found: a paragraph of Markdown, a sentence on each line."""
    find: Find | None = None
    """None for what comes out before there is a text to look at, or by comparing."""
    compared: bool = False
    """Whether `polypage.checking.consistency` finds it, which sees all translations at a time."""
    concerns: Occasion | None = None
    """On which occasion it looks: without it, it would find nothing. None: on any."""
    tongues: frozenset[str] = frozenset()
    """The languages or scripts that it is about; none stand for all."""

    def is_for(self, written: Profile) -> bool:
        """Whether it is about translations into a locale."""
        return not self.tongues or not self.tongues.isdisjoint((written.language, written.script))
