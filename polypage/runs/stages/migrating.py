"""Catalogs from one segmentation to the other."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeAlias

from polypage.catalogs.catalog import Catalog, template
from polypage.catalogs.merge import amend
from polypage.catalogs.templates import for_locale, site_entries, template_entries
from polypage.catalogs.words import coverage_of
from polypage.checking.glossary import glossed
from polypage.errors import CatalogError
from polypage.model import Coverage, Domain, Entry, Finding, Segmentation
from polypage.profiles import profile
from polypage.project import SITE
from polypage.reuse.alignment import Block, blocks
from polypage.reuse.migrate import Moved, migrate
from polypage.runs.localefiles import open_catalog, open_template
from polypage.runs.sources import Source, said_by_pages
from polypage.runs.stages.batch import Batch, as_it_is, opened
from polypage.runs.urgency import recall_entries

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Migrated:
    """What comes of a catalog in the other segmentation."""

    slug: str
    locale: str
    path: str
    """The catalog below the project's root; the source page where that cannot be read."""
    before: Coverage = field(default_factory=Coverage)
    after: Coverage = field(default_factory=Coverage)
    carried: int = 0
    """Entries with a translation that was cut or joined, and stands unquestioned."""
    fuzzy: int = 0
    """Entries with one that is to be looked at."""
    open: int = 0
    """Entries without one, though what they were made of has one."""
    written: bool = False
    failure: Finding | None = None


def migrate_catalogs(
    root: Path, slugs: Sequence[str], to: Segmentation, *, write: bool = False
) -> tuple[Migrated, ...]:
    """Move the catalogs of all articles, and of the site; one outcome per catalog there is."""
    with opened(root) as batch:
        return tuple(_migrated(batch, slugs, to, write=write))


class _Share(NamedTuple):
    """An article's part in the site's catalogs."""

    old: tuple[Entry, ...]
    new: tuple[Entry, ...]
    blocks: tuple[Block, ...]


class _Plan(NamedTuple):
    """What is to become of the catalogs of an article."""

    slug: str
    to: Segmentation
    old: Catalog
    new: Catalog
    blocks: Sequence[Block]


def _migrated(
    batch: Batch, slugs: Sequence[str], to: Segmentation, *, write: bool
) -> Iterator[Migrated]:
    shares: list[_Share] = []
    for slug in _in_order(batch, slugs):
        path = batch.relative(batch.project.source_path(slug))
        read = batch.attempt(partial(_read, batch, slug, to), as_it_is, path=path)
        if isinstance(read, Finding):
            yield Migrated(slug, "", path, failure=read)
            continue
        plan, share = read
        shares.append(share)
        yield from _in_all_locales(batch, plan, write=write)
    yield from _in_all_locales(batch, _site_plan(batch, shares, to), write=write)


_Read: TypeAlias = "tuple[_Plan, _Share] | Finding"
"""What an article comes to, or what keeps it from being read."""


def _in_order(batch: Batch, slugs: Iterable[str]) -> list[str]:
    """Sort as the site's template has it, by the paths of the pages."""
    return sorted(slugs, key=lambda slug: batch.relative(batch.project.source_path(slug)))


# --- what is to be done -----------------------------------------------------------------------


def _read(batch: Batch, slug: str, to: Segmentation) -> _Read:
    """Read an article both ways."""
    source = batch.source(slug)
    by_block, by_sentence = _read_by(source, "block"), _read_by(source, "sentence")
    old, new = (by_block, by_sentence) if to == "sentence" else (by_sentence, by_block)

    def made(domain: Domain, way: Source) -> tuple[Entry, ...]:
        with_lines = way.settings.extract.references == "line"
        return template_entries(way.article, domain, with_lines=with_lines)

    def cut(domain: Domain) -> tuple[Block, ...]:
        return blocks(by_block.article, by_sentence.article, domain)

    before, after = (_template(batch, slug, made("article", way)) for way in (old, new))
    plan = _Plan(slug, to, before, after, cut("article"))
    recalls = recall_entries(source)
    of_site = _Share((*made("site", old), *recalls), (*made("site", new), *recalls), cut("site"))
    return plan, of_site


def _read_by(source: Source, segmentation: Segmentation) -> Source:
    extract = replace(source.settings.extract, segmentation=segmentation)
    return replace(source, settings=replace(source.settings, extract=extract))


def _site_plan(batch: Batch, shares: Sequence[_Share], to: Segmentation) -> _Plan:
    inserted = said_by_pages(batch.project)
    before, after = (
        _template(batch, SITE, (*inserted, *site_entries(entries)))
        for entries in ([share.old for share in shares], [share.new for share in shares])
    )
    found = [block for share in shares for block in share.blocks]
    return _Plan(SITE, to, before, after, found)


def _template(batch: Batch, slug: str, entries: Iterable[Entry]) -> Catalog:
    """Make a template with the date of the one that is there: the articles did not change."""
    present = open_template(batch.project, slug)
    try:
        header = present.catalog.header
    except CatalogError:
        header = None
    created = header.get("POT-Creation-Date") if header else ""
    return template(entries, project=slug, created=created)


# --- doing it ---------------------------------------------------------------------------------


def _in_all_locales(batch: Batch, plan: _Plan, *, write: bool) -> Iterator[Migrated]:
    for locale in batch.project.settings.project.locales:
        path = batch.relative(batch.project.catalog_path(plan.slug, locale))
        outcome = batch.attempt(
            partial(_move, batch, plan, locale, write=write),
            partial(_failed, plan.slug, locale, path),
            path=path,
        )
        if outcome:
            yield outcome


def _failed(slug: str, locale: str, path: str, failure: Finding) -> Migrated | None:
    return Migrated(slug, locale, path, failure=failure)


def _move(batch: Batch, plan: _Plan, locale: str, *, write: bool) -> Migrated | None:
    present = open_catalog(batch.project, plan.slug, locale)
    if present.data is None:
        return None
    moved = _moved(batch, plan, locale, present.catalog)
    written = False
    if write:
        written, moved = _written(batch, plan, locale, moved)
        log.info("migrated %s: %d carried, %d fuzzy", present.path, moved.carried, moved.fuzzy)
    return Migrated(
        plan.slug,
        locale,
        present.path,
        coverage_of(present.catalog),
        coverage_of(moved.catalog),
        moved.carried,
        moved.fuzzy,
        moved.open,
        written=written,
    )


def _written(batch: Batch, plan: _Plan, locale: str, moved: Moved) -> tuple[bool, Moved]:
    """Move the catalog on disk; somebody may have saved it since it was read."""
    results = [moved]

    def change(catalog: Catalog | None) -> Catalog | None:
        results.append(_moved(batch, plan, locale, catalog or Catalog()))
        return None if results[-1].catalog == catalog else results[-1].catalog

    path = batch.project.catalog_path(plan.slug, locale)
    return amend(path, change, clock=time), results[-1]


def _moved(batch: Batch, plan: _Plan, locale: str, catalog: Catalog) -> Moved:
    written, terms = profile(locale), batch.terms(locale)
    new = for_locale(plan.new, written.tag)
    return migrate(
        catalog,
        for_locale(plan.old, written.tag),
        glossed(new, terms.glossary) if terms else new,
        plan.blocks,
        to=plan.to,
        spoken=batch.source_profile,
        written=written,
    )
