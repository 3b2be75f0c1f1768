"""Uniting what two people made of one catalog, entry by entry.

    united = reconcile(base, ours, theirs)

Absence is no deletion, a finished translation beats a guess, the newer beats the older, and what
loses is kept in a comment.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from polypage.catalogs.catalog import Catalog, Header
from polypage.model import Entry

CONFLICT = "polypage-conflict:"
"""Begins the comment that keeps a translation that lost against another."""
SUGGESTED = "suggested from"
"""Begins the extracted comment that says where a guess comes from, as long as it is one."""
FINDING = "finding:"
"""Begins the extracted comment that says what a check has against the translation."""


def reconcile(base: Catalog, ours: Catalog, theirs: Catalog) -> Catalog:
    """Unite two catalogs that were made of `base`, entry by entry; `theirs` is the newer.

    An entry that one of them lacks is not deleted. Where both changed a translation, the one that
    is finished or else the newer stands, and the other is kept in a comment.
    """
    bases = {entry.key: entry for entry in base.entries}
    others = {entry.key: entry for entry in theirs.entries}
    kept = [
        united(bases.get(entry.key), entry, others.pop(entry.key, entry)) for entry in ours.entries
    ]
    entries = sorted((*kept, *others.values()), key=lambda entry: entry.obsolete)
    header = _united_header(base.header, ours.header, theirs.header)
    return Catalog(header, tuple(entries), tuple(dict.fromkeys(ours.trailer + theirs.trailer)))


class Words(NamedTuple):
    """What a translator decides about an entry."""

    msgstr: str
    plural_msgstrs: tuple[str, ...]
    fuzzy: bool

    @property
    def rank(self) -> int:
        """Finished, to be looked at, or missing."""
        translated = bool(self.msgstr) or any(self.plural_msgstrs)
        return translated + (translated and not self.fuzzy)


def united(base: Entry | None, ours: Entry, theirs: Entry) -> Entry:
    """Unite two versions of an entry; the second is the newer."""
    before = () if base is None else base.translator_comments
    comments = united_lines(before, ours.translator_comments, theirs.translator_comments)
    words, lost = _united_words(
        None if base is None else words_of(base), words_of(ours), words_of(theirs)
    )
    flags = dict.fromkeys(("fuzzy", *ours.flags, *theirs.flags))
    if not words.fuzzy:
        del flags["fuzzy"]
    return replace(
        ours if words == words_of(ours) else without_origin(ours),
        msgstr=words.msgstr,
        plural_msgstrs=words.plural_msgstrs,
        translator_comments=tuple(dict.fromkeys((*comments, *map(conflict, lost)))),
        flags=tuple(flags),
    )


def is_suggestion(entry: Entry) -> bool:
    """Whether a machine suggested the translation, and nobody has confirmed it."""
    return entry.fuzzy and any(line.startswith(SUGGESTED) for line in entry.extracted_comments)


def without_origin(entry: Entry) -> Entry:
    """Say no more where a guess came from, nor what is wrong with it: somebody changed it."""
    lines = (line for line in entry.extracted_comments if not line.startswith(SUGGESTED))
    return replace(entry, extracted_comments=tuple(line for line in lines if not noted_code(line)))


def noted_code(line: str) -> str | None:
    """Return the code of the check that an extracted comment is of.

    It is None for what authors write: `finding: means the result of a scan`.
    """
    match = _NOTED.match(line)
    return match and match[1]


_NOTED = re.compile(
    rf"{FINDING} ([a-z0-9]+(?:-[a-z0-9]+)+|blank|undecodable|untranslated|waiver): "
)
"""The code has a hyphen, so that no word before a colon is taken for one; four have none."""


def words_of(entry: Entry) -> Words:
    """Return what a translator decided about an entry."""
    return Words(entry.msgstr, entry.plural_msgstrs, entry.fuzzy)


def said_in(entry: Entry) -> tuple[Words, tuple[str, ...]]:
    """Return all that a translator says in an entry: the words, and the comments."""
    return words_of(entry), tuple(entry.translator_comments)


def _united_words(base: Words | None, ours: Words, theirs: Words) -> tuple[Words, tuple[str, ...]]:
    """Return the words that stand, and the texts that lost against them."""
    if theirs in {ours, base}:
        return ours, ()
    if ours == base:
        return theirs, ()
    winner, loser = (theirs, ours) if theirs.rank >= ours.rank else (ours, theirs)
    lost = {loser.msgstr, *loser.plural_msgstrs} - {"", winner.msgstr, *winner.plural_msgstrs}
    return winner, tuple(sorted(lost))


def conflict(msgstr: str) -> str:
    """Write the comment that keeps a translation that lost."""
    return f"{CONFLICT} {msgstr}".replace("\n", "\\n")


def united_lines(
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]
) -> tuple[str, ...]:
    """Unite lines; one that was there before stays only if nobody removed it."""
    lines = dict.fromkeys((*ours, *theirs))
    return tuple(line for line in lines if line not in base or (line in ours and line in theirs))


def _united_header(
    base: Header | None, ours: Header | None, theirs: Header | None
) -> Header | None:
    if ours is None or theirs is None:
        return ours or theirs
    before = base.entry.translator_comments if base else ()
    comments = united_lines(
        before, ours.entry.translator_comments, theirs.entry.translator_comments
    )
    header = Header(replace(ours.entry, translator_comments=comments))
    for name, value in theirs.fields:
        if value and (base is None or base.get(name) != value):
            header = header.with_field(name, value)
    return header
