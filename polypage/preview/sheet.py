"""An article in one locale, entry by entry, as a preview lists it.

    rows = listed(catalog)                          what the catalog says of itself, at once
    rows = compared(segments, catalogs, found, …)   in the page's order, with what is wrong
    Sheet("rolling", "vi", rows).counts[State.FUZZY]

An entry is known by a name made of its texts, so that it is found again after a save and an update.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from hashlib import blake2b
from operator import itemgetter

from polypage.catalogs.catalog import Catalog
from polypage.errors import CatalogError
from polypage.limits import admits
from polypage.model import Domain, Entry, EntryKey, Finding, Segment
from polypage.runs.translations import Translations


class State(StrEnum):
    """What readers get of an entry; sorted as translators should see to them."""

    UNTRANSLATED = "untranslated"
    FALLBACK = "fallback"
    """It has a translation that an error keeps off the page."""
    FUZZY = "fuzzy"
    TRANSLATED = "translated"


@dataclass(frozen=True, slots=True)
class Row:
    """An entry, and what is known of it."""

    name: str
    entry: Entry
    path: str
    """The catalog it stands in, or belongs into."""
    state: State
    line: int | None = None
    """Where the source page has it first."""
    findings: tuple[Finding, ...] = ()

    @property
    def place(self) -> str:
        """Where to edit it."""
        return self.path if self.entry.line is None else f"{self.path}:{self.entry.line}"


@dataclass(frozen=True)
class Sheet:
    """An article in a locale."""

    slug: str
    locale: str
    rows: tuple[Row, ...]
    title: str = ""
    checked: bool = False
    """Whether the page was read and the translations checked, or only the catalog read."""
    problems: tuple[str, ...] = ()
    """What people should know before anything else."""
    unread: tuple[CatalogError, ...] = ()
    """Why catalogs cannot be read: the entries are those of before, or look untranslated."""

    @cached_property
    def counts(self) -> Mapping[State, int]:
        """How many entries there are of each state."""
        return Counter(row.state for row in self.rows)

    @cached_property
    def by_name(self) -> Mapping[str, Row]:
        return {row.name: row for row in self.rows}

    @property
    def share(self) -> int:
        """How much is translated, in percent of the entries, rounded down."""
        return 100 * self.counts[State.TRANSLATED] // len(self.rows) if self.rows else 100


def name_of(domain: Domain, key: EntryKey) -> str:
    """Name an entry within an article."""
    context = "" if key.context is None else f"{key.context}\x04"
    written = f"{domain}\x04{context}{key.msgid}"
    return blake2b(written.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def listed(catalog: Catalog, path: str) -> tuple[Row, ...]:
    """List an article's own entries as its catalog has them, unchecked."""
    return tuple(
        Row(name_of("article", entry.key), entry, path, _state(entry, refused=False))
        for entry in catalog.live
    )


def compared(
    segments: Sequence[Segment],
    catalogs: Mapping[Domain, tuple[str, Catalog]],
    found: Translations,
    *,
    tag: str,
) -> tuple[Row, ...]:
    """List the entries of a page's segments in its order, as far as they are for a language.

    The catalogs have their paths with them.
    """
    entries = {
        domain: {entry.key: entry for entry in catalog.live}
        for domain, (_, catalog) in catalogs.items()
    }
    told = {domain: _told(path, catalog, found) for domain, (path, catalog) in catalogs.items()}
    rows: dict[str, Row] = {}
    for segment, content in zip(segments, found.contents, strict=True):
        name = name_of(segment.domain, segment.key)
        if name not in rows and admits(segment.locales, tag):
            entry = entries[segment.domain].get(segment.key) or _new(segment)
            path, findings = catalogs[segment.domain][0], told[segment.domain].get(segment.key, ())
            state = _state(entry, refused=content is None)
            rows[name] = Row(name, entry, path, state, segment.line, findings)
    return tuple(rows.values())


def made_up(segments: Sequence[Segment], msgstrs: Iterable[str], path: str) -> tuple[Row, ...]:
    """List the entries of a pseudo-locale, which are in no catalog."""
    rows: dict[str, Row] = {}
    for segment, msgstr in zip(segments, msgstrs, strict=True):
        name = name_of(segment.domain, segment.key)
        entry = Entry(segment.msgid, msgstr, segment.context)
        rows.setdefault(name, Row(name, entry, path, State.TRANSLATED, segment.line))
    return tuple(rows.values())


def _state(entry: Entry, *, refused: bool) -> State:
    if not entry.translated:
        return State.UNTRANSLATED
    if entry.fuzzy:
        return State.FUZZY
    return State.FALLBACK if refused else State.TRANSLATED


def _new(segment: Segment) -> Entry:
    """Stand in for an entry that the catalog has not yet."""
    return Entry(segment.msgid, context=segment.context)


def _told(
    path: str, catalog: Catalog, found: Translations
) -> Mapping[EntryKey, tuple[Finding, ...]]:
    """Give each finding to the entry that it stands in: the last that begins before its line."""
    live = sorted(
        ((entry.line, entry.key) for entry in catalog.live if entry.line is not None),
        key=itemgetter(0),
    )
    starts = [line for line, _ in live]
    told: dict[EntryKey, tuple[Finding, ...]] = {}
    for finding in _of(path, found.findings):
        place = bisect_right(starts, finding.line or 0) - 1
        if place >= 0:
            key = live[place][1]
            told[key] = (*told.get(key, ()), finding)
    return told


def _of(path: str, findings: Iterable[Finding]) -> Iterator[Finding]:
    return (finding for finding in findings if finding.path == path and finding.line)
