"""Exchange files to catalogs."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from polypage.catalogs.catalog import Catalog, Header, new_header
from polypage.catalogs.merge import amend
from polypage.errors import ExchangeError, PolypageError, SettingsError
from polypage.exchange.bundle import Bundle
from polypage.exchange.formats import read
from polypage.exchange.taking import Taken, add, take
from polypage.model import Finding
from polypage.profiles import profile, spelling, tag
from polypage.project import SITE
from polypage.runs.localefiles import open_catalog
from polypage.runs.stages.batch import Batch, opened
from polypage.runs.stages.checking import check_one

log = logging.getLogger(__name__)

MOST_BYTES = 100_000_000
"""Of an exchange file; what is larger is no catalog."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of taking one file into one catalog."""

    file: str
    slug: str = ""
    locale: str = ""
    path: str = ""
    """The catalog below the project's root."""
    entries: int = 0
    """In the file."""
    taken: int = 0
    """Entries that changed."""
    conflicts: int = 0
    """Those of them that were changed in the catalog too."""
    left: int = 0
    """Units that could not be taken."""
    written: bool = False
    findings: tuple[Finding, ...] = ()
    failure: Finding | None = None


def import_batch(
    root: Path, files: Sequence[Path], *, reviewed: bool = False
) -> tuple[Imported, ...]:
    """Take files into catalogs; one outcome per catalog that a file is about.

    Memories only suggest, unless they are `reviewed`: then they go into the compendium.
    """
    with opened(root) as batch:
        work = (_import(batch, file, reviewed=reviewed) for file in files)
        return tuple(outcome for outcomes in work for outcome in outcomes)


def _import(batch: Batch, file: Path, *, reviewed: bool) -> tuple[Imported, ...]:
    return batch.attempt(
        lambda: tuple(_taken_in(batch, file, reviewed=reviewed)),
        lambda failure: (Imported(str(file), failure=failure),),
        path=str(file),
    )


def _taken_in(batch: Batch, file: Path, *, reviewed: bool) -> Iterator[Imported]:
    form, bundles = read(_bytes(file), path=str(file))
    take_in = partial(_into_memory, reviewed=reviewed) if form == "tmx" else _into_catalog
    for bundle in bundles:
        yield batch.attempt(
            partial(take_in, batch, bundle, file),
            lambda failure: Imported(str(file), failure=failure),
            path=str(file),
        )


def _bytes(file: Path) -> bytes:
    try:
        if file.stat().st_size > MOST_BYTES:
            problem = f"is larger than {MOST_BYTES / 1e6:.0f} MB"
            raise ExchangeError(file, problem, remedy="bring it in parts")
        return file.read_bytes()
    except OSError as exc:
        raise ExchangeError(file, f"cannot be read: {exc.strerror}") from exc


_CATALOG = re.compile(r"locales/(?P<locale>[^/]+)/LC_MESSAGES/(?P<slug>.+)\.po")


def _into_catalog(batch: Batch, bundle: Bundle, file: Path) -> Imported:
    slug, locale = _place(batch, bundle, file)
    results: list[Taken] = []

    def change(catalog: Catalog | None) -> Catalog | None:
        taken = take(catalog or _blank(bundle, slug, locale), bundle, path=str(file))
        results.append(taken)
        return None if taken.catalog == catalog else taken.catalog

    target = batch.project.catalog_path(slug, locale)
    written = amend(target, change, clock=time)
    taken = results[-1]
    log.info("imported %s: %d taken, %d conflicts", file, len(taken.keys), taken.conflicts)
    return Imported(
        str(file),
        slug,
        locale,
        batch.relative(target),
        entries=len(bundle.units),
        taken=len(taken.keys),
        conflicts=taken.conflicts,
        left=taken.left,
        written=written,
        findings=(*taken.findings, *_checked(batch, slug, locale, taken)),
    )


