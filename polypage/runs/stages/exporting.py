"""Catalogs to exchange files."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from polypage.errors import CatalogError
from polypage.exchange.bundle import pack
from polypage.exchange.formats import FORMATS
from polypage.files import write_atomically
from polypage.model import EntryKey, Finding, Standalone
from polypage.profiles import is_pseudo, tag
from polypage.project import SITE
from polypage.reading.inline import steps
from polypage.reuse.vetting import errors_of
from polypage.runs.localefiles import CatalogFile, open_catalog, open_template
from polypage.runs.stages.batch import Batch, opened
from polypage.runs.standards import standards_of

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Exported:
    """What came of writing one catalog for translators' tools."""

    slug: str
    locale: str
    path: str
    """The catalog below the project's root."""
    file: str = ""
    """The file that was written."""
    entries: int = 0
    wrong: int = 0
    """Of a memory: how many finished translations have an error, and do not go out as finished."""
    written: bool = False
    """Whether the file was not there just so."""
    failure: Finding | None = None


def export_batch(
    root: Path,
    slugs: Sequence[str],
    locales: Sequence[str],
    *,
    form: str,
    folder: Path,
    fuzzy: bool = False,
) -> tuple[Exported, ...]:
    """Write catalogs as files below a folder; one outcome per slug and locale.

    Memories get what is finished and has no error, and the rest as fuzzy if so told. Pseudo-locales, and articles without texts of the site, have no catalogs and no outcomes.
    """
    with opened(root) as batch:
        chosen = [locale for locale in locales if not is_pseudo(locale)]
        places = [(slug, locale) for slug in slugs for locale in chosen]
        write = partial(_written, batch, form=form, folder=folder, fuzzy=fuzzy)
        outcomes = (_export(batch, *place, write) for place in places)
        return tuple(outcome for outcome in outcomes if outcome)


def _export(
    batch: Batch, slug: str, locale: str, write: Callable[[str, str], Exported | None]
) -> Exported | None:
    path = batch.relative(batch.project.catalog_path(slug, locale))
    return batch.attempt(
        partial(write, slug, locale),
        lambda failure: Exported(slug, locale, path, failure=failure),
        path=path,
    )


def _written(
    batch: Batch, slug: str, locale: str, *, form: str, folder: Path, fuzzy: bool
) -> Exported | None:
    present = open_catalog(batch.project, slug, locale)
    if present.data is None:
        if slug == SITE and open_template(batch.project, SITE).data is None:
            return None
        remedy = "`polypage update` makes it"
        raise CatalogError(present.path, "there is no such catalog", remedy=remedy)
    bundle = pack(
        present.catalog, path=present.path, source=batch.source_profile.tag, target=tag(locale)
    )
    wrong = _wrong(batch, present, locale) if form == "tmx" else frozenset()
    bundle = bundle.doubted(wrong)
    if form == "tmx" and not fuzzy:
        bundle = bundle.finished
    fixed = {} if slug == SITE else _fixed(batch, slug)
    file = folder / locale / f"{slug}{FORMATS[form].ending}"
    written = write_atomically(file, FORMATS[form].serialize(bundle, fixed=fixed))
    log.info("exported %s: %d entries", file, len(bundle.units))
    return Exported(slug, locale, present.path, str(file), len(bundle.units), len(wrong), written)


def _wrong(batch: Batch, file: CatalogFile, locale: str) -> frozenset[EntryKey]:
    """Name the finished translations that an error keeps off pages."""
    standards = standards_of(batch.project, locale)
    usable = (entry for entry in file.catalog.live if entry.usable)
    return frozenset(entry.key for entry in usable if errors_of(entry, standards))


def _fixed(batch: Batch, slug: str) -> Mapping[EntryKey, frozenset[str]]:
    """Name the codes of an article's entries that may not change their places."""
    found: dict[EntryKey, frozenset[str]] = {}
    for segment in batch.source(slug).article.segments:
        names = {
            step.name
            for step in steps(segment.content)
            if isinstance(step, Standalone) and step.fixed
        }
        found[segment.key] = found.get(segment.key, frozenset()) | names
    return found
