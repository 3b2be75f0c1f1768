"""What a catalog takes over from others: of an article that is gone, of a part that moved.

    heritage = inherit(template, None, {"rolling-2024": catalog})
    heritage.predecessor      the catalog of the article that has another name now
    heritage.arrivals         entries that were translated elsewhere, and have no other place now

An article that was renamed goes on with its catalog, to the last comment. A text that stood in an
article that is gone, or that has moved between an article and the site's catalog, brings its
translation along in whatever state it is. Nothing is taken away from where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from polypage.catalogs.catalog import Catalog
from polypage.model import Entry, EntryKey

_SAME_ARTICLE = 0.5
"""What part of the texts of an article that is gone one must have to be the same article."""


@dataclass(frozen=True, slots=True)
class Heritage:
    """What a catalog takes over from others."""

    predecessor: Catalog | None = None
    """The catalog that a new one begins with."""
    arrivals: tuple[Entry, ...] = ()
    """Entries that stand for texts that were not here before."""


Inherit: TypeAlias = Callable[[Catalog | None], Heritage]
"""Says what a catalog takes over, given what it is now."""

NOTHING = Heritage()


def inherit(
    template: Catalog,
    present: Catalog | None,
    vanished: Mapping[str, Catalog],
    moved: Iterable[Entry] = (),
) -> Heritage:
    """Find what a catalog can take over.

    `vanished` are catalogs of articles that are gone, by slug; `moved` are entries of catalogs
    whose templates do not have them any more, and newer than what is obsolete here.
    """
    wanted = missing(template, present)
    predecessor = _predecessor(template, vanished) if present is None else None
    known = {entry.key for entry in present.obsolete if entry.translated} if present else set()
    left = (entry for slug in sorted(vanished) for entry in vanished[slug].entries)
    best: dict[EntryKey, Entry] = {}
    for entry in (*moved, *(entry for entry in left if entry.key not in known)):
        if entry.key in wanted and entry.translated and _rank(entry) > _rank(best.get(entry.key)):
            best[entry.key] = entry
    return Heritage(predecessor, tuple(best.values()))


def missing(template: Catalog, present: Catalog | None) -> frozenset[EntryKey]:
    """Return the keys of texts that a catalog has not, or only as obsolete."""
    here = {entry.key for entry in present.live} if present else set()
    return frozenset(entry.key for entry in template.live if entry.key not in here)


def _rank(entry: Entry | None) -> int:
    """Say how good a translation is: finished, and in use until now."""
    return 0 if entry is None else 1 + 2 * (not entry.fuzzy) + (not entry.obsolete)


def _predecessor(template: Catalog, vanished: Mapping[str, Catalog]) -> Catalog | None:
    """Find the catalog that this article had under another name."""
    shares = {slug: _shared(template, catalog) for slug, catalog in vanished.items()}
    slug = max(sorted(shares), key=shares.__getitem__, default=None)
    if slug is None or shares[slug] < _SAME_ARTICLE:
        return None
    return _renamed(vanished[slug], slug)


def _shared(template: Catalog, catalog: Catalog) -> float:
    """Return what part of a catalog's texts a template has.

    Not the other way round: a short page may well consist of what a long one has too.
    """
    texts, known = ({entry.key for entry in each.live} for each in (template, catalog))
    return len(texts & known) / len(known) if known else 0.0


def _renamed(catalog: Catalog, slug: str) -> Catalog:
    """Take the old name out of the header, so that the new one is filled in."""
    header = catalog.header
    if header and header.get("Project-Id-Version") == slug:
        header = header.with_field("Project-Id-Version", "")
    return replace(catalog, header=header)
