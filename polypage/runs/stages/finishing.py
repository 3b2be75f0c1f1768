"""What is done once for the whole site: assets, lists, sitemap, and files that belong to nothing."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Container, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from polypage.errors import PublishError
from polypage.files import DISPLACED
from polypage.model import Finding
from polypage.profiles import PSEUDO_LOCALES
from polypage.profiles import tag as tag_of
from polypage.project import SETTINGS_FILE, SITE, Project
from polypage.runs.outcomes import Finished
from polypage.runs.registry import Registry, sitemaps
from polypage.runs.stages.batch import Batch, opened, unworkable
from polypage.runs.stages.fronts import FRONTS, asked_for, fronts
from polypage.runs.stages.recovering import leftovers

log = logging.getLogger(__name__)


def finish(
    root: Path, registry: Registry, *, prune: bool = False, rehearsal: Path | None = None
) -> Finished:
    """Copy the assets, write lists and the sitemap, and name what belongs to nothing any more.

    `prune` removes what we built of that; catalogs hold people's work and always stay. In a
    rehearsal the outcome says what would become of them.
    """
    with opened(root, rehearsal=rehearsal) as batch:
        wanted = dict(_wanted(batch.project, registry))
        lists = batch.attempt(lambda: dict(fronts(batch, registry)), _as_it_is, path=SETTINGS_FILE)
        unlisted = (lists,) if isinstance(lists, Finding) else ()
        wanted |= {} if unlisted else lists
        orphans = sorted(_orphans(batch.project, registry, wanted))
        # What is at the top of the site names pages, so these are switched before.
        of_locales = {path: data for path, data in wanted.items() if _is_of_locale(batch, path)}
        of_all = {path: data for path, data in wanted.items() if path not in of_locales}
        written, failures = _put(batch, of_locales)
        removed = tuple(path for path in orphans if prune and _removed(batch, path))
        switched = batch.attempt(
            batch.site.switch, _as_it_is, path=batch.relative(batch.project.site_dir)
        )
        more, others = _put(batch, of_all)
        return Finished(
            (*written, *more),
            tuple(map(batch.relative, orphans)),
            tuple(map(batch.relative, removed)),
            (*unlisted, *failures, *([switched] if switched else []), *others),
        )


def _is_of_locale(batch: Batch, path: Path) -> bool:
    return path.parent != batch.project.site_dir


def _put(
    batch: Batch, wanted: Mapping[Path, Callable[[], bytes]]
) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """Write files of the site; return those that were news, and what could not be written."""
    written: list[str] = []
    failures: list[Finding] = []
    for path, data in wanted.items():
        place = batch.relative(path)
        outcome = batch.attempt(partial(_written, batch, path, data), _as_it_is, path=place)
        if isinstance(outcome, Finding):
            failures.append(outcome)
        elif outcome:
            written.append(place)
    return tuple(written), tuple(failures)


def _wanted(project: Project, registry: Registry) -> Iterator[tuple[Path, Callable[[], bytes]]]:
    """Yield each file of the site that is no page, and what gives its bytes."""
    for asset in sorted(registry.assets):
        source = project.source_dir / asset
        yield project.site_dir / registry.source_tag / asset, source.read_bytes
    for name, data in sitemaps(registry).items():
        yield project.site_dir / name, partial(bytes, data)


def _as_it_is(failure: Finding) -> Any:  # noqa: ANN401 - instead of whatever is asked for
    return failure


def _written(batch: Batch, path: Path, data: Callable[[], bytes]) -> bool:
    """Write a file of the site if it differs."""
    return batch.site.put(path, data())


# --- what belongs to nothing any more ---------------------------------------------------------


def _orphans(project: Project, registry: Registry, wanted: Container[Path]) -> Iterator[Path]:
    """Yield what is left of articles and locales that are gone, and of a sitemap."""
    for path in project.site_dir.glob("sitemap*.xml"):
        if _SITEMAP.fullmatch(path.name) and path not in wanted:
            yield path
    slugs = {*registry.listings, *(slug for slug, _ in unworkable(project)), SITE}
    locales = {project.settings.project.source_locale, *project.settings.project.locales}
    tags = {tag_of(locale) for locale in (*locales, *PSEUDO_LOCALES)}
    lists = asked_for(project.settings.publish)
    for tag, name in _files(project.site_dir):
        if tag == registry.source_tag and name in registry.assets:
            continue
        known = name.removesuffix(".html") in slugs or name in lists
        if not (tag in tags and known) and (
            name.endswith(".html") or name in FRONTS or tag == registry.source_tag
        ):
            yield project.site_dir / tag / name
    for folder, name in _files(project.locales_dir):
        if name.endswith(".pot") and folder == "templates":
            known = name.removesuffix(".pot") in slugs
        elif name.endswith(".po") and name.startswith(_MESSAGES):
            known = folder in locales and name[len(_MESSAGES) :].removesuffix(".po") in slugs
        else:
            continue
        if not known:
            yield project.locales_dir / folder / name
    yield from leftovers(project)


_MESSAGES = "LC_MESSAGES/"
_SITEMAP = re.compile(r"sitemap(-\d+)?\.xml")


def _files(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the files below the folders in a folder: which of these, and the path below it.

    Hidden ones are left out.
    """
    start = len(str(folder)) + 1
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        own, _, below = parent[start:].replace(os.sep, "/").partition("/")
        if own:
            yield from (
                (own, f"{below}/{name}" if below else name)
                for name in names
                if not name.startswith(".")
            )


def _removed(batch: Batch, path: Path) -> bool:
    """Remove what we built; what people wrote stays."""
    if path.suffix in {".po", DISPLACED}:
        return False
    try:
        if path.is_relative_to(batch.project.site_dir):
            batch.site.remove(path)
        elif batch.site.rehearsal is None:
            path.unlink()
    except (OSError, PublishError) as error:
        log.warning("%s cannot be removed: %s", batch.relative(path), error)
        return False
    return True
