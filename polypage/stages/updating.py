"""Templates to catalogs."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from polypage.errors import CatalogError
from polypage.merge import update
from polypage.outcomes import Updated
from polypage.profiles import is_pseudo, profile
from polypage.sources import open_catalog
from polypage.stages.batch import Batch, opened
from polypage.templates import for_locale


def update_batch(root: Path, slugs: Sequence[str], locales: Sequence[str]) -> tuple[Updated, ...]:
    """Merge templates, the site's if named, into catalogs; one outcome per slug and locale.

    Pseudo-locales have no catalogs, and no outcomes.
    """
    with opened(root) as batch:
        chosen = [locale for locale in locales if not is_pseudo(locale)]
        return tuple(_attempted(batch, slug, locale) for slug in slugs for locale in chosen)


def _attempted(batch: Batch, slug: str, locale: str) -> Updated:
    path = batch.relative(batch.project.catalog_path(slug, locale))
    return batch.attempt(
        partial(_update, batch, slug, locale),
        lambda failure: Updated(slug, locale, path, failure=failure),
        path=path,
    )


def _update(batch: Batch, slug: str, locale: str) -> Updated:
    template, present = (
        batch.template(slug, locale),
        open_catalog(batch.project, slug, locale),
    )
    if template.data is None:
        remedy = "`polypage extract` makes it"
        raise CatalogError(template.path, "there is no such template", remedy=remedy)
    inputs = batch.digest(locale, template.identity, present.identity)
    known = batch.memo.recall("update", f"{slug}/{locale}", inputs, Updated)
    if known is not None:
        return known
    own = profile(locale)
    merged = update(
        batch.project.catalog_path(slug, locale),
        for_locale(template.catalog, own.tag),
        clock=time,
        language=locale,
        plural_forms=own.plural_forms,
        source_language=batch.source_profile.language,
    )
    updated = Updated(
        slug,
        locale,
        present.path,
        written=merged.changed,
        entries=len(merged.catalog.live),
        new=merged.new,
        fuzzy=merged.fuzzy,
        obsolete=merged.obsolete,
    )
    settled = open_catalog(batch.project, slug, locale)
    batch.memo.remember(
        "update",
        f"{slug}/{locale}",
        batch.digest(locale, template.identity, settled.identity),
        replace(updated, written=False),
    )
    return updated
