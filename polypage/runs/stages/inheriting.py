"""What a catalog takes over from other files of its locale.

An article was renamed: its catalog goes on under the new name. A part of articles became a part of
the site, or the other way round, because the settings say so now: translations follow it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import suppress
from pathlib import PurePosixPath

from polypage.catalogs.catalog import Catalog
from polypage.catalogs.heritage import NOTHING, Heritage, inherit, missing
from polypage.errors import CatalogError
from polypage.model import Entry, EntryKey
from polypage.project import SITE
from polypage.runs.localefiles import open_template
from polypage.runs.stages.batch import Batch

log = logging.getLogger(__name__)


def heritage_of(
    batch: Batch, slug: str, locale: str, template: Catalog, present: Catalog | None
) -> Heritage:
    """Find what the catalog of an article, or the site's, takes over from others."""
    wanted = missing(template, present)
    if not wanted:
        return NOTHING
    if slug == SITE:
        moved = tuple(_from_articles(batch, locale, template, wanted))
    else:
        known = {entry.key for entry in present.entries if entry.translated} if present else set()
        # What is obsolete in both was left behind here later: it stood here before it moved.
        site = _left(batch, SITE, locale)
        moved = tuple(entry for entry in site if not entry.obsolete or entry.key not in known)
    heritage = inherit(template, present, batch.vanished(locale), moved)
    if heritage != NOTHING:
        path = batch.relative(batch.project.catalog_path(slug, locale))
        log.info("%s takes over %d entries of other catalogs", path, len(heritage.arrivals))
    return heritage


def _from_articles(
    batch: Batch, locale: str, template: Catalog, wanted: frozenset[EntryKey]
) -> Iterator[Entry]:
    """Yield what articles say no longer themselves, from those that the site's new entries name."""
    references = (r for entry in template.live if entry.key in wanted for r in entry.references)
    slugs = dict.fromkeys(_slug(batch, reference) for reference in references)
    for slug in slugs:
        if slug:
            yield from _left(batch, slug, locale)


def _slug(batch: Batch, reference: str) -> str:
    """Return the article that a reference names, with its line or without; none for settings."""
    folder = batch.relative(batch.project.source_dir)
    name = reference.removeprefix(f"{folder}/")
    if name == reference:
        return ""
    return PurePosixPath(name).with_suffix("").as_posix()


def _left(batch: Batch, slug: str, locale: str) -> Iterator[Entry]:
    """Yield the entries of a catalog that its template has not; none where one cannot be read."""
    with suppress(CatalogError):
        catalog, template = batch.catalog(slug, locale).catalog, open_template(batch.project, slug)
        stayed = {entry.key for entry in template.catalog.live}
        yield from (entry for entry in catalog.entries if entry.key not in stayed)
