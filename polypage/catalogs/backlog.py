"""What a translator has to do in a catalog, by the kind of work.

    backlog_of(catalog, wrong={31}, language="en").todo
    (Todo("new", entries=3, words=41), Todo("number", entries=1, words=12), Todo("wrong", 1, 9))

A new text is translated, one that was edited compared with what it was; a translation that came
out of the memory or that somebody is not sure of is only reviewed, and one that a check found wrong
is mended. How much that is, is counted in words of the source, each entry once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from polypage.catalogs.catalog import Catalog
from polypage.catalogs.changes import Change, classify
from polypage.catalogs.tags import TAG
from polypage.catalogs.words import count_words
from polypage.model import Backlog, Entry, Todo

NEW = "new"
"""There is no translation."""
REVIEW = "review"
"""There is one, marked fuzzy, and no source text that it was made for: it may be right."""
WRONG = "wrong"
"""It is finished, and an error keeps it from being published."""
KINDS = (
    NEW,
    Change.TEXT.value,
    Change.NUMBER.value,
    Change.NEGATION.value,
    Change.MARKUP.value,
    Change.TYPOGRAPHY.value,
    REVIEW,
    WRONG,
)
"""All kinds of work; `number` and `negation`, for one, are those of `Change`."""

_DAY = len("2026-03-04")


def backlog_of(catalog: Catalog, *, wrong: Collection[int], language: str) -> Backlog:
    """Measure what is to be done; `wrong` are the lines of errors, `language` is the source's."""
    live = [entry for entry in catalog.entries if not entry.obsolete]
    asked = [(entry, kind) for entry in live for kind in _kinds(entry, wrong, language)]
    entries, words = Counter[str](), Counter[str]()
    for entry, kind in asked:
        entries[kind] += 1
        words[kind] += _words(entry)
    return Backlog(
        entries=len(live),
        words=sum(map(_words, live)),
        todo=tuple(Todo(kind, entries[kind], words[kind]) for kind in KINDS if entries[kind]),
        line=asked[0][0].told_line if asked else None,
        since=catalog.header.get("POT-Creation-Date")[:_DAY] if catalog.header else "",
    )


def _kinds(entry: Entry, wrong: Collection[int], language: str) -> Iterator[str]:
    """Yield what kind of work an entry asks for, if it asks for any."""
    if not entry.translated:
        yield NEW
    elif entry.fuzzy:
        old = entry.previous_msgid
        changed = old is not None and old != entry.msgid
        yield classify(old or "", entry.msgid, language=language).value if changed else REVIEW
    elif entry.told_line in wrong:
        yield WRONG


def _words(entry: Entry) -> int:
    return count_words(TAG.sub(" ", entry.msgid))
