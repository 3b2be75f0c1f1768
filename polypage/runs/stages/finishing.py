"""What is done once for the whole site: assets, lists, sitemap, and files that belong to nothing."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Container, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from polypage.errors import PublishError
from polypage.files import DISPLACED, read_file
from polypage.model import Finding
from polypage.profiles import PSEUDO_LOCALES
from polypage.profiles import tag as tag_of
from polypage.project import SETTINGS_FILE, SITE, Project
from polypage.runs.outcomes import Finished
from polypage.runs.registry import Registry, identity
from polypage.runs.sitemap import sitemaps
from polypage.runs.stages.batch import Batch, Over, as_it_is, opened, unworkable
from polypage.runs.stages.cards import Seen, unseen
from polypage.runs.stages.fronts import FRONTS, Fronts, asked_for, fronts
from polypage.runs.stages.lists import digest_of, note, standing
from polypage.runs.stages.recovering import is_leftover

log = logging.getLogger(__name__)


def finish(
    root: Path,
    registry: Registry,
    *,
    prune: bool = False,
    rehearsal: Path | None = None,
    seen: Seen = unseen,
    over: Over | None = None,
) -> Finished:
    """Copy the assets, write lists and the sitemap, and name what belongs to nothing any more.

    `prune` removes what we built of that; catalogs hold people's work and always stay. In a
    rehearsal the outcome says what would become of them. Pages that were `seen` are not looked at
    again; a crew reads others `over` batches, if they are many.
    """
    with opened(root, rehearsal=rehearsal) as batch:
        done = _Done(batch)
        for path, data in _assets(batch.project, registry):
            done.put(path, data)
        made = batch.attempt(
            lambda: fronts(batch, registry, seen, over), as_it_is, path=SETTINGS_FILE
        )
        if isinstance(made, Finding):
            done.failures.append(made)
            made = Fronts()
        for lists in made.news:
            for path, page in lists().items():
                done.put(path, partial(bytes, page))
        orphans = [*_orphans(batch.project, registry)]
        removed = [path for path in orphans if prune and _removed(batch, path)]
        # A page that was pulled stays in no list, whether anything is to be pruned or not.
        removed += [path for path in made.left if _removed(batch, path)]
        # What is at the top of the site names pages, so these are switched before.
        switched = batch.attempt(
            batch.site.switch, as_it_is, path=batch.relative(batch.project.site_dir)
        )
        done.failures.extend([switched] if switched else [])
        old_maps = [*_old_maps(batch.project, {*_sitemap(batch, registry, done)})]
        removed += [path for path in old_maps if prune and _removed(batch, path)]
        return Finished(
            tuple(done.written),
            tuple(map(batch.relative, sorted((*orphans, *old_maps)))),
            tuple(map(batch.relative, sorted(removed))),
            tuple(done.failures),
        )


@dataclass(frozen=True, slots=True)
class _Done:
    """What was written of the site, and what could not be."""

    batch: Batch
    written: list[str] = field(default_factory=list)
    failures: list[Finding] = field(default_factory=list)

    def put(self, path: Path, data: Callable[[], bytes]) -> None:
        """Write a file of the site if it differs."""
        place = self.batch.relative(path)
        put = self.batch.site.put
        outcome = self.batch.attempt(lambda: put(path, data()), as_it_is, path=place)
        if isinstance(outcome, Finding):
            self.failures.append(outcome)
        elif outcome:
            self.written.append(place)


def _assets(project: Project, registry: Registry) -> Iterator[tuple[Path, Callable[[], bytes]]]:
    """Yield each file that is there for pages, and what gives its bytes."""
    for asset in sorted(registry.assets):
        source = project.source_dir / asset
        yield project.site_dir / registry.source_tag / asset, partial(read_file, source)


def _sitemap(batch: Batch, registry: Registry, done: _Done) -> Sequence[Path]:
    """Write the files of the sitemap, unless they are as they were; return their paths."""
    inputs, folder = batch.digest(identity(registry)), batch.project.site_dir
    known = standing(batch, "sitemap", "", inputs)
    if known is not None:
        return known
    made: dict[Path, str] = {}
    for name, data in sitemaps(registry):
        done.put(folder / name, partial(bytes, data))
        made[folder / name] = digest_of(data)
    note(batch, "sitemap", "", inputs, made)
    return tuple(made)


# --- what belongs to nothing any more ---------------------------------------------------------


def _old_maps(project: Project, maps: Container[Path]) -> Iterator[Path]:
    """Yield what is left of a sitemap that had more files."""
    for path in sorted(project.site_dir.glob("sitemap*.xml")):
        if _SITEMAP.fullmatch(path.name) and path not in maps:
            yield path


def _orphans(project: Project, registry: Registry) -> Iterator[Path]:
    """Yield what is left of articles and locales that are gone, in order."""
    slugs = {*registry.listings, *(slug for slug, _ in unworkable(project)), SITE}
    of_site = _orphans_of_site(project, registry, slugs)
    yield from sorted((*of_site, *_orphans_of_locales(project, slugs)))


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

    Hidden folders are left out. They come one by one: what all locales have is too much to hold.
    """
    with suppress(OSError), os.scandir(folder) as entries:
        own = [each.name for each in entries if each.is_dir(follow_symlinks=False)]
        for name in own:
            if not name.startswith("."):
                yield name, {*_below(f"{folder}{os.sep}{name}")}


def _below(folder: str) -> Iterator[str]:
    """Yield the paths of the files below a folder; hidden folders are left out."""
    start = len(folder) + 1
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        below = f"{parent}{os.sep}"[start:].replace(os.sep, "/")
        yield from (below + name for name in names)


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
