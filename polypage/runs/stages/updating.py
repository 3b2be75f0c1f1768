"""Templates to catalogs.

Comments about findings that are mended by now go at the same time.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from polypage.catalogs.merge import update
from polypage.catalogs.templates import for_locale
from polypage.errors import CatalogError
from polypage.profiles import is_pseudo, profile
from polypage.reuse.memory import opened as translation_memory
from polypage.runs.localefiles import CatalogFile, open_catalog
from polypage.runs.outcomes import Updated
from polypage.runs.stages.batch import Batch, opened
from polypage.runs.stages.inheriting import heritage_of
from polypage.runs.stages.noting import without_void_notes
from polypage.runs.stages.remembering import Advice


def update_batch(root: Path, slugs: Sequence[str], locales: Sequence[str]) -> tuple[Updated, ...]:
    """Merge templates, the site's if named, into catalogs; one outcome per slug and locale.

    Pseudo-locales have no catalogs, and no outcomes.
    """
    with opened(root) as batch, advised(batch, locales) as advice:
        return tuple(
            update_catalog(batch, slug, locale, own)
            for slug in slugs
            for locale, own in advice.items()
        )


@contextmanager
def advised(batch: Batch, locales: Sequence[str]) -> Iterator[dict[str, Advice]]:
    """Open the memory for those of the locales that have catalogs."""
    chosen = [locale for locale in locales if not is_pseudo(locale)]
    with translation_memory(batch.project.memory_dir) as memory:
        yield {locale: Advice(batch, memory, locale) for locale in chosen}


def update_catalog(batch: Batch, slug: str, locale: str, advice: Advice) -> Updated:
    """Merge one template into a catalog, as `update_batch` does."""
    path = batch.relative(batch.project.catalog_path(slug, locale))
    return batch.attempt(
        partial(_update, batch, slug, locale, advice),
        lambda failure: Updated(slug, locale, path, failure=failure),
        path=path,
    )


def _update(batch: Batch, slug: str, locale: str, advice: Advice) -> Updated:
    template, present = (
        batch.template(slug, locale),
        open_catalog(batch.project, slug, locale),
    )
    if template.data is None:
        remedy = "`polypage extract` makes it"
        raise CatalogError(template.path, "there is no such template", remedy=remedy)
    known = _known(batch, slug, locale, (template, present), advice)
    if known is not None:
        return known
    own = profile(locale)
    wanted = for_locale(template.catalog, own.tag)
    merged = update(
        batch.project.catalog_path(slug, locale),
        wanted,
        clock=time,
        language=locale,
        plural_forms=own.plural_forms,
        source_language=batch.source_profile.language,
        inherit=partial(heritage_of, batch, slug, locale, wanted),
        suggester=advice.suggestions,
    )
    mended = without_void_notes(batch, slug, locale)
    updated = Updated(
        slug,
        locale,
        present.path,
        written=merged.changed or mended,
        entries=len(merged.catalog.live),
        new=merged.new,
        fuzzy=merged.fuzzy,
        obsolete=merged.obsolete,
        complete=all(entry.translated for entry in merged.catalog.live),
    )
    settled = open_catalog(batch.project, slug, locale)
    done = replace(updated, written=False, new=0, fuzzy=0, obsolete=0)
    _remember(batch, done, (template, settled), advice)
    return updated


def both_updates(first: Updated, second: Updated) -> Updated:
    """Unite what came of updating a catalog and of updating it again."""
    if not second.written:
        return first
    return replace(
        second, fuzzy=first.fuzzy + second.fuzzy, obsolete=first.obsolete + second.obsolete
    )


# What has a translation for each entry does not depend on what is in the memory.


def _known(
    batch: Batch, slug: str, locale: str, files: tuple[CatalogFile, CatalogFile], advice: Advice
) -> Updated | None:
    name, inputs = f"{slug}/{locale}", _inputs(batch, locale, files)
    known = batch.state.find("update", name, inputs, Updated)
    if known is None and advice.identity is not None:
        inputs = batch.digest(inputs, advice.identity)
        known = batch.state.find("update", name, inputs, Updated)
    return known


def _remember(
    batch: Batch,
    updated: Updated,
    files: tuple[CatalogFile, CatalogFile],
    advice: Advice,
) -> None:
    inputs = _inputs(batch, updated.locale, files)
    if not updated.complete:
        if advice.identity is None or advice.failed:
            return
        inputs = batch.digest(inputs, advice.identity)
    batch.state.keep("update", f"{updated.slug}/{updated.locale}", inputs, updated)


def _inputs(batch: Batch, locale: str, files: tuple[CatalogFile, CatalogFile]) -> str:
    return batch.digest(locale, *(file.identity for file in files))