def _place(batch: Batch, bundle: Bundle, file: Path) -> tuple[str, str]:
    """Return the article and the locale that a bundle is about.

    Raises:
        ExchangeError: The project does not have them.
    """
    found = _CATALOG.fullmatch(bundle.path)
    if found is None:
        remedy = 'a file that polypage exported says original="locales/…/….po": leave that as it is'
        raise ExchangeError(file, f"{bundle.path!r} is no catalog", remedy=remedy)
    slug, locale = found["slug"], found["locale"]
    if slug != SITE and slug not in batch.project.articles().slugs:
        raise ExchangeError(file, f"{slug!r} is no article", remedy="see what it is called now")
    if locale not in batch.project.settings.project.locales:
        raise ExchangeError(file, f"{locale!r} is no locale of this project")
    try:
        written = spelling(bundle.target)
    except SettingsError as exc:
        raise ExchangeError(file, f"{bundle.target!r} is no language", remedy=exc.remedy) from exc
    if written != locale:
        problem = f"is for {locale}, but its translations are said to be in {bundle.target}"
        raise ExchangeError(file, problem, remedy="correct the one or the other")
    return slug, locale


def _into_memory(batch: Batch, bundle: Bundle, file: Path, *, reviewed: bool) -> Imported:
    """Add to a locale's memory or compendium what it lacks; what it has stays as it is."""
    locale = _locale(batch, bundle, file)
    project = batch.project
    path = project.compendium_path(locale) if reviewed else project.imported_path(locale)
    results: list[Taken] = []

    def change(catalog: Catalog | None) -> Catalog | None:
        present = catalog or Catalog(_header(path.stem, locale))
        results.append(add(present, bundle, path=str(file)))
        return results[-1].catalog if results[-1].keys else None

    written = amend(path, change, clock=time)
    added = results[-1]
    log.info("imported %s: %d added, %d conflicts", file, len(added.keys), added.conflicts)
    return Imported(
        str(file),
        path.stem,
        locale,
        batch.relative(path),
        entries=len(bundle.units),
        taken=len(added.keys),
        conflicts=added.conflicts,
        written=written,
        findings=added.findings,
    )


def _locale(batch: Batch, bundle: Bundle, file: Path) -> str:
    """Return the locale that a memory's translations are for.

    Raises:
        ExchangeError: The project has no such locale, or another source language.
    """
    source = batch.source_profile
    if bundle.source.partition("-")[0].lower() != source.language:
        problem = f"its source language is {bundle.source}, the project's is {source.tag}"
        raise ExchangeError(file, problem)
    locales = batch.project.settings.project.locales
    exact = [each for each in locales if tag(each).lower() == bundle.target.lower()]
    language = bundle.target.partition("-")[0].lower()
    near = [each for each in locales if each.partition("_")[0] == language]
    if not exact and len(near) != 1:
        problem = f"{bundle.target} is no locale of this project"
        remedy = f"there are: {', '.join(map(tag, locales))}"
        raise ExchangeError(file, problem, remedy=remedy)
    return (exact or near)[0]


def _header(name: str, locale: str) -> Header:
    forms = profile(locale).plural_forms
    return new_header(project=name, created="", language=locale, plural_forms=forms)


def _blank(bundle: Bundle, slug: str, locale: str) -> Catalog:
    """Make the catalog that a bundle was made of, where it is gone."""
    if bundle.header:
        return bundle.catalog
    return replace(bundle.catalog, header=_header(slug, locale))


def _checked(batch: Batch, slug: str, locale: str, taken: Taken) -> Iterator[Finding]:
    """Yield what the checks find in the entries that the file is about, at each import of it."""
    if slug == SITE or not taken.brought:
        return
    path = batch.relative(batch.project.catalog_path(slug, locale))
    entries = open_catalog(batch.project, slug, locale).catalog.entries
    brought = set(taken.brought)
    lines = {entry.told_line for entry in entries if entry.key in brought}
    try:
        found = check_one(batch, slug, locale).findings
    except PolypageError:
        return  # what keeps the page from being checked is no matter of the file
    yield from (each for each in found if each.path == path and each.line in lines)
