"""What is done once for the whole site: assets, lists, sitemap, and files that belong to nothing."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Container, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import partial
from pathlib import Path
from types import MappingProxyType

from polypage.errors import PublishError
from polypage.files import DISPLACED
from polypage.model import Finding
from polypage.profiles import PSEUDO_LOCALES
from polypage.profiles import tag as tag_of
from polypage.project import SETTINGS_FILE, SITE, Project
from polypage.runs.outcomes import Finished
from polypage.runs.registry import Registry, identity, sitemaps
from polypage.runs.stages.batch import Batch, as_it_is, opened, unworkable
from polypage.runs.stages.fronts import FRONTS, Seen, asked_for, fronts
from polypage.runs.stages.lists import note, standing
from polypage.runs.stages.recovering import is_leftover

log = logging.getLogger(__name__)


def finish(
    root: Path,
    registry: Registry,
    *,
    prune: bool = False,
    rehearsal: Path | None = None,
    seen: Seen = MappingProxyType({}),
) -> Finished:
    """Copy the assets, write lists and the sitemap, and name what belongs to nothing any more.

    `prune` removes what we built of that; catalogs hold people's work and always stay. In a
    rehearsal the outcome says what would become of them. Pages that were `seen` are not looked at
    again.
    """
    with opened(root, rehearsal=rehearsal) as batch:
        wanted = dict(_assets(batch.project, registry))
        maps = tuple(_sitemaps(batch, registry))
        wanted |= {path: data for path, data in maps if data}
        lists = batch.attempt(
            lambda: dict(fronts(batch, registry, seen)), as_it_is, path=SETTINGS_FILE
        )
        unlisted = (lists,) if isinstance(lists, Finding) else ()
        wanted |= {} if unlisted else lists
        orphans = sorted(_orphans(batch.project, registry, {path for path, _ in maps}))
        # What is at the top of the site names pages, so these are switched before.
        of_locales = {path: data for path, data in wanted.items() if _is_of_locale(batch, path)}
        of_all = {path: data for path, data in wanted.items() if path not in of_locales}
        written, failures = _put(batch, of_locales)
        removed = tuple(path for path in orphans if prune and _removed(batch, path))
        switched = batch.attempt(
            batch.site.switch, as_it_is, path=batch.relative(batch.project.site_dir)
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
        outcome = batch.attempt(partial(_written, batch, path, data), as_it_is, path=place)
        if isinstance(outcome, Finding):
            failures.append(outcome)
        elif outcome:
            written.append(place)
    return tuple(written), tuple(failures)


def _assets(project: Project, registry: Registry) -> Iterator[tuple[Path, Callable[[], bytes]]]:
    """Yield each file that is there for pages, and what gives its bytes."""
    for asset in sorted(registry.assets):
        source = project.source_dir / asset
        yield project.site_dir / registry.source_tag / asset, source.read_bytes


def _sitemaps(
    batch: Batch, registry: Registry
) -> Iterator[tuple[Path, Callable[[], bytes] | None]]:
    """Yield the files of the sitemap, and what gives their bytes; nothing if they are as they were."""
    inputs, folder = batch.digest(identity(registry)), batch.project.site_dir
    known = standing(batch, "sitemap", "", inputs)
    if known is not None:
        yield from ((path, None) for path in known)
        return
    made = {folder / name: data for name, data in sitemaps(registry).items()}
    note(batch, "sitemap", "", inputs, made)
    yield from ((path, partial(bytes, data)) for path, data in made.items())


def _written(batch: Batch, path: Path, data: Callable[[], bytes]) -> bool:
    """Write a file of the site if it differs."""
    return batch.site.put(path, data())


# --- what belongs to nothing any more ---------------------------------------------------------


def _orphans(project: Project, registry: Registry, maps: Container[Path]) -> Iterator[Path]:
    """Yield what is left of articles and locales that are gone, and of a sitemap."""
    for path in project.site_dir.glob("sitemap*.xml"):
        if _SITEMAP.fullmatch(path.name) and path not in maps:
            yield path
    slugs = {*registry.listings, *(slug for slug, _ in unworkable(project)), SITE}
    yield from _orphans_of_site(project, registry, slugs)
    yield from _orphans_of_locales(project, slugs)


def _orphans_of_site(
    project: Project, registry: Registry, slugs: AbstractSet[str]
) -> Iterator[Path]:
    settings = project.settings.project
    locales = (settings.source_locale, *settings.locales, *PSEUDO_LOCALES)
    known = {f"{slug}.html" for slug in slugs}.union(asked_for(project.settings.publish))
    tags = set(map(tag_of, locales))
    for tag, names in _files(project.site_dir):
        is_source = tag == registry.source_tag
        left = names - known if tag in tags else names
        for name in left - registry.assets if is_source else left:
            is_ours = name.endswith(".html") or name in FRONTS or is_source
            if is_ours and not _is_hidden(name):
                yield project.site_dir / tag / name


def _orphans_of_locales(project: Project, slugs: AbstractSet[str]) -> Iterator[Path]:
    settings = project.settings.project
    locales = {settings.source_locale, *settings.locales}
    templates = {f"{slug}.pot" for slug in slugs}
    catalogs = {f"{_MESSAGES}{slug}.po" for slug in slugs}
    for folder, names in _files(project.locales_dir):
        for name in names - catalogs if folder in locales else names:
            if _is_hidden(name):
                is_left = is_leftover(name)
            elif name.endswith(".pot"):
                is_left = folder == "templates" and name not in templates
            else:
                is_left = name.endswith(".po") and name.startswith(_MESSAGES)
            if is_left:
                yield project.locales_dir / folder / name


def _is_hidden(path: str) -> bool:
    return path[path.rfind("/") + 1] == "."


_MESSAGES = "LC_MESSAGES/"
_SITEMAP = re.compile(r"sitemap(-\d+)?\.xml")


def _files(folder: Path) -> Iterator[tuple[str, set[str]]]:
    """Yield the folders in a folder, each with the paths of the files below it.

    Hidden folders are left out.
    """
    start = len(str(folder)) + 1
    found: dict[str, set[str]] = {}
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        own, _, below = f"{parent}{os.sep}"[start:].replace(os.sep, "/").partition("/")
        if own:
            found.setdefault(own, set()).update([below + name for name in names])
    yield from found.items()


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
